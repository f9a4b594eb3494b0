/** The Worker's end of a line: a WebSocket over which a test calls what runs in workerd (its own end is openLine, in store-lab-client.ts). */
import type { WebSocketPair as Pair } from '@cloudflare/workers-types';
import { decode, encode } from './wire.ts';

declare const WebSocketPair: typeof Pair;

type Message = [serial: number, now: number | null, verb: string, args: never[]];

/** Answers every call with what `work` makes of it. `counts` go along with each reply. */
export function answerLine(
  work: (verb: string, args: never[], now: number | null) => unknown,
  counts: { readonly dropped: number; readonly roundTrips: number } = { dropped: 0, roundTrips: 0 },
): Response {
  const { 0: client, 1: server } = new WebSocketPair();
  server.accept();
  server.addEventListener('message', async ({ data }) => {
    const [serial, now, verb, args] = decode(String(data)) as Message;
    let reply: unknown[];
    try {
      reply = [await work(verb, args, now)];
    } catch (error) {
      const { code, message } = error as Error & { code?: string };
      reply = [null, { code, message }];
    }
    server.send(encode([serial, counts.dropped, counts.roundTrips, ...reply]));
  });
  return new Response(null, { status: 101, webSocket: client } as ResponseInit);
}

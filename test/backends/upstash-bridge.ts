/**
 * Upstash's REST interface in front of a real redis-server: one command a POST, bearer token, JSON answers. A script must carry the
 * flag that only Upstash knows (`allow-key-locking`); stock Redis refuses it, so the line is cut off on the way, and the
 * hash that the client made of the whole text is translated too.
 */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openResp, type RespValue } from './redis.ts';

export interface UpstashBridge {
  readonly url: string;
  readonly port: number;
  readonly token: string;
  /** REST calls served. */
  readonly requests: number;
  /** Names of the commands, in order. */
  readonly commands: readonly string[];
  close(): Promise<void>;
}

const FLAG = /^#!lua flags=allow-key-locking\n/;
const sha1 = (text: string) => createHash('sha1').update(text).digest('hex');

export async function startUpstashBridge(redis: { port: number }): Promise<UpstashBridge> {
  const token = 'bridge-token';
  const commands: string[] = [];
  const hashes = new Map<string, string>();
  let connection = openResp(redis.port);

  const translate = (words: readonly string[]): string[] => {
    const [name = '', text = '', ...rest] = words;
    if (/^eval$/i.test(name)) {
      if (!FLAG.test(text)) throw new Error('ERR bridge: the script lacks "#!lua flags=allow-key-locking"');
      const plain = text.replace(FLAG, '');
      hashes.set(sha1(text), sha1(plain));
      return [name, plain, ...rest];
    }
    if (/^evalsha$/i.test(name)) return [name, hashes.get(text) ?? text, ...rest];
    return [...words];
  };

  const run = async (words: readonly string[]): Promise<RespValue> => {
    const translated = translate(words);
    try {
      return await connection.send(translated);
    } catch (error) {
      if ((error as Error).message === 'redis: connection closed' || 'code' in (error as Error))
        connection = openResp(redis.port);
      throw error;
    }
  };

  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const reply = (status: number, body: object) => {
      response.writeHead(status, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (request.headers.authorization !== `Bearer ${token}`) return reply(401, { error: 'Unauthorized' });
    if (request.method !== 'POST' || request.url !== '/')
      return reply(400, { error: 'ERR bridge: expected POST /' });
    try {
      const words = (JSON.parse(Buffer.concat(chunks).toString()) as unknown[]).map(String);
      commands.push(words[0]!.toUpperCase());
      reply(200, { result: await run(words) });
    } catch (error) {
      reply(400, { error: (error as Error).message });
    }
  };

  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    port,
    token,
    get requests() {
      return commands.length;
    },
    commands,
    async close() {
      connection.close();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { createMemcachedClient } from '../../lib/store/memcached-client.ts';
import { commandBytes, createReplyReader, type MetaReply } from '../../lib/store/memcached-protocol.ts';

const text = (...lines: string[]) => Buffer.from(`${lines.join('\r\n')}\r\n`, 'latin1');

describe('replies to meta commands', () => {
  const readAll = (pieces: readonly Buffer[]) => {
    const replies: MetaReply[] = [];
    const read = createReplyReader((reply) => replies.push(reply));
    for (const piece of pieces) read(piece);
    return replies;
  };

  it('are the same however the bytes are cut', () => {
    const bytes = text(
      'HD O0',
      'EN',
      'VA 8 c77 O1',
      'a\r\nHD\r\nb',
      'NS O2',
      'VA 0 O3',
      '',
      'SERVER_ERROR out of memory storing object',
      'EX O5',
      'NF O6',
    );
    const whole = readAll([bytes]);
    expect(whole.map(({ code }) => code)).toEqual(['HD', 'EN', 'VA', 'NS', 'VA', 'SE', 'EX', 'NF']);
    expect(whole[2]?.flags).toEqual(
      new Map([
        ['c', '77'],
        ['O', '1'],
      ]),
    );
    expect(whole[2]?.value).toEqual(Uint8Array.from(Buffer.from('a\r\nHD\r\nb')));
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: bytes.length }), { maxLength: 12 }), (cuts) => {
        const at = [0, ...cuts.sort((a, b) => a - b), bytes.length];
        expect(readAll(at.slice(1).map((end, i) => bytes.subarray(at[i], end)))).toEqual(whole);
      }),
    );
  });

  it.each([
    ['ERROR'],
    ['CLIENT_ERROR bad data chunk'],
    ['VERSION 1.6.18'],
    ['HD\u0000'],
    ['VA x O1'],
    ['VA 99999999 O1'],
    ['VA 9999999 O1'],
    ['VALUE a 0 1'],
    ['VA 1 O1\r\nab'],
    ['x'.repeat(3000)],
  ])('%j is none', (line) => {
    expect(() => readAll([text(line)])).toThrow();
  });

  it('never crash on what is random', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          readAll([Buffer.from(bytes)]);
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
        }
      }),
    );
  });

  it('belong to commands of one line, and a value after it', () => {
    const get = { verb: 'mg', key: 'k', flags: ['v', 'c'] } as const;
    expect(commandBytes(get, '7').toString()).toBe('mg k v c O7\r\n');
    const set = { verb: 'ms', key: 'k', flags: ['ME', 'T2'], value: Uint8Array.of(13, 10, 0) } as const;
    expect(commandBytes(set, 'z').toString('latin1')).toBe('ms k 3 ME T2 Oz\r\n\r\n\0\r\n');
  });
});

describe('a server that is not what it says', () => {
  const closing: (() => Promise<void> | void)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
  });
  const serverThat = async (replies: (heard: string, socket: Socket) => string | undefined) => {
    let connections = 0;
    const server = createServer((socket) => {
      connections++;
      socket.on('error', () => {});
      socket.on('data', (bytes) => {
        const said = replies(bytes.toString('latin1'), socket);
        if (said !== undefined) socket.write(said);
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const client = createMemcachedClient({ servers: [`127.0.0.1:${port}`], timeoutMs: 300 });
    closing.push(
      () => client.close(),
      async () => {
        server.close();
        await once(server, 'close');
      },
    );
    const get = () => client.send('k', { verb: 'mg', key: 'k', flags: ['v'] });
    return { get, connections: () => connections };
  };

  it.each([
    ['speaks another language', 'HTTP/1.1 400 Bad Request\r\n\r\n', /not a reply/],
    ['answers somebody else', 'VA 1 Ozzz\r\n1\r\n', /something else/],
    ['leaves out whom it answers', 'VA 1\r\n1\r\n', /something else/],
    ['talks on its own', 'EN\r\nEN\r\n', undefined],
  ])('%s: the connection is cut and the next one is fresh', async (_, said, message) => {
    let honest = false;
    const { get, connections } = await serverThat((heard) =>
      honest ? `VA 2 O${/O(\S+)/.exec(heard)?.[1]}\r\nok\r\n` : said,
    );
    const first = await get().catch((error) => error);
    if (message)
      expect(first).toMatchObject({ code: 'store_unavailable', message: expect.stringMatching(message) });
    honest = true;
    expect((await get()).value).toEqual(Uint8Array.from(Buffer.from('ok')));
    expect(connections()).toBe(2);
  });

  it('says nothing: cut after a while, and everybody who waited is told', async () => {
    let asked = 0;
    const { get, connections } = await serverThat((heard) => {
      asked += heard.split('\r\n').length - 1;
      return asked > 3 ? `VA 2 O${/O(\S+)/.exec(heard)?.[1]}\r\nok\r\n` : undefined;
    });
    const waiting = await Promise.allSettled([get(), get(), get()]);
    for (const each of waiting)
      expect(each).toMatchObject({
        status: 'rejected',
        reason: { message: expect.stringContaining('silent') },
      });
    expect((await get()).code).toBe('VA');
    expect(connections()).toBe(2);
  });
});

import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FaultProxy, startFaultProxy } from './fault-proxy.ts';

describe('the fault proxy', () => {
  let heard: string[];
  let proxy: FaultProxy;
  let stop: () => Promise<void>;
  beforeEach(async () => {
    heard = [];
    const backend = createServer((socket) => {
      socket.on('error', () => {});
      socket.on('data', (bytes) => {
        heard.push(bytes.toString());
        socket.write(`re:${bytes}`);
      });
    });
    backend.listen(0, '127.0.0.1');
    await once(backend, 'listening');
    proxy = await startFaultProxy({ port: (backend.address() as AddressInfo).port });
    stop = async () => {
      await proxy.close();
      backend.close();
      await once(backend, 'close');
    };
  });
  afterEach(() => stop());

  /** What comes back for one request on a connection of its own. */
  const ask = (text: string, patienceMs = 2000) =>
    new Promise<string>((resolve) => {
      const socket = connect(proxy.port, '127.0.0.1', () => socket.write(text));
      const done = (what: string) => {
        clearTimeout(timer);
        socket.destroy();
        resolve(what);
      };
      const timer = setTimeout(() => done('nothing'), patienceMs);
      socket.on('data', (bytes) => done(bytes.toString()));
      socket.on('error', () => done('cut'));
      socket.on('close', () => done('cut'));
    });

  it('passes and counts round trips', async () => {
    expect(await ask('a')).toBe('re:a');
    expect(await ask('b')).toBe('re:b');
    expect(proxy).toMatchObject({ roundTrips: 2, accepted: 2, dropped: 0 });
  });

  it('lets the chosen request be done and drops its reply', async () => {
    proxy.dropNextReply({ times: 2, when: (request) => request.includes('x') });
    expect([await ask('a'), await ask('x1'), await ask('b'), await ask('x2'), await ask('x3')]).toEqual([
      're:a',
      'cut',
      're:b',
      'cut',
      're:x3',
    ]);
    expect(heard).toEqual(['a', 'x1', 'b', 'x2', 'x3']);
    expect(proxy.dropped).toBe(2);
  });

  it('stalls requests or replies and lets them go again', async () => {
    proxy.stall();
    expect(await ask('a', 100)).toBe('nothing');
    expect(heard).toEqual([]);
    proxy.stall('replies');
    expect(await ask('b', 100)).toBe('nothing');
    expect(heard).toContain('b');
    const late = ask('c');
    setTimeout(() => proxy.pass(), 50);
    expect(await late).toBe('re:c');
  });

  it('refuses, then passes again', async () => {
    proxy.refuse();
    expect(await ask('a')).toBe('cut');
    proxy.pass();
    expect(await ask('a')).toBe('re:a');
    expect(heard).toEqual(['a']);
  });
});

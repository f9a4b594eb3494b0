/** A process of its own on a shared file, for sqlite.test.ts. */
import { createSqliteStore } from '../../lib/store/sqlite.ts';

const [verb, path, name, ...ids] = process.argv.slice(2) as [string, string, string, ...string[]];
const store = createSqliteStore({ path, busyMs: 5000 });
const body = new Uint8Array(400).fill(7);
const answered = (mark: string) => ({ to: 'answered', mark, ttlMs: 60_000 }) as const;

if (verb === 'write') {
  // Puts and answers without end; says an id only after both were acknowledged.
  for (let i = 0; ; i++) {
    const group = Array.from({ length: 8 }, (_, j) => `${name}-${i}-${j}`);
    await Promise.all(group.map((id) => store.put(id, body, 60_000)));
    await Promise.all(group.map((id) => store.transition(id, answered(`nonce-${id}`))));
    process.stdout.write(`${group.join('\n')}\n`);
  }
}
const outcomes = await Promise.all(
  ids.map(async (id) => ({ id, ...(await store.transition(id, answered(`${name}-${id}`))) })),
);
for (const { id, outcome } of outcomes) if (outcome === 'done') console.log(id);
await store.close();

/**
 * The protocol over HTTP on a real store behind a proxy: a reply that is lost on the way costs nobody a solved challenge and gives
 * nobody a second try. And what then lies in the backend tells neither the answer nor who asked.
 */
import { describe, expect, it } from 'vitest';
import { guardStore } from '../../lib/store/guard.ts';
import type { Store } from '../../lib/store/store.ts';
import { type Rig, rig } from '../http/rig.ts';
import type { StoreBehindProxy } from './faults.ts';

export interface JourneyStore extends StoreBehindProxy {
  /** Everything that the backend holds, readable as it is, each value once more with its base64 undone. */
  dump?(): Promise<string>;
}

export interface JourneyOptions {
  /** Whether these bytes are an operation of the store; default: everything is. */
  readonly isCall?: (request: Buffer) => boolean;
  /** Round trips of one request from first to last. */
  readonly roundTrips?: { readonly generate: number; readonly verify: number; readonly siteverify: number };
}

const ATTEMPT = 'a-mark-of-128-bits-or-so';
const ADDRESS = '203.0.113.77';

export function storeJourney(
  name: string,
  open: (clock: () => number) => JourneyStore | Promise<JourneyStore>,
  { isCall = () => true, roundTrips }: JourneyOptions = {},
): void {
  describe(`the protocol over HTTP on ${name}`, () => {
    const travel = async (
      work: (r: Rig, under: JourneyStore) => Promise<void>,
      outfit: (store: Store) => Store = (store) => store,
    ) => {
      let clock = () => 0;
      const under = await open(() => clock());
      const r = rig({ wrap: () => outfit(under.store) });
      clock = r.now;
      try {
        await work(r, under);
      } finally {
        await under.close();
      }
    };

    it('survives the loss of any reply', () =>
      travel(async (r, { proxy }) => {
        const lose = () => proxy.dropNextReply({ when: isCall });
        const { body } = await r.generate('kind=text&preset=strong');
        const answer = await r.answerOf(body.captcha_id);
        const verify = (attempt: string, text = answer) =>
          r.verify({ captcha_id: body.captcha_id, answer: text, attempt });

        lose();
        expect((await verify(ATTEMPT)).status).toBe(503);
        expect(proxy.dropped).toBe(1);
        expect((await verify('another-mark-of-128-bits')).status).toBe(404);
        expect((await verify(ATTEMPT, 'WRONG')).status).toBe(404);
        const verdict = await verify(ATTEMPT);
        expect(verdict.status).toBe(200);
        expect(verdict.body).toMatchObject({ verified: true });
        const { token } = verdict.body;
        expect((await verify(ATTEMPT)).body.token).toBe(token);

        lose();
        const lost = await r.siteverify(token, { idempotency_key: 'order-1' });
        expect(lost.status).toBe(503);
        expect(Number(lost.headers.get('Retry-After'))).toBeGreaterThan(0);
        expect((await r.siteverify(token, { idempotency_key: 'order-1' })).body.success).toBe(true);
        expect((await r.siteverify(token, { idempotency_key: 'order-2' })).body).toMatchObject({
          success: false,
          'error-codes': ['timeout-or-duplicate'],
        });
      }));

    it('behind the guard loses nothing to a lost reply, fails in time when all is still, and comes back', () =>
      travel(
        async (r, { proxy }) => {
          const lose = () => proxy.dropNextReply({ when: isCall });
          lose();
          const { status, body } = await r.generate('kind=text&preset=strong');
          expect(status).toBe(200);
          const answer = await r.answerOf(body.captcha_id);
          lose();
          const verdict = await r.verify({ captcha_id: body.captcha_id, answer, attempt: ATTEMPT });
          expect(verdict.body).toMatchObject({ verified: true });
          proxy.stall();
          const since = performance.now();
          const still = await r.siteverify(verdict.body.token, { idempotency_key: 'order-1' });
          expect(still.status).toBe(503);
          expect(performance.now() - since).toBeLessThan(2500);
          proxy.pass();
          proxy.cut();
          lose();
          const redeem = () => r.siteverify(verdict.body.token, { idempotency_key: 'order-1' });
          await expect.poll(redeem, { timeout: 5000 }).toMatchObject({ body: { success: true } });
          expect(proxy.dropped).toBe(3);
        },
        (store) => guardStore(store, { deadlineMs: 1000, tryMs: 400, openMs: 100 }),
      ));

    it('redeems a token once', () =>
      travel(async (r) => {
        const { body } = await r.generate('kind=text&preset=strong');
        const answer = await r.answerOf(body.captcha_id);
        const { token } = (await r.verify({ captcha_id: body.captcha_id, answer })).body;
        expect((await r.siteverify(token)).body.success).toBe(true);
        expect((await r.siteverify(token)).body['error-codes']).toEqual(['timeout-or-duplicate']);
      }));

    if (roundTrips)
      it(`costs ${Object.entries(roundTrips)
        .map(([name, count]) => `${name} ${count}`)
        .join(', ')} round trip(s)`, () =>
        travel(async (r, { proxy }) => {
          const pass = async () => {
            let from = proxy.roundTrips;
            const lap = () => {
              const count = proxy.roundTrips - from;
              from = proxy.roundTrips;
              return count;
            };
            const { body } = await r.generate('kind=text&preset=strong');
            const generate = lap();
            const answer = await r.answerOf(body.captcha_id);
            lap();
            const { token } = (await r.verify({ captcha_id: body.captcha_id, answer })).body;
            const verify = lap();
            expect((await r.siteverify(token)).body.success).toBe(true);
            return { generate, verify, siteverify: lap() };
          };
          // Connections and scripts first.
          await pass();
          expect(await pass()).toEqual(roundTrips);
        }));

    it('leaves neither an answer nor an address in the backend', () =>
      travel(async (r, under) => {
        if (!under.dump) return;
        const query = 'kind=text&preset=strong&action=sign-up-7&cdata=order-4711';
        const secrets = ['sign-up-7', 'order-4711', ADDRESS, '203.0.113'];
        const answers: string[] = [];
        const ids: string[] = [];
        for (let i = 0; i < 4; i++) {
          const id: string = (await r.generate(query, ADDRESS)).body.captcha_id;
          const issued = await r.service.recall(id, { address: ADDRESS });
          if (!issued.ok) throw new Error('the challenge is gone');
          ids.push(id);
          answers.push(issued.puzzle.answer);
          secrets.push(issued.record.seed);
        }
        const issued = await under.dump();
        for (const [i, id] of ids.entries()) await r.verify({ captcha_id: id, answer: answers[i]! }, ADDRESS);
        const held = issued + (await under.dump());
        for (const id of ids) expect(held).toContain(id);
        for (const secret of secrets) expect(held).not.toContain(secret);
        // A word of four letters may be in noise by chance; four such words are not.
        expect(answers.filter((answer) => held.includes(answer)).length).toBeLessThan(2);
      }));
  });
}

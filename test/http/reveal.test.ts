/** POST /api/captcha/{id}/reveal: tries, races, replays, lost replies, limits, and what a trail has to be. */
import { describe, expect, it, test } from 'vitest';
import { POLICIES } from '../../lib/site/policy.ts';
import { trailTo } from '../challenge/reveal/kit.ts';
import { type Rig, rig } from './rig.ts';

type Place = readonly [x: number, y: number];

async function issued(r: Rig, query = 'kind=reveal') {
  const { body } = await r.generate(query);
  const recalled = await r.service.recall(body.captcha_id, { address: r.newVisitor() });
  if (!recalled.ok) throw new Error('expected a live challenge');
  return { body, id: body.captcha_id as string, puzzle: recalled.puzzle, point: recalled.puzzle.point! };
}

const post = (r: Rig, id: string, trail: unknown, from = r.newVisitor()) =>
  r.call(`/api/captcha/${id}/reveal`, { body: { trail }, from, headers: { 'Accept-Language': 'en' } });
/** Places at least 40 pixels from the point. */
const beside = ([x, y]: Place, i = 0): Place => [x < 150 ? x + 60 + i : x - 60 - i, y < 50 ? y + 20 : y - 20];
const miss = (r: Rig, id: string, point: Place, i = 0) => post(r, id, trailTo(...beside(point, i)));

describe('guarded', () => {
  it('shows the code to whoever rests on the point, and takes it', async () => {
    const r = rig();
    const { body, id, point, puzzle } = await issued(r);
    expect(body).toMatchObject({
      kind: 'reveal',
      preset: 'guarded',
      image_size: { width: 300, height: 100 },
      answer_format: { type: 'characters', alphabet: 'alphanumeric' },
      reveal: { mode: 'guarded', range: 'box', rest_ms: 400 },
    });
    expect(JSON.stringify(body)).not.toContain(puzzle.answer);
    const shown = await post(r, id, trailTo(...point));
    expect(shown.status).toBe(200);
    expect(Object.keys(shown.body)).toEqual(['success', 'revealed', 'image_base64']);
    expect(shown.body).toMatchObject({ success: true, revealed: true });
    expect(shown.body.image_base64).not.toBe(body.image_base64);
    expect(shown.bytes.length).toBeLessThanOrEqual(6 * 1024);
    const { body: verdict } = await r.verify({ captcha_id: id, answer: puzzle.answer });
    expect(verdict.verified).toBe(true);
    expect((await r.siteverify(verdict.token)).body).toMatchObject({ kind: 'reveal', preset: 'guarded' });
  });

  it('is spent by the third miss, and every kind of miss gets the same reply', async () => {
    const r = rig();
    const { id, point, puzzle } = await issued(r);
    const near: Place = [point[0], point[1] > 50 ? point[1] - 12 : point[1] + 12];
    const replies = [
      await post(r, id, trailTo(...near)),
      await post(r, id, trailTo(...beside(point))),
      await post(r, id, trailTo(...beside(point, 9))),
    ];
    expect(replies.map(({ body }) => body)).toEqual(
      [2, 1, 0].map((left) => ({ success: true, revealed: false, tries_left: left })),
    );
    expect(new Set(replies.map(({ bytes }) => bytes.length)).size).toBe(1);
    expect((await post(r, id, trailTo(...point))).status).toBe(404);
    expect((await r.verify({ captcha_id: id, answer: puzzle.answer })).status).toBe(404);
  });

  it('of a hundred trails at once at most three are tried', async () => {
    let shown = 0;
    for (let round = 0; round < 12; round++) {
      const r = rig();
      const { id, point } = await issued(r);
      const order = Array.from({ length: 100 }, (_, i) => i);
      const replies = await Promise.all(
        order.map((i) => (i === 50 + round ? post(r, id, trailTo(...point)) : miss(r, id, point, i % 30))),
      );
      shown += replies.filter(({ body }) => body.revealed === true).length;
      const misses = replies.filter(({ body }) => body.revealed === false);
      expect(misses.length).toBeLessThanOrEqual(3);
      expect(replies.filter(({ status }) => status === 404).length).toBeGreaterThanOrEqual(97);
      expect((await post(r, id, trailTo(...point))).status).toBe(404);
    }
    expect(shown).toBe(0);
  });

  it('of a hundred trails that meet the point any may be answered, all with one picture', async () => {
    const r = rig();
    const { id, point } = await issued(r);
    const replies = await Promise.all(Array.from({ length: 100 }, () => post(r, id, trailTo(...point))));
    const shown = replies.filter(({ body }) => body.revealed === true);
    expect(shown.length).toBeGreaterThanOrEqual(1);
    expect(new Set(shown.map(({ body }) => body.image_base64)).size).toBe(1);
  });

  it('a lost reply is asked for again, also after the last try and after misses', async () => {
    const r = rig();
    const { id, point } = await issued(r);
    await miss(r, id, point);
    await miss(r, id, point, 5);
    const trail = trailTo(...point);
    const first = await post(r, id, trail);
    for (let i = 0; i < 5; i++) expect((await post(r, id, trail)).body).toEqual(first.body);
    expect((await miss(r, id, point)).body).toEqual({ success: true, revealed: false, tries_left: 0 });
    expect((await post(r, id, trail)).body).toEqual(first.body);
  });

  it('gives no try back while the challenge lives', async () => {
    for (const wait of [1_000, 149_000, 295_000]) {
      const r = rig();
      // Just before a window of the counter ends
      r.advance(600_000 - (r.now() % 600_000) - 500);
      const { id, point } = await issued(r);
      await miss(r, id, point);
      await miss(r, id, point);
      r.advance(wait);
      expect((await miss(r, id, point)).body.tries_left).toBe(0);
      expect((await post(r, id, trailTo(...point))).status).toBe(404);
    }
  });

  it('is 404 for what is answered, expired, forged or of another kind', async () => {
    const r = rig();
    const { id, point, puzzle } = await issued(r);
    const text = (await r.generate('kind=text')).body.captcha_id;
    const client = (await r.generate('kind=reveal&preset=client')).body.captcha_id;
    const forged = id.slice(0, -1) + (id.endsWith('0') ? '1' : '0');
    for (const other of [text, client, forged])
      expect((await post(r, other, trailTo(...point))).status).toBe(404);
    await r.verify({ captcha_id: id, answer: puzzle.answer });
    expect((await post(r, id, trailTo(...point))).status).toBe(404);
    const late = await issued(r);
    r.advance(301_000);
    expect((await post(r, late.id, trailTo(...late.point))).status).toBe(404);
  });

  it('has a rate of its own, and a refused trail costs no try', async () => {
    const r = rig({ env: { GLYPHGATE_LIMIT_REVEAL: '2/60s' } });
    const { id, point } = await issued(r);
    const from = r.newVisitor();
    await post(r, id, trailTo(...beside(point)), from);
    await post(r, id, trailTo(...beside(point)), from);
    for (let i = 0; i < 5; i++) {
      const refused = await post(r, id, trailTo(...beside(point)), from);
      expect(refused.status).toBe(429);
      expect(refused.headers.get('Retry-After')).toMatch(/^\d+$/);
    }
    expect((await post(r, id, trailTo(...point))).body.revealed).toBe(true);
  });

  it('a store that fails is 503, never a picture', async () => {
    let broken = false;
    const r = rig({
      wrap: (store) => ({
        ...store,
        hit: (hits) => (broken ? Promise.reject(new Error('gone')) : store.hit(hits)),
      }),
    });
    const { id, point } = await issued(r);
    broken = true;
    const reply = await post(r, id, trailTo(...point));
    expect(reply.status).toBeGreaterThanOrEqual(500);
    expect(reply.body.image_base64).toBeUndefined();
    broken = false;
    expect((await post(r, id, trailTo(...point))).body.revealed).toBe(true);
  });
});

describe('a trail', () => {
  const good = () => trailTo(100, 50).map((point) => [...point]);
  const bent = (bend: (trail: number[][]) => unknown) => {
    const trail = good();
    return bend(trail) ?? trail;
  };
  /** The trail with one number replaced. */
  const put = (point: number, at: number, value: number) =>
    good().map((each, i) => (i === point ? each.map((old, k) => (k === at ? value : old)) : each));
  const cases: [string, unknown, RegExp][] = [
    ['is missing', undefined, /8 to 512 points/],
    ['is no list', 'abc', /8 to 512 points/],
    ['is short', good().slice(0, 7), /8 to 512 points/],
    ['is long', Array.from({ length: 513 }, (_, i) => [5, 5, i]), /8 to 512 points/],
    ['has a pair', bent((t) => void t[3]!.pop()), /8 to 512 points/],
    ['has a text', bent((t) => void t.splice(2, 1, ['1', 2, 3] as never)), /8 to 512 points/],
    ['has null', bent((t) => void t.splice(2, 1, null as never)), /8 to 512 points/],
    [
      'has an object',
      bent((t) => void t.splice(2, 1, { 0: 1, 1: 2, 2: 3, length: 3 } as never)),
      /8 to 512 points/,
    ],
    ['begins late', bent((t) => t.map(([x, y, time]) => [x, y, time! + 1])), /begin with 0/],
    ['leaves the box', put(1, 1, -1), /within the box/],
    ['leaves it far', put(1, 0, 1e300), /within the box/],
    ['stands in time', put(3, 2, 32), /grow from point to point/],
    ['goes back in time', put(3, 2, 1), /grow from point to point/],
    ['takes too long', put(good().length - 1, 2, 1e9), /t from 0 to/],
    ['jumps', put(2, 0, 290), /at most 60 pixels/],
    ['is faster than a hand', bent((t) => t.map(([x, y], i) => [x, y, i])), /pixels a millisecond/],
    ['does not rest', trailTo(100, 50, { rest: 300 }), /last 400 ms within 4 pixels/],
    ['trembles at the end', [...good(), [110, 50, 900], [110, 50, 1000]], /last 400 ms within 4 pixels/],
  ];

  it.each(cases)('that %s is a 400 and costs nothing', async (_, trail, told) => {
    const r = rig();
    const { id, point } = await issued(r);
    for (let i = 0; i < 4; i++) {
      const reply = await post(r, id, trail);
      expect(reply.status).toBe(400);
      expect(reply.body).toMatchObject({ success: false, code: 400, error_code: 'invalid_trail' });
      expect(reply.body.error).toMatch(told);
    }
    await miss(r, id, point);
    expect((await post(r, id, trailTo(...point))).body.revealed).toBe(true);
  });

  it('of fractions, of 512 points, by keyboard steps, or that only rests, will do', async () => {
    const r = rig();
    for (const make of [
      (x: number, y: number) => trailTo(x, y, { from: [0.5, 99.5] }),
      (x: number, y: number) => Array.from({ length: 512 }, (_, i) => [Math.round(x), Math.round(y), i * 10]),
      (x: number, y: number) => Array.from({ length: 9 }, (_, i) => [x, y, i * 60]),
      (x: number, y: number) => [
        ...Array.from({ length: 20 }, (_, i) => [x - ((20 - i) % 5), y, i * 30]),
        [x, y, 650],
        [x, y, 1060],
      ],
    ]) {
      const { id, point } = await issued(r);
      expect((await post(r, id, make(...point))).body.revealed).toBe(true);
    }
  });
});

describe('client', () => {
  it('is given everything', async () => {
    const { body } = await rig().generate('kind=reveal&preset=client');
    expect(body.reveal).toMatchObject({ mode: 'client', triggers: [{ type: 'vertical' }] });
  });

  test('can be had under compat alone, as guarded too, and reveal is never the default', async () => {
    for (const [name, { paths }] of Object.entries(POLICIES)) {
      const found = paths.filter(({ kind }) => kind === 'reveal');
      expect(found.every(({ weight }) => weight === 0)).toBe(true);
      if (name !== 'compat') expect(found).toEqual([]);
    }
    for (const GLYPHGATE_PROFILE of ['standard', 'strict', 'accessible'])
      expect((await rig({ env: { GLYPHGATE_PROFILE } }).generate('kind=reveal')).status).toBe(400);
  });
});

it('HEAD and GET are not for revealing', async () => {
  const r = rig();
  const { id } = await issued(r);
  expect((await r.call(`/api/captcha/${id}/reveal`)).status).toBe(405);
});

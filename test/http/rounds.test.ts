import { describe, expect, it } from 'vitest';
import { type Rig, rig } from './rig.ts';

const standard = () => rig({ env: { GLYPHGATE_PROFILE: 'standard' } });

/** Answers one round and gives the reply; `right` says how. */
async function answerRound(r: Rig, id: string, right: boolean) {
  const answer = right ? await r.answerOf(id) : await r.wrongAnswerOf(id);
  return r.verify({ captcha_id: id, answer });
}

async function walk(r: Rig, rights: readonly boolean[]) {
  let { body } = await r.generate('kind=scene');
  expect(body).toMatchObject({ round: 1, rounds: rights.length });
  for (const [at, right] of rights.entries()) {
    const verdict = await answerRound(r, body.captcha_id, right);
    if (at === rights.length - 1) return verdict.body;
    expect(verdict.body).toMatchObject({
      success: true,
      verified: false,
      next: { remaining: rights.length - 1 - at },
    });
    body = (await r.generate(`chain=${verdict.body.next.chain}`)).body;
    expect(body).toMatchObject({ round: at + 2, rounds: rights.length });
  }
}

describe('rounds in a row', () => {
  it('three right answers pass, and the token says how strong that is', async () => {
    const r = standard();
    const last = await walk(r, [true, true, true]);
    expect(last.verified).toBe(true);
    const redeemed = (await r.siteverify(last.token)).body;
    expect(redeemed).toMatchObject({ success: true, rounds: 3, guess: 1 / 64 });
  });

  it.each([[[false, true, true]], [[true, false, true]], [[true, true, false]], [[false, false, false]]])(
    '%j does not pass',
    async (rights) => {
      const last = await walk(standard(), rights);
      expect(last.verified).toBe(false);
      expect(last.token).toBeUndefined();
    },
  );

  it('no round before the last tells whether it was right, not by its size either', async () => {
    const r = standard();
    const replies = [];
    for (const right of [true, false]) {
      const { body } = await r.generate('kind=scene');
      replies.push(await answerRound(r, body.captcha_id, right));
    }
    const [right, wrong] = replies.map(({ body }) => ({ ...body, next: { ...body.next, chain: '' } }));
    expect(right).toEqual(wrong);
    expect(replies[0]!.bytes.length).toBe(replies[1]!.bytes.length);
  });

  it('no counter that a visitor sees tells it either: a chain counts once, at its end', async () => {
    const r = standard();
    const seen = [];
    for (const right of [true, false]) {
      const from = r.newVisitor();
      let { body } = await r.generate('kind=scene', from);
      const fields: string[] = [];
      for (const last of [false, false, true]) {
        const id = body.captcha_id;
        const answer = right || last ? await r.answerOf(id) : await r.wrongAnswerOf(id);
        const verdict = await r.verify({ captcha_id: id, answer }, from);
        fields.push(verdict.headers.get('RateLimit')!);
        if (!last) ({ body } = await r.generate(`chain=${verdict.body.next.chain}`, from));
      }
      seen.push(fields);
      const { captcha_id } = (await r.generate('kind=text', from)).body;
      const after = await r.verify({ captcha_id, answer: 'X' }, from);
      expect(after.headers.get('RateLimit')).toMatch(right ? /"failed";r=20/ : /"failed";r=19/);
    }
    expect(seen[0]).toEqual(seen[1]);
  });

  it('a chain cannot fork: every use leads to the same next challenge', async () => {
    const r = standard();
    const { body } = await r.generate('kind=scene');
    const { chain } = (await answerRound(r, body.captcha_id, true)).body.next;
    const nexts = await Promise.all(Array.from({ length: 50 }, () => r.generate(`chain=${chain}`)));
    const ids = new Set(nexts.filter(({ status }) => status === 200).map((reply) => reply.body.captcha_id));
    expect(ids.size).toBe(1);
    const again = await r.generate(`chain=${chain}`);
    expect(again.body.image_base64).toBe(nexts.find(({ status }) => status === 200)!.body.image_base64);
  });

  it('a chain cannot be replayed once its next challenge is answered, expired or traded', async () => {
    const r = standard();
    const { body } = await r.generate('kind=scene');
    const { chain } = (await answerRound(r, body.captcha_id, true)).body.next;
    const next = (await r.generate(`chain=${chain}`)).body;
    await answerRound(r, next.captcha_id, false);
    expect((await r.generate(`chain=${chain}`)).status).toBe(404);
    r.advance(301_000);
    expect((await r.generate(`chain=${chain}`)).status).toBe(404);
  });

  it('a chain is refused by another site’s key, when cut, and when it is another seal', async () => {
    const r = standard();
    const { body } = await r.generate('kind=scene');
    const { chain } = (await answerRound(r, body.captcha_id, true)).body.next;
    for (const odd of [chain.slice(0, -1), `${chain}A`, chain.replace(/^./, 'B'), 'AAAA'])
      expect((await r.generate(`chain=${odd}`)).status).toBe(404);
    expect(
      (await rig({ env: { GLYPHGATE_MASTER_KEY: 'z'.repeat(40) } }).generate(`chain=${chain}`)).status,
    ).toBe(404);
  });

  it('refresh within a chain keeps the round and what was answered before', async () => {
    const r = standard();
    const { body } = await r.generate('kind=scene');
    const { chain } = (await answerRound(r, body.captcha_id, false)).body.next;
    const second = (await r.generate(`chain=${chain}`)).body;
    const fresh = (await r.call('/api/captcha/refresh', { body: { captcha_id: second.captcha_id } })).body;
    expect(fresh).toMatchObject({ round: 2, rounds: 3 });
    const third = (
      await r.generate(`chain=${(await answerRound(r, fresh.captcha_id, true)).body.next.chain}`)
    ).body;
    expect((await answerRound(r, third.captcha_id, true)).body.verified).toBe(false);
  });

  it('a repeated attempt gets a chain that leads to the same place', async () => {
    const r = standard();
    const { body } = await r.generate('kind=scene');
    const answer = await r.answerOf(body.captcha_id);
    const attempt = 'a'.repeat(22);
    const [one, two] = [
      await r.verify({ captcha_id: body.captcha_id, answer, attempt }),
      await r.verify({ captcha_id: body.captcha_id, answer, attempt }),
    ];
    const first = await r.generate(`chain=${one.body.next.chain}`);
    const second = await r.generate(`chain=${two.body.next.chain}`);
    expect(second.body.captcha_id).toBe(first.body.captcha_id);
  });

  it('times the whole path', async () => {
    const r = standard();
    let { body } = await r.generate('kind=scene');
    for (;;) {
      r.advance(2000);
      const verdict = (await answerRound(r, body.captcha_id, true)).body;
      if (verdict.token) {
        expect((await r.siteverify(verdict.token)).body.solve_ms).toBe(6000);
        break;
      }
      body = (await r.generate(`chain=${verdict.next.chain}`)).body;
    }
  });
});

/** The examples' bank, served: from generate to a redeemed token. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { loadRenderAssets } from '../../functions/assets.ts';
import { mixPhotosIn, type ScenesWithPhotos } from '../../functions/questions.ts';
import { FACTS } from '../../lib/challenge/facts.ts';
import { createRenderer } from '../../lib/render/renderer.ts';
import { kinds, rig } from './rig.ts';

const FOLDER = 'infra/examples/questions';
let mixed: ScenesWithPhotos;
const served = (env?: Record<string, string>) =>
  rig({
    kinds: { ...kinds, scene: mixed.scene },
    ownQuestions: mixed.ownQuestions,
    ...(env && { env }),
  });

beforeAll(async () => {
  const renderer = createRenderer(loadRenderAssets());
  mixed = await mixPhotosIn(kinds.scene, renderer, { folder: FOLDER, ratio: 0.3 });
});

describe('a bank that is served', () => {
  it.each(['zh-CN', 'en'])('asks in %s, draws, judges and is redeemed', async (lang) => {
    const r = served();
    const { status, body } = await r.generate(`preset=photo&lang=${lang}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      kind: 'scene',
      preset: 'photo',
      lang,
      image_size: { width: 600, height: 650 },
      answer_format: { type: 'choice', options: ['A', 'B', 'C', 'D'] },
    });
    expect(body.image_base64).toMatch(/^data:image\/jpeg;base64,\/9j\//);
    expect(body.image_base64.length).toBeLessThan(120_100);

    const image = await r.call(`/api/captcha/${body.captcha_id}/image`, { from: r.newVisitor() });
    expect(image.headers.get('Content-Type')).toBe('image/jpeg');
    expect(Buffer.from(image.bytes).toString('base64')).toBe(body.image_base64.split(',')[1]);

    const answer = await r.answerOf(body.captcha_id);
    const verdict = await r.verify({ captcha_id: body.captcha_id, answer });
    expect(verdict.body).toMatchObject({ success: true, verified: true });
    const redeemed = await r.siteverify(verdict.body.token);
    expect(redeemed.body).toMatchObject({ success: true, kind: 'scene', preset: 'photo', guess: 0.25 });
  });

  it('a chain asks no question twice while the bank has another', async () => {
    const r = served({ GLYPHGATE_PROFILE: 'standard' });
    // All three of the examples can be asked at difficulty 1
    for (let walk = 0; walk < 6; walk++) {
      let { body } = await r.generate('kind=scene&preset=photo&difficulty=1');
      const questions = [];
      for (;;) {
        // Every walk but the first trades its last round for another.
        if (walk > 0 && questions.length === 2) {
          const { captcha_id } = body;
          body = (await r.call('/api/captcha/refresh', { body: { captcha_id }, from: r.newVisitor() })).body;
        }
        const issued = await r.service.recall(body.captcha_id, { address: r.newVisitor() });
        if (!issued.ok) throw new Error('the round is live');
        questions.push(issued.puzzle.question);
        const answer = await r.answerOf(body.captcha_id);
        const { next } = (await r.verify({ captcha_id: body.captcha_id, answer })).body;
        if (!next) break;
        body = (await r.generate(`chain=${next.chain}`)).body;
      }
      expect(questions).toHaveLength(3);
      expect(new Set(questions).size).toBe(3);
    }
  });

  it('takes a wrong letter for wrong, once', async () => {
    const r = served();
    const { body } = await r.generate('format=jpeg');
    const answer = await r.wrongAnswerOf(body.captcha_id);
    expect((await r.verify({ captcha_id: body.captcha_id, answer })).body).toMatchObject({ verified: false });
    expect((await r.verify({ captcha_id: body.captcha_id, answer: 'A' })).status).toBe(404);
  });

  it('comes by itself beside scenes, and never where a PNG is asked for', async () => {
    const r = served();
    const presets = new Set<string>();
    for (let i = 0; i < 40; i++) presets.add((await r.generate()).body.preset);
    expect([...presets].sort()).toEqual(['flat', 'photo']);
    for (let i = 0; i < 10; i++) expect((await r.generate('format=png')).body.preset).toBe('flat');
  });

  it('refreshes to another of its kind, and keeps to it through rounds', async () => {
    const r = served({ GLYPHGATE_PROFILE: 'standard' });
    const { body } = await r.generate('kind=scene&preset=photo&difficulty=1');
    const fresh = await r.call('/api/captcha/refresh', { body: { captcha_id: body.captcha_id } });
    expect(fresh.body).toMatchObject({ preset: 'photo', round: 1, rounds: 3 });
    const answer = await r.answerOf(fresh.body.captcha_id);
    const { body: verdict } = await r.verify({ captcha_id: fresh.body.captcha_id, answer });
    const next = await r.generate(`chain=${verdict.next.chain}`);
    expect(next.body).toMatchObject({ preset: 'photo', round: 2, rounds: 3 });
    expect(next.body.image_base64).not.toBe(fresh.body.image_base64);
  });

  it('says which language the picture is in when the bank lacks the one asked for', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'glyphgate-bank-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    cpSync(FOLDER, folder, { recursive: true });
    const manifest = join(folder, 'questions.json');
    const chineseOnly = JSON.parse(readFileSync(manifest, 'utf8'), (_, value) => {
      if (value?.en === undefined) return value;
      const { en: _en, ...rest } = value;
      return rest;
    });
    writeFileSync(manifest, JSON.stringify(chineseOnly));
    const options = { folder, ratio: 0.3 };
    const { scene } = await mixPhotosIn(kinds.scene, createRenderer(loadRenderAssets()), options);
    const r = rig({ kinds: { ...kinds, scene } });
    expect((await r.generate('preset=photo&lang=en')).body.lang).toBe('zh-CN');
    expect((await r.generate('preset=flat&lang=en')).body.lang).toBe('en');
  });

  it('counts in health', async () => {
    const { body } = await served().call('/api/health');
    expect(body).toMatchObject({ status: 'healthy', questions_count: FACTS.questionsCount + 3 });
  });
});

describe('without a bank', () => {
  it.each([
    ['preset', 'photo'],
    ['format', 'jpeg&kind=scene'],
  ])('%s=%s is refused', async (field, value) => {
    const { status, body } = await rig().generate(`${field}=${value}`);
    expect({ status, slug: body.error_code }).toEqual({ status: 400, slug: `invalid_${field}` });
  });

  it('health counts templates alone', async () => {
    const { body } = await rig().call('/api/health');
    expect(body.questions_count).toBe(FACTS.questionsCount);
  });
});

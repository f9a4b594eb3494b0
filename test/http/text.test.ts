/** What a request may set about a text challenge, and what it may not: over HTTP, from the query to the verdict. */
import { describe, expect, it } from 'vitest';
import type { Issued } from '../../lib/service/contract.ts';
import { decodePng } from '../render/decode.ts';
import { rig } from './rig.ts';

const bytesOf = (dataUrl: string) => Buffer.from(dataUrl.split(',')[1]!, 'base64');

describe('what a policy lets be set, it gets', () => {
  it.each([
    ['generator=words', { type: 'characters', alphabet: 'letters' }],
    ['generator=composed&length=7', { type: 'characters', alphabet: 'letters' }],
    ['generator=arithmetic', { type: 'number' }],
    ['generator=hanzi&length=2', { type: 'characters', alphabet: 'hanzi', length: 2 }],
    ['characters=AB7&length=8', { type: 'characters', alphabet: 'custom', length: 8 }],
    ['alphabet=digits&length=6', { type: 'characters', alphabet: 'digits', length: 6 }],
  ])('%s', async (query, format) => {
    const r = rig();
    for (const preset of ['strong', 'classic', 'bitmap']) {
      const { status, body } = await r.generate(`lang=en&preset=${preset}&${query}`);
      expect({ status, kind: body.kind, preset: body.preset, format: body.answer_format }).toEqual({
        status: 200,
        kind: 'text',
        preset,
        format,
      });
    }
  });

  it('draws the same picture again, and takes the right answer', async () => {
    const r = rig();
    const subject = { address: r.newVisitor() };
    const asked = { lang: 'en', preset: 'bitmap', generator: 'arithmetic', scale: 2, format: 'png' } as const;
    const issued = (await r.service.generate(asked, subject)) as Issued;
    const picture = issued.puzzle.picture();
    expect(picture.height).toBe(20);
    const again = (await r.service.recall(issued.id, subject)) as Issued;
    expect(again.puzzle.picture().bytes).toEqual(picture.bytes);
    const verdict = await r.service.verify(
      { id: issued.id, answer: issued.puzzle.answer, hostname: '' },
      subject,
    );
    expect(verdict).toMatchObject({ ok: true, verified: true });
  });

  it('keeps it through refresh', async () => {
    const r = rig();
    const { body } = await r.generate('lang=en&preset=bitmap&generator=arithmetic&scale=3&format=png');
    const fresh = await r.call('/api/captcha/refresh', { body: { captcha_id: body.captcha_id } });
    expect(fresh.body.answer_format).toEqual({ type: 'number' });
    expect(decodePng(bytesOf(fresh.body.image_base64)).height).toBe(30);
  });
});

describe('what is out of bounds is a 400 that names the bound', () => {
  it.each([
    ['generator=riddles', 'generator', 'arithmetic'],
    ['generator=words&alphabet=digits', 'alphabet', 'nothing beside generator=words'],
    ['generator=words&characters=AB', 'characters', 'nothing beside'],
    ['characters=A', 'characters', '2 to 64'],
    ['characters=AA', 'characters', '2 to 64'],
    ['characters=A%F0%9F%98%80', 'characters', '0-9, A-Z'],
    ['characters=AB&alphabet=digits', 'characters', 'nothing beside alphabet'],
    ['length=3', 'length', '4 to 8'],
    ['length=9', 'length', '4 to 8'],
    ['length=0', 'length', 'number'],
    ['length=-1', 'length', 'number'],
    ['generator=hanzi&length=5', 'length', '2 to 4'],
    ['generator=composed&length=4', 'length', '5 to 8'],
    ['generator=arithmetic&length=4', 'length', 'nothing beside'],
    ['preset=strong&width=200', 'width', 'preset strong has its own'],
    ['preset=strong&ink=000000&ground=ffffff', 'ink', 'preset strong has its own'],
    ['preset=bitmap&width=40', 'width', 'cells'],
    ['preset=bitmap&scale=17', 'scale', '1 to 6'],
    ['preset=bitmap&ink=000000', 'ground', 'since ink has one'],
    ['preset=bitmap&ink=777777&ground=888888', 'ink', 'contrast of at least 3'],
    ['preset=bitmap&ink=red&ground=ffffff', 'ink', 'six hexadecimal'],
    ['kind=scene&generator=words', 'generator', 'no text challenge'],
    ['kind=scene&length=4', 'length', 'no text challenge'],
  ])('%s', async (query, field, expected) => {
    const { status, body } = await rig().generate(`lang=en&${query}`);
    expect(status).toBe(400);
    expect(body.error_code).toBe(`invalid_${field}`);
    expect(body.error).toContain(expected);
  });

  it.each(['standard', 'strict'])(
    'profile %s lets nothing be set: all of it can make a picture weaker',
    async (profile) => {
      const r = rig({ env: { GLYPHGATE_PROFILE: profile } });
      for (const query of [
        'generator=words',
        'generator=characters',
        'length=4',
        'characters=AB',
        'width=400',
        'font=Lato',
      ]) {
        const { status, body } = await r.generate(`lang=en&kind=text&difficulty=2&${query}`);
        expect(status).toBe(400);
        expect(body.error).toContain('the policy of this site');
      }
      expect((await r.generate('kind=scene&difficulty=2&length=4')).status).toBe(400);
    },
  );
});

describe('formats', () => {
  it.each([
    ['png', 'image/png', [0x89, 0x50, 0x4e, 0x47]],
    ['bmp', 'image/bmp', [0x42, 0x4d]],
    ['jpeg', 'image/jpeg', [0xff, 0xd8, 0xff]],
    ['webp', 'image/webp', [0x52, 0x49, 0x46, 0x46]],
  ])('%s has its media type and its first bytes', async (format, type, first) => {
    const r = rig();
    for (const preset of ['strong', 'classic', 'bitmap']) {
      const { body } = await r.generate(`preset=${preset}&format=${format}`);
      expect(body.image_base64.startsWith(`data:${type};base64,`)).toBe(true);
      expect([...bytesOf(body.image_base64).subarray(0, first.length)]).toEqual(first);
      const { headers, bytes } = await r.call(`/api/captcha/${body.captcha_id}/image`);
      expect(headers.get('content-type')).toBe(type);
      expect(Buffer.from(bytes).equals(bytesOf(body.image_base64))).toBe(true);
    }
  });
});

/** `glyphgate samples`: labels, replies, determinism, and a folder that is never left half labelled. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadRenderAssets } from '../../functions/assets.ts';
import { ANSWERS } from '../../lib/challenge/answers.ts';
import type { KindName } from '../../lib/challenge/challenge.ts';
import { createKinds } from '../../lib/challenge/registry.ts';
import { lookOf, specOf } from '../../lib/cli/look.ts';
import { createRenderer } from '../../lib/render/renderer.ts';
import { filesOf, glyphgate, readJson, temporaryFolder } from './command.ts';

const COUNT = 50;
const make = (out: string, ...more: string[]) =>
  glyphgate('samples', '--count', String(COUNT), '--seed', 's', '--out', out, ...more);

interface Reply {
  success: boolean;
  captcha_id: string;
  image_base64: string;
  image_size: { width: number; height: number; used_height: number };
  expire_time: number;
  note: string;
  kind: string;
  lang: string;
}

const looks: { kind: KindName; preset?: string; type: string; ending: string }[] = [
  { kind: 'text', preset: 'strong', type: 'image/png', ending: 'png' },
  { kind: 'text', preset: 'classic', type: 'image/png', ending: 'png' },
  { kind: 'text', preset: 'bitmap', type: 'image/bmp', ending: 'bmp' },
  { kind: 'scene', type: 'image/png', ending: 'png' },
];

describe.each(looks)('samples of $kind $preset', ({ kind, preset, type, ending }) => {
  const words = ['--kind', kind, ...(preset ? ['--preset', preset] : []), '--lang', 'en'];

  it('have a label, a picture and the reply of a client each, and repeat byte for byte', async () => {
    const folder = temporaryFolder();
    const first = make(folder.file('first'), ...words);
    expect(first).toMatchObject({ code: 0, stderr: '' });

    const files = filesOf(folder.file('first'));
    const labels = readJson<Record<string, string>>(folder.file('first', 'labels.json'));
    const names = Object.keys(labels);
    expect(names).toHaveLength(COUNT);
    expect([...files.keys()]).toEqual(
      [
        'labels.json',
        ...names.flatMap((name) => [`samples/${name}.${ending}`, `samples/${name}.json`]),
      ].toSorted(),
    );

    const kinds = createKinds(createRenderer(loadRenderAssets()));
    const look = lookOf({ kind, preset, lang: 'en' }, kinds);
    const replies = names.map((name, i) => {
      const reply = readJson<Reply>(folder.file('first', 'samples', `${name}.json`));
      const picture = files.get(`samples/${name}.${ending}`)!;
      expect(reply).toMatchObject({ success: true, kind, lang: 'en', expire_time: 300 });
      expect(reply.image_base64).toBe(`data:${type};base64,${picture.toString('base64')}`);
      expect(reply.captcha_id).toMatch(/^[0-9a-z]{32}$/);

      const { solution } = kinds[kind].generate(specOf(look, `s/${i}`));
      expect(ANSWERS[kind].check(solution, labels[name]!)).toBe(true);
      expect(ANSWERS[kind].check(solution, `${labels[name]}x`)).toBe(false);
      return reply;
    });
    expect(new Set(replies.map(({ captcha_id }) => captcha_id)).size).toBe(COUNT);
    expect(new Set(replies.map(({ image_base64 }) => image_base64)).size).toBe(COUNT);

    expect(make(folder.file('again'), ...words).code).toBe(0);
    expect(filesOf(folder.file('again'))).toEqual(files);
  });
});

describe('the folder', () => {
  const few = (out: string, ...more: string[]) =>
    glyphgate('samples', '--preset', 'bitmap', '--count', '3', '--out', out, ...more);

  it('must be new or empty', () => {
    const folder = temporaryFolder();
    writeFileSync(folder.file('thesis.txt'), 'mine');
    const { code, stderr } = few(folder.path);
    expect(stderr).toContain(`${folder.path} is not empty; expected a new or empty folder, or --force`);
    expect(code).toBe(1);
    expect([...filesOf(folder.path).keys()]).toEqual(['thesis.txt']);
  });

  it('with --force loses what an earlier run wrote and nothing else', () => {
    const folder = temporaryFolder();
    const out = folder.file('out');
    expect(glyphgate('samples', '--preset', 'classic', '--count', '5', '--out', out).code).toBe(0);
    writeFileSync(folder.file('out', 'samples', 'notes.png'), 'mine');
    writeFileSync(folder.file('out', 'thesis.txt'), 'mine');
    expect(few(out, '--force').code).toBe(0);
    expect([...filesOf(out).keys()]).toEqual([
      'labels.json',
      ...[0, 1, 2].flatMap((i) => [`samples/00000${i}.bmp`, `samples/00000${i}.json`]),
      'samples/notes.png',
      'thesis.txt',
    ]);
  });

  it('that cannot be made is a clear error', () => {
    const folder = temporaryFolder();
    writeFileSync(folder.file('file'), '');
    const { code, stderr } = few(folder.file('file', 'out'));
    expect(stderr).toContain('a part of the path is a file, not a folder');
    expect(stderr).not.toContain('    at ');
    expect(code).toBe(1);
  });

  it('without room ends clearly and without labels', () => {
    const folder = temporaryFolder();
    const out = folder.file('out');
    // A name that a file needs is taken by a folder: writing fails in the middle of the run.
    mkdirSync(folder.file('out', 'samples', '000001.bmp'), { recursive: true });
    writeFileSync(folder.file('out', 'labels.json'), '{"000000": "of an earlier run"}');
    const { code, stderr } = few(out, '--force');
    expect(stderr).toContain('stopped after 1 of 3 samples');
    expect(stderr).toContain('No labels.json was written');
    expect(code).toBe(1);
    expect([...filesOf(out).keys()]).toEqual(['samples/000000.bmp', 'samples/000000.json']);
  });
});

describe('long work', () => {
  it('shows a bar on a terminal only', () => {
    const folder = temporaryFolder();
    expect(make(folder.file('quiet'), '--preset', 'bitmap').stderr).toBe('');
  });
});

/** What is served is what the sources say, and small. */
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Built, buildWidget, languages, moduleOf } from '../../infra/build/widget.ts';
import { WIDGET } from '../../lib/widget/built.ts';
import { LANGUAGES } from '../../lib/widget/language.ts';

let built: Built;
beforeAll(async () => {
  built = await buildWidget();
});

const gzip = (text: string) => gzipSync(text, { level: 9 }).length;
const fileOf = (part: string) => built.texts[part]!;

describe('the built widget', () => {
  it('is fresh: npm run build:widget would change nothing', () => {
    expect(moduleOf(built)).toContain(JSON.stringify(WIDGET.script));
    expect(WIDGET.element).toBe(built.element);
    expect(WIDGET.files).toEqual(built.files);
  });

  it('names every part by its content', () => {
    for (const name of Object.keys(WIDGET.files)) expect(name).toMatch(/^[A-Za-z-]+-[0-9a-f]{10}\.js$/);
  });

  it('takes at most 9 kB for the first view, 15 kB for all of them and the script interface, 1 kB a language', () => {
    expect(gzip(WIDGET.element)).toBeLessThanOrEqual(8250);
    // With the script interface for those who want it.
    const script = gzip(WIDGET.script);
    expect(script).toBeLessThanOrEqual(9350);
    expect(
      script + ['scene', 'audio', 'reveal'].reduce((sum, view) => sum + gzip(fileOf(view)), 0),
    ).toBeLessThanOrEqual(15_000);
    for (const language of languages()) expect(gzip(fileOf(language)), language).toBeLessThanOrEqual(1000);
  });

  it('has a file for every language that it says it speaks', () => {
    expect([...languages(), 'en'].sort()).toEqual([...LANGUAGES].sort());
  });

  it('writes no markup, evaluates nothing, and names no other origin', () => {
    const texts = [WIDGET.script, WIDGET.element, ...Object.values(WIDGET.files)];
    const sinks =
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|createObjectURL|\.setHTML/;
    const origins = /https?:\/\/(?!www\.w3\.org\/2000\/svg)/;
    for (const text of texts) {
      expect(text).not.toMatch(sinks);
      expect(text).not.toMatch(origins);
    }
  });
});

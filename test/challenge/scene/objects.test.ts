import { describe, expect, it } from 'vitest';
import { FIXED, THEMES, WHITE } from '../../../lib/challenge/scene/colors.ts';
import { ICON_SHAPE, PALETTE } from '../../../lib/challenge/scene/icons.ts';
import { clashes, OBJECTS } from '../../../lib/challenge/scene/objects.ts';
import { COLLECTIONS, chineseCharacters } from '../../../lib/challenge/scene/words.ts';
import { renderer } from './kit.ts';

const doubles = (words: readonly string[]) => words.filter((word, i) => words.indexOf(word) !== i);

describe('the objects', () => {
  it('are many, and no two share an icon or a name in either language', () => {
    expect(OBJECTS.length).toBeGreaterThanOrEqual(300);
    expect(doubles(OBJECTS.map((object) => object.name))).toEqual([]);
    expect(doubles(OBJECTS.map((object) => object.one.en))).toEqual([]);
    expect(doubles(OBJECTS.map((object) => object.one['zh-CN']))).toEqual([]);
    expect(doubles(OBJECTS.map((object) => object.many.en))).toEqual([]);
  });

  it('have the article that their sound asks for', () => {
    for (const { one } of OBJECTS) {
      const [, article, sound] = /^(an?) (.)/.exec(one.en) ?? [];
      if (!article || /^(a (UFO|unicorn)|an hourglass)/.test(one.en)) continue;
      expect(`${article} ${one.en}`).toBe(`${'aeiouA'.includes(sound!) ? 'an' : 'a'} ${one.en}`);
    }
  });

  it('have Chinese names of one measure word and a noun', () => {
    for (const { one, many } of OBJECTS) {
      expect(one['zh-CN']).toMatch(/^一\p{Script=Han}{2,6}$/u);
      expect(one['zh-CN']).toBe(`一${many['zh-CN']}`);
    }
  });

  it('are all in the pack, with the names and the circles that the scene knows', () => {
    expect(OBJECTS.map((object) => object.name).filter((name) => !renderer.icons.includes(name))).toEqual([]);
    expect([...ICON_SHAPE.keys()]).toEqual(renderer.icons);
    for (const { radius } of OBJECTS) {
      expect(radius).toBeGreaterThan(0.4);
      expect(radius).toBeLessThanOrEqual(Math.SQRT1_2 + 0.002);
    }
  });

  it('each can be asked about at every difficulty: their sort has four that do not clash', () => {
    for (const object of OBJECTS) {
      const chosen = [object];
      for (const other of OBJECTS)
        if (other.sort === object.sort && !chosen.some((one) => clashes(one, other))) chosen.push(other);
      expect(chosen.length, object.name).toBeGreaterThanOrEqual(4);
    }
  });

  it('fill every collection with at least four kinds that count', () => {
    for (const { holds, many } of COLLECTIONS) {
      const members = OBJECTS.filter((object) => holds(object) && object.countable && object.typical);
      expect(members.length, many.en).toBeGreaterThanOrEqual(4);
    }
  });
});

describe('the palette', () => {
  it('begins with the fixed colours, in their order', () => {
    expect(PALETTE.match(/.{6}/g)!.slice(0, FIXED.length)).toEqual(FIXED.map((hex) => hex.slice(1)));
    expect(PALETTE).toHaveLength(256 * 6);
  });

  it('has inks that are readable on white, and headers that carry white (WCAG 2: at least 4.5)', () => {
    for (const { hue } of THEMES) expect(contrast(FIXED[hue]!, FIXED[WHITE]!)).toBeGreaterThan(5.5);
  });
});

function contrast(a: string, b: string): number {
  const light = (hex: string) => {
    const [r, g, u] = hex
      .slice(1)
      .match(/../g)!
      .map((pair) => Number.parseInt(pair, 16) / 255)
      .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r! + 0.7152 * g! + 0.0722 * u!;
  };
  const [dark, bright] = [light(a), light(b)].sort((x, y) => x - y);
  return (bright! + 0.05) / (dark! + 0.05);
}

describe('the fonts', () => {
  it('hold every character that a picture can need', () => {
    const has = (name: string) => new Set(renderer.faces[renderer.face(name)]!.characters);
    const missing = (text: string, face: string) => [...text].filter((one) => !has(face).has(one));
    expect(missing(chineseCharacters(), 'scene-zh')).toEqual([]);
    const ascii = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).join('');
    expect(missing(ascii, 'scene-en')).toEqual([]);
  });
});

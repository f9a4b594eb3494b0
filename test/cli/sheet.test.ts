/** `glyphgate sheet`: one page with every look that fits, pixel for pixel the challenges themselves. */
import { readFileSync } from 'node:fs';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { blank, place, readPixels, writePng } from '../../lib/cli/pixels.ts';
import { glyphgate, temporaryFolder } from './command.ts';

const rgbOf = (png: PNG) => Buffer.from(png.data.filter((_, i) => i % 4 !== 3));

describe('sheet', () => {
  it('has a row for each preset and difficulty', () => {
    const folder = temporaryFolder();
    const out = folder.file('sheet.png');
    const { code, stdout, stderr } = glyphgate('sheet', '--columns', '2', '--seed', '1', '--out', out);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const rows = stdout.split('\n').slice(0, -2);
    for (const look of ['text strong', 'text classic', 'text bitmap', 'scene '])
      expect(rows.filter((row) => row.startsWith(look))).toHaveLength(3);
    expect(PNG.sync.read(readFileSync(out)).width).toBe(2 * (600 + 8) + 8);
  });

  it('is narrowed by kind, preset and difficulty', () => {
    const folder = temporaryFolder();
    const words = [
      '--preset',
      'bitmap',
      '--difficulty',
      '2',
      '--columns',
      '3',
      '--out',
      folder.file('a.png'),
    ];
    const { stdout } = glyphgate('sheet', ...words);
    expect(stdout).toMatch(/^text bitmap 2 zh-CN +\d{4} \d{4} \d{4}\n1 rows in /);
  });

  it('refuses a row of none', () => {
    const { code, stderr } = glyphgate('sheet', '--columns', '0', '--out', 'x.png');
    expect({ code, told: stderr.includes('whole number from 1 to 50') }).toEqual({ code: 2, told: true });
  });
});

describe('pixels', () => {
  it.each(['strong', 'classic'])('of a %s picture are what a strict decoder reads', (preset) => {
    const { bytes } = glyphgate('render', '--preset', preset, '--seed', '1', '--out', '-');
    expect(readPixels(bytes).rgb).toEqual(rgbOf(PNG.sync.read(bytes)));
  });

  it('of a BMP are black and white, from the top', () => {
    const bmp = glyphgate(
      'render',
      '--preset',
      'bitmap',
      '--difficulty',
      '2',
      '--seed',
      '1',
      '--out',
      '-',
    ).bytes;
    const { width, height, rgb } = readPixels(bmp);
    expect({ width, height, colors: new Set(rgb) }).toEqual({
      width: 40,
      height: 10,
      colors: new Set([0, 255]),
    });
    const lastRow = bmp.subarray(54, 54 + 40 * 3);
    expect(rgb.subarray(-40 * 3)).toEqual(lastRow);
  });

  it('are written as a PNG that a strict decoder reads', () => {
    const page = blank(7, 5, 9);
    place({ width: 2, height: 2, rgb: Buffer.from([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]) }, page, 3, 1);
    const png = PNG.sync.read(writePng(page));
    expect(rgbOf(png)).toEqual(page.rgb);
    expect([...rgbOf(png).subarray((1 * 7 + 3) * 3, (1 * 7 + 5) * 3)]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('of anything else are refused', () => {
    expect(() => readPixels(Buffer.from('GIF89a'))).toThrow('expected a PNG or a BMP');
  });
});

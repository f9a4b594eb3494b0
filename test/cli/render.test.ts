/** `glyphgate render`: the picture it writes, what it prints, what it says when it cannot. */
import { readFileSync, writeFileSync } from 'node:fs';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { filesOf, glyphgate, temporaryFolder } from './command.ts';

interface Told {
  answer: string;
  note: string;
  kind: string;
  preset: string;
  difficulty: number;
  seed: string;
}

describe('render', () => {
  it('writes a picture that a strict decoder reads and prints the answer', () => {
    const folder = temporaryFolder();
    const file = folder.file('strong.png');
    const { code, stdout, stderr } = glyphgate('render', '--preset', 'strong', '--lang', 'en', '--out', file);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^answer {6}[0-9A-Za-z]{4,8}\n/);
    expect(PNG.sync.read(readFileSync(file))).toMatchObject({ width: 200, height: 70 });
  });

  it('draws scenes', () => {
    const folder = temporaryFolder();
    const file = folder.file('scene.png');
    const { code, stdout } = glyphgate(
      'render',
      '--kind',
      'scene',
      '--difficulty',
      '3',
      '--json',
      '--out',
      file,
    );
    const told = JSON.parse(stdout) as Told;
    expect({ code, kind: told.kind, difficulty: told.difficulty }).toEqual({
      code: 0,
      kind: 'scene',
      difficulty: 3,
    });
    expect(told.answer).toMatch(/^[A-D]$/);
    expect(PNG.sync.read(readFileSync(file))).toMatchObject({ width: 600, height: 650 });
  });

  it('repeats itself for a seed, byte for byte, and for no other', () => {
    const folder = temporaryFolder();
    const draw = (seed: string, name: string) =>
      glyphgate('render', '--preset', 'classic', '--seed', seed, '--out', folder.file(name)).code;
    expect([draw('one', 'a.png'), draw('one', 'b.png'), draw('two', 'c.png')]).toEqual([0, 0, 0]);
    const [a, b, c] = filesOf(folder.path).values();
    expect(a).toEqual(b);
    expect(a).not.toEqual(c);
  });

  it('reports the seed that it drew itself', () => {
    const folder = temporaryFolder();
    const told = JSON.parse(glyphgate('render', '--json', '--out', folder.file('a.png')).stdout) as Told;
    const again = glyphgate('render', '--json', '--seed', told.seed, '--out', folder.file('b.png'));
    expect(JSON.parse(again.stdout)).toMatchObject({ answer: told.answer, seed: told.seed });
    const [a, b] = filesOf(folder.path).values();
    expect(a).toEqual(b);
  });

  it('takes the format from the name of the file', () => {
    const folder = temporaryFolder();
    glyphgate('render', '--preset', 'bitmap', '--difficulty', '2', '--out', folder.file('x.bmp'));
    const bmp = readFileSync(folder.file('x.bmp'));
    expect({ magic: bmp.toString('latin1', 0, 2), length: bmp.length }).toEqual({
      magic: 'BM',
      length: 1254,
    });
  });

  it('sends the picture to standard output for -, the answer to standard error', () => {
    const { code, bytes, stderr } = glyphgate(
      'render',
      '--preset',
      'classic',
      '--format',
      'png',
      '--out',
      '-',
    );
    expect(code).toBe(0);
    expect(PNG.sync.read(bytes)).toMatchObject({ width: 100, height: 30 });
    expect(stderr).toMatch(/^answer /);
  });

  it('replaces an older picture and leaves nothing else behind', () => {
    const folder = temporaryFolder();
    writeFileSync(folder.file('a.png'), 'old');
    expect(glyphgate('render', '--out', folder.file('a.png')).code).toBe(0);
    expect([...filesOf(folder.path).keys()]).toEqual(['a.png']);
    expect(readFileSync(folder.file('a.png')).toString('latin1', 1, 4)).toBe('PNG');
  });

  it('says why a file cannot be written and ends with 1', () => {
    const folder = temporaryFolder();
    writeFileSync(folder.file('file'), '');
    for (const [out, why] of [
      [folder.file('missing', 'a.png'), 'the folder does not exist'],
      [folder.file('file', 'a.png'), 'a part of the path is a file'],
      [folder.path, 'it is a folder'],
      ['/dev/full', 'the disk is full'],
    ] as const) {
      const { code, stdout, stderr } = glyphgate('render', '--out', out);
      expect(stderr).toContain(`cannot write ${out}: ${why}`);
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    }
    expect([...filesOf(folder.path).keys()]).toEqual(['file']);
  });
});

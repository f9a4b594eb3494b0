/** `glyphgate voices check`, the server that refuses what it refuses, and what the other commands do for challenges to hear. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { buzz } from '../audio/kit.ts';
import { filesOf, glyphgate, readJson, temporaryFolder } from './command.ts';

function voices(more: Readonly<Record<string, string | Uint8Array>> = {}) {
  const folder = temporaryFolder();
  mkdirSync(folder.file('anna'));
  const manifest = {
    language: 'en',
    voices: [{ name: 'anna', characters: '[0-9]', files: 'anna/*.wav' }],
  };
  writeFileSync(folder.file('voices.json'), JSON.stringify(manifest));
  for (const digit of '0123456789') writeFileSync(folder.file('anna', `${digit}.wav`), buzz(150, 0.2));
  for (const [name, content] of Object.entries(more)) writeFileSync(folder.file(name), content);
  return folder;
}

describe('voices check', () => {
  it('says what is there when nothing is wrong', () => {
    expect(glyphgate('voices', 'check', voices().path)).toMatchObject({
      code: 0,
      stdout: 'en: anna (0123456789); no problems\n',
      stderr: '',
    });
  });

  it('prints every problem on a line of its own and ends with 1', () => {
    const folder = voices({ 'anna/3.wav': 'no sound', 'anna/7.wav': buzz(150, 0.02) });
    expect(glyphgate('voices', 'check', folder.path)).toMatchObject({
      code: 1,
      stdout: 'anna/3.wav: is no WAV file; expected one (RIFF, PCM)\nanna/7.wav: is shorter than 0.08 s\n',
      stderr: `glyphgate voices: 2 problems in ${folder.path}.\n`,
    });
  });
});

describe('the server', () => {
  const start = (folder: string) =>
    spawnSync(process.execPath, ['functions/node.ts'], {
      env: { PATH: process.env.PATH, NODE_ENV: 'development', PORT: '0', GLYPHGATE_VOICES: folder },
      timeout: 20_000,
    });

  it('does not start on a folder with problems', () => {
    const { path } = voices({ 'anna/3.wav': 'no sound' });
    const { status, stderr } = start(path);
    expect(status).toBe(1);
    expect(stderr.toString()).toContain(
      `GLYPHGATE_VOICES: expected a folder without problems; ${path} has these:\n  anna/3.wav: is no WAV file`,
    );
  });
});

describe('kind audio', () => {
  it('is rendered to a WAV file, the same for a seed', () => {
    const folder = temporaryFolder();
    const render = (name: string) =>
      glyphgate('render', '--kind', 'audio', '--lang', 'en', '--seed', 's', '--out', folder.file(name));
    const { code, stdout } = render('a.wav');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^answer +\d{6}$/m);
    expect(stdout).toMatch(/^sound +audio\/wav, \d\.\d s, \d+ bytes$/m);
    render('b.wav');
    expect(readFileSync(folder.file('b.wav'))).toEqual(readFileSync(folder.file('a.wav')));
  });

  it('is sampled in as many takes as asked', () => {
    const folder = temporaryFolder();
    const out = folder.file('heard');
    const words = ['samples', '--kind', 'audio', '--count', '2', '--takes', '3', '--seed', 's', '--out', out];
    expect(glyphgate(...words).code).toBe(0);
    expect([...filesOf(out).keys()]).toEqual([
      'labels.json',
      ...['000000', '000001'].flatMap((name) =>
        ['-2.wav', '-3.wav', '.json', '.wav'].map((ending) => `samples/${name}${ending}`),
      ),
    ]);
    expect(readJson<Record<string, string>>(`${out}/labels.json`)['000001']).toMatch(/^\d{6}$/);
    expect(readJson<{ audio: boolean }>(`${out}/samples/000000.json`).audio).toBe(true);
    // What an earlier run left goes
    expect(glyphgate(...words.slice(0, 3), '--count', '1', '--out', out, '--force').code).toBe(0);
    expect([...filesOf(out).keys()]).toEqual(['labels.json', 'samples/000000.json', 'samples/000000.wav']);
  });

  it('has takes, and no other kind does', () => {
    const { code, stderr } = glyphgate(
      'samples',
      '--kind',
      'text',
      '--count',
      '1',
      '--takes',
      '2',
      '--out',
      'x',
    );
    expect(code).toBe(2);
    expect(stderr).toContain('--takes goes with kind audio');
  });
});

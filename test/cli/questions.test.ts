/** `glyphgate questions check`, and the server that refuses what it refuses. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { glyphgate, temporaryFolder } from './command.ts';

const EXAMPLES = 'infra/examples/questions';
const broken = () => {
  const folder = temporaryFolder();
  cpSync(EXAMPLES, folder.path, { recursive: true });
  truncateSync(folder.file('cups.jpg'), 20_000);
  writeFileSync(folder.file('balls.jpg'), 'no picture');
  return folder;
};

describe('questions check', () => {
  it('finds nothing wrong with the examples', () => {
    expect(glyphgate('questions', 'check', EXAMPLES)).toMatchObject({
      code: 0,
      stdout: '3 questions about 3 photos: 3 in zh-CN, 3 in en; no problems\n',
      stderr: '',
    });
  });

  it('prints every problem on a line of its own and ends with 1', () => {
    const folder = broken();
    expect(glyphgate('questions', 'check', folder.path)).toMatchObject({
      code: 1,
      stdout: 'balls.jpg: is text; expected a PNG, JPEG or WebP\ncups.jpg: is cut short\n',
      stderr: `glyphgate questions: 2 problems in ${folder.path}.\n`,
    });
  });

  it('knows what is no file, and does not wait for it', () => {
    const folder = broken();
    mkdirSync(folder.file('folder.jpg'));
    symlinkSync('loop.jpg', folder.file('loop.jpg'));
    spawnSync('mkfifo', [folder.file('pipe.jpg')]);
    writeFileSync(folder.file('huge.jpg'), '');
    truncateSync(folder.file('huge.jpg'), 2 ** 33);
    const images = ['folder.jpg', 'loop.jpg', 'pipe.jpg', 'huge.jpg', 'none.jpg', 'balls.jpg/x.jpg'];
    const questions = images.map((image, i) => ({
      id: `q${i}`,
      image,
      question: { en: 'What?' },
      options: { en: ['1', '2', '3', '4'] },
      answer: 'A',
    }));
    writeFileSync(folder.file('questions.json'), JSON.stringify({ questions }));
    expect(glyphgate('questions', 'check', folder.path).stdout.split('\n')).toEqual([
      'folder.jpg: is a folder',
      'loop.jpg: cannot be read: its links run in a circle',
      'pipe.jpg: is no file',
      'huge.jpg: has 8192 MiB; expected at most 8 MiB',
      'none.jpg: does not exist',
      'balls.jpg/x.jpg: does not exist: a part of the path is a file',
      '',
    ]);
  });

  it('a folder that is not there', () => {
    const { code, stdout } = glyphgate('questions', 'check', '/nonexistent');
    expect({ code, stdout }).toEqual({ code: 1, stdout: 'questions.json: does not exist\n' });
  });

  it.each([
    [[], 'check is missing: expected check DIR'],
    [['check'], 'DIR is missing: expected check DIR'],
    [['chekc', EXAMPLES], 'expected check DIR; got "chekc"'],
    [['check', EXAMPLES, 'more'], 'unexpected word "more"'],
  ])('%s is refused', (words, expected) => {
    const { code, stderr } = glyphgate('questions', ...words);
    expect(code).toBe(2);
    expect(stderr).toContain(expected);
  });

  it('has its help', () => {
    expect(glyphgate('questions', '--help').stdout).toContain(
      'Usage: glyphgate questions check DIR [options]',
    );
  });
});

describe('the server', () => {
  it('does not start on a broken bank, and says the same', () => {
    const folder = broken();
    const started = spawnSync(process.execPath, ['functions/node.ts'], {
      env: { ...process.env, NODE_ENV: 'development', PORT: '0', GLYPHGATE_QUESTIONS: folder.path },
      timeout: 20_000,
    });
    expect(started.status).toBe(1);
    expect(started.stderr.toString()).toBe(
      `Glyphgate cannot start:
GLYPHGATE_QUESTIONS: expected a folder without problems; ${folder.path} has these:
  balls.jpg: is text; expected a PNG, JPEG or WebP
  cups.jpg: is cut short
`,
    );
  });
});

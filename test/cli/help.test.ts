/** Help, version and every way to get the command line wrong. */
import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { glyphgate } from './command.ts';

describe('help', () => {
  it('lists the commands and the exit codes', () => {
    const { code, stdout, stderr } = glyphgate('--help');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const word of ['render', 'samples', 'sheet', 'Exit codes:', '--version'])
      expect(stdout).toContain(word);
  });

  it.each(['render', 'samples'])('%s has its own, with every option', (command) => {
    const { code, stdout } = glyphgate(command, '--help');
    expect(code).toBe(0);
    for (const option of [
      'kind',
      'preset',
      'difficulty',
      'lang',
      'format',
      'alphabet',
      'style',
      'seed',
      'out',
      'help',
    ])
      expect(stdout).toContain(`  --${option}`);
    expect(stdout).toContain('Exit codes:');
    expect(glyphgate('help', command).stdout).toBe(stdout);
    expect(glyphgate(command, '-h', '--seed', 'x').stdout).toBe(stdout);
  });

  it('fits a terminal of 100 columns', () => {
    for (const words of [['--help'], ['render', '--help'], ['samples', '--help'], ['sheet', '--help']])
      for (const line of glyphgate(...words).stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
  });

  it('says its version', () => {
    expect(glyphgate('--version')).toMatchObject({ code: 0, stdout: `${manifest.version}\n` });
  });

  it('starts through npx in the clone', () => {
    const printed = execFileSync('npx', ['glyphgate', '--version'], { stdio: ['ignore', 'pipe', 'pipe'] });
    expect(printed.toString()).toBe(`${manifest.version}\n`);
  });
});

describe('a wrong command line ends with 2, writes nothing to standard output and says what was expected', () => {
  const out = ['--out', '/nonexistent/x.png'];
  const wrong: [string, string[], string][] = [
    ['no command', [], 'Expected one of init, serve, doctor, keys'],
    ['an unknown command', ['sample'], 'Did you mean samples?'],
    ['a command like no other', ['xyzzy'], 'expected one of init, serve, doctor, keys'],
    ['an option before the command', ['--hlep'], 'Did you mean --help?'],
    ['an unknown option', ['render', '--pereset', 'x'], 'Did you mean --preset?'],
    ['a shortened option', ['render', '--diff', '1'], 'Did you mean --difficulty?'],
    [
      'an option named like a method of objects',
      ['render', '--constructor', '1'],
      'unknown option --constructor',
    ],
    ['a stray word', ['render', 'text'], 'unexpected word "text"'],
    ['an option twice', ['render', '--seed', 'a', '--seed', 'b'], '--seed is given twice'],
    ['an option without its value', ['render', '--seed'], '--seed expects a value'],
    ['an option for a value', ['render', '--seed', '--out', 'x'], '--seed expects a value'],
    ['a switch with a value', ['samples', '--force=yes'], '--force is a switch'],
    ['no file', ['render'], '--out is missing'],
    ['no count', ['samples', '--out', 'x'], '--count is missing'],
    ['a count of none', ['samples', '--count', '0', ...out], 'whole number from 1 to'],
    ['a count that is none', ['samples', '--count', '1e3', ...out], 'whole number from 1 to'],
    ['a negative count', ['samples', '--count', '-5', ...out], 'whole number from 1 to'],
    ['an unknown kind', ['render', '--kind', 'txt', ...out], 'Did you mean text?'],
    ['an unknown preset', ['render', '--preset', 'clasic', ...out], 'Did you mean classic?'],
    [
      'a preset of another kind',
      ['render', '--kind', 'scene', '--preset', 'classic', ...out],
      'for kind scene',
    ],
    ['an unknown difficulty', ['render', '--difficulty', '4', ...out], 'one of 1, 2, 3'],
    ['an unknown language', ['render', '--lang', 'EN', ...out], 'Did you mean en?'],
    ['an unknown format', ['render', '--format', 'gif', '--out', 'x'], 'one of png, bmp'],
    ['a name against the format', ['render', '--format', 'bmp', '--out', 'x.png'], 'contradict'],
    [
      'an unknown alphabet',
      ['render', '--alphabet', 'klingon', ...out],
      'one of digits, letters, alphanumeric',
    ],
    [
      'an alphabet for a scene',
      ['render', '--kind', 'scene', '--alphabet', 'digits', ...out],
      'text challenges',
    ],
  ];

  it.each(wrong)('%s', (_, words, expected) => {
    const { code, stdout, stderr } = glyphgate(...words);
    expect(stderr).toContain(expected);
    expect(stderr).toMatch(/Try `glyphgate.* --help`\.\n$/);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  it('names every preset when one is wrong', () => {
    const { stderr } = glyphgate('render', '--kind', 'text', '--preset', 'nothing', ...out);
    for (const preset of ['classic', 'bitmap', 'strong']) expect(stderr).toContain(preset);
  });
});

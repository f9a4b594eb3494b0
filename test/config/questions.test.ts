import { describe, expect, it } from 'vitest';
import { readConfig } from '../../lib/config.ts';

const read = (env: Record<string, string>, severalInstances = false) =>
  readConfig({ NODE_ENV: 'development', ...env }, { severalInstances });

describe('the bank in the environment', () => {
  it('is none unless there is a folder', () => {
    expect(read({}).questions).toBeUndefined();
    expect(read({ GLYPHGATE_QUESTIONS: '' }).questions).toBeUndefined();
  });

  it.each([
    [undefined, 0.3],
    ['0', 0],
    ['1', 1],
    ['1.0', 1],
    ['.25', 0.25],
    ['0.125', 0.125],
  ])('a ratio of %s', (ratio, expected) => {
    const env = { GLYPHGATE_QUESTIONS: 'bank', ...(ratio && { GLYPHGATE_QUESTIONS_RATIO: ratio }) };
    expect(read(env).questions).toEqual({ folder: 'bank', ratio: expected });
  });

  it.each(['1.5', '-0.1', '30%', '1e-3', 'half', '.'])('no ratio of %s', (ratio) => {
    expect(() => read({ GLYPHGATE_QUESTIONS: 'bank', GLYPHGATE_QUESTIONS_RATIO: ratio })).toThrow(
      /^GLYPHGATE_QUESTIONS_RATIO: expected a number from 0 to 1, such as 0.3; it is/,
    );
  });

  it('says so where nothing would come of it', () => {
    expect(() => read({ GLYPHGATE_QUESTIONS_RATIO: '0.5' })).toThrow('GLYPHGATE_QUESTIONS: expected a value');
    expect(() => read({ GLYPHGATE_QUESTIONS: 'bank' }, true)).toThrow(
      'only the Node server reads files of yours',
    );
  });
});

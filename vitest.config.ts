import { defineConfig } from 'vitest/config';

const long = process.env.TEST_LONG === '1';

export default defineConfig({
  test: {
    include: long ? ['test/long/**/*.long.ts'] : ['test/**/*.test.ts'],
    exclude: ['**/node_modules/**', ...(long ? [] : ['test/long/**'])],
    reporters: ['default', './test/setup/closing-line.ts'],
    testTimeout: long ? 30 * 60_000 : 30_000,
    hookTimeout: 60_000,
  },
});

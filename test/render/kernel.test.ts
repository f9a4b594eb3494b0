import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { compileKernel, KERNEL } from '../../infra/build/kernel.ts';
import { newStage } from './stage.ts';

const committed = readFileSync(KERNEL);

test('the module is what its source compiles to', async () => {
  expect(Buffer.from(await compileKernel()).equals(committed), 'run `npm run build:kernel`').toBe(true);
});

test('it is small and asks for nothing but memory', () => {
  expect(gzipSync(committed, { level: 9 }).length).toBeLessThanOrEqual(16 * 1024);
  const module = new WebAssembly.Module(committed);
  expect(WebAssembly.Module.imports(module)).toEqual([{ module: 'env', name: 'memory', kind: 'memory' }]);
});

test('host and kernel agree where packs begin', () => {
  const { engine } = newStage();
  expect(engine.kernel.address(5)).toBe(0x563000);
  expect(() => engine.memory.grow(1)).toThrow(RangeError);
});

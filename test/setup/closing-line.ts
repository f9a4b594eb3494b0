/**
 * Closes a run with `N passed, N failed` alone on the last line, for CI to read. A file that does not load and an error outside
 * of any test count as failed: a run is never greener than it was. A skipped test is named, for nothing is skipped in silence.
 */
import type { Reporter, TestModule } from 'vitest/node';

export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const count = (state: string) => tests.filter((test) => test.result().state === state).length;
    const suiteErrors = modules.flatMap((module) => [
      ...module.errors(),
      ...[...module.children.allSuites()].flatMap((suite) => suite.errors()),
    ]);
    const line = `${count('passed')} passed, ${count('failed') + suiteErrors.length + errors.length} failed`;
    const skipped = tests
      .filter((test) => test.result().state === 'skipped')
      .map((test) => `skipped: ${test.fullName}\n`);
    // At exit, so that nothing that vitest prints later comes after it.
    process.once('exit', () => process.stdout.write(`\n${skipped.join('')}${line}\n`));
  }
}

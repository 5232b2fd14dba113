import type { Reporter, TestModule, Vitest } from 'vitest/node';

/**
 * Names every test that was skipped: a machine without tmux or /dev/full tests less, and whoever reads the end of the
 * output has to know. With TRAE_REQUIRE_SYSTEM_PROGRAMS, as in CI, a skip is a failure.
 */
export class SkippedTests implements Reporter {
  #isFiltered = false;

  onInit({ config }: Vitest): void {
    this.#isFiltered = config.testNamePattern !== undefined;
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    if (this.#isFiltered) return;
    const skipped = modules.flatMap((module) => [...module.children.allTests('skipped')]);
    if (skipped.length === 0) return;
    const names = skipped.map((test) => `  ${test.module.relativeModuleId}: ${test.fullName}\n`);
    process.stderr.write(`\nSkipped, because this machine lacks what they need:\n${names.join('')}`);
    if ((process.env['TRAE_REQUIRE_SYSTEM_PROGRAMS'] ?? '') !== '') process.exitCode = 1;
  }
}

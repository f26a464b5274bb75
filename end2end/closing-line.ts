import type { FullResult, Reporter, TestCase, TestResult } from "@playwright/test/reporter";

/** Ends the run with one plain line that people and machines read alike. */
export default class ClosingLine implements Reporter {
  private readonly last = new Map<string, TestResult["status"]>();
  private readonly skipped = new Set<string>();

  onTestEnd(test: TestCase, result: TestResult) {
    this.last.set(test.id, result.status);
    if (result.status === "skipped") this.skipped.add(test.id);
  }

  onEnd(_result: FullResult) {
    const all = [...this.last.values()];
    const passed = all.filter((status) => status === "passed").length;
    const failed = all.length - passed - this.skipped.size;
    console.log(`playwright: ${passed} passed, ${failed} failed, ${this.skipped.size} skipped`);
  }

  printsToStdio() {
    return false;
  }
}

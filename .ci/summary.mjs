// Prints '<n> passed, <m> failed' from vitest's reports. A failed step that no test accounts for counts as one failure.
import { readFileSync } from 'node:fs';

const [status, ...files] = process.argv.slice(2);
let [passed, failed] = [0, 0];
for (const file of files) {
  try {
    const report = JSON.parse(readFileSync(file, 'utf8'));
    passed += report.numPassedTests ?? 0;
    failed += report.numFailedTests ?? 0;
  } catch {
    // No report: the step ended before its first test.
  }
}
if (status !== '0' && failed === 0) failed = 1;
console.log(`${passed} passed, ${failed} failed`);

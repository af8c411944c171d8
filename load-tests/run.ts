/** `npm run load -- <scenario>`: puts a load on a fresh server with k6, checks the truth, and writes a report. */
import { mkdir, writeFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { join, relative } from 'node:path';
import { buildReport } from './report/build-report.ts';
import { reportPage } from './report/page.ts';
import type { Report } from './report/report.ts';
import { summaryOf } from './report/summary.ts';
import { findK6 } from './runner/find-k6.ts';
import { readOptions } from './runner/options.ts';
import { runLoad } from './runner/run-load.ts';

const ended = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => ended.abort());

const tell = (line: string): void => void process.stderr.write(`${line}\n`);
const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** @returns the process's exit code: 1 where something does not hold */
async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  const k6 = await findK6();
  const [loadBefore = 0] = loadavg();
  const seen = await runLoad(options, { k6, signal: ended.signal, tell });
  const report = buildReport(seen, { options, k6: k6.version, loadBefore });
  say(summaryOf(report, await write(report)));
  if (options.output === 'json') say(JSON.stringify(report));
  return report.passed ? 0 : 1;
}

async function write(report: Report): Promise<string[]> {
  const folder = join(import.meta.dirname, 'results');
  await mkdir(folder, { recursive: true });
  const name = `${report.options.scenario}-${report.startedAt.replaceAll(/[:.]/g, '-')}`;
  const files = { json: join(folder, `${name}.json`), html: join(folder, `${name}.html`) };
  await writeFile(files.json, JSON.stringify(report, null, 2));
  await writeFile(files.html, reportPage(report));
  return Object.values(files).map((file) => relative(process.cwd(), file));
}

/** Whoever asked for something else is told how, without a stack. */
const usageErrors = new Set(['UsageError', 'NoK6']);

try {
  process.exitCode = await main();
} catch (error) {
  const isUsage = error instanceof Error && usageErrors.has(error.name);
  if (ended.signal.aborted) tell('Stopped; the server and k6 are gone.');
  else tell(error instanceof Error ? (isUsage ? error.message : (error.stack ?? error.message)) : String(error));
  process.exitCode = ended.signal.aborted ? 130 : isUsage ? 2 : 1;
}

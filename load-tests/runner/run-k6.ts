import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { Line, RequestStream } from '../sending/request.ts';

export type Job = {
  readonly k6: string;
  readonly origin: string;
  readonly options: object;
  readonly streams: readonly RequestStream[];
  /** Where the job’s files are written, among them the lines. */
  readonly folder: string;
  readonly signal: AbortSignal;
};

const Summary = z.object({
  metrics: z.record(
    z.string(),
    z.object({
      values: z.record(z.string(), z.number()),
      thresholds: z.record(z.string(), z.object({ ok: z.boolean() })).default({}),
    }),
  ),
});
export type Summary = z.infer<typeof Summary>;

class K6Failed extends Error {
  override readonly name = 'K6Failed';
}

/** k6’s own code for thresholds that were not met. */
const thresholdsFailed = 99;

/**
 * Lets k6 send everything.
 * @returns what it measured, and a line for every answer
 * @throws K6Failed with what it said where it could not do its work
 */
export async function runK6(job: Job): Promise<{ readonly summary: Summary; readonly lines: readonly Line[] }> {
  const files = {
    job: join(job.folder, 'job.json'),
    lines: join(job.folder, 'lines.jsonl'),
    summary: join(job.folder, 'summary.json'),
  };
  await writeJob(job, files);
  const script = resolve(import.meta.dirname, '../k6/load.ts');
  const args = ['run', '--quiet', '--no-color', '--no-usage-report', '--address', '', '--log-format', 'raw'];
  const child = spawn(job.k6, [...args, '--console-output', files.lines, script], {
    env: { ...process.env, JOB: files.job },
    stdio: ['ignore', 'ignore', 'pipe'],
    signal: job.signal,
    killSignal: 'SIGTERM',
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const [code] = await once(child, 'close');
  if (code !== 0 && code !== thresholdsFailed) throw new K6Failed(`k6 ended with ${String(code)}:\n${said}`);
  return {
    summary: Summary.parse(JSON.parse(await readFile(files.summary, 'utf8'))),
    lines: await readLines(files.lines),
  };
}

async function writeJob(
  { origin, options, streams, folder }: Job,
  files: { readonly job: string; readonly summary: string },
): Promise<void> {
  const listed = streams.map(({ name, phase }) => ({ name, phase, file: join(folder, `${name}.json`) }));
  for (const [index, { file }] of listed.entries()) await writeFile(file, JSON.stringify(streams[index]?.requests));
  await writeFile(files.job, JSON.stringify({ origin, options, streams: listed, summary: files.summary }));
}

const Answer = z.object({
  id: z.string(),
  status: z.number(),
  happenedAt: z.number(),
  outcome: z.string().nullable(),
  position: z.number().nullable(),
  understoodAt: z.number().nullable(),
});

const LineOfJson = z.object({
  stream: z.string(),
  phase: z.enum(['warm-up', 'load']),
  kind: z.string(),
  at: z.number(),
  ms: z.number(),
  round: z.number(),
  attempt: z.number(),
  status: z.number(),
  error: z.string().exactOptional(),
  answers: z.array(Answer),
});

async function readLines(file: string): Promise<Line[]> {
  const lines: Line[] = [];
  for await (const text of createInterface(createReadStream(file))) lines.push(LineOfJson.parse(JSON.parse(text)));
  return lines;
}

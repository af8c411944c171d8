import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Fact, Scan } from '../../../load-tests/plan/facts.ts';
import { type Plan, planLoad, plannedFacts } from '../../../load-tests/plan/plan.ts';
import { scenarios } from '../../../load-tests/scenarios.ts';
import type { Line, RequestStream } from '../../../load-tests/sending/request.ts';
import { requestStreams } from '../../../load-tests/sending/requests.ts';
import { clientOf } from '../../../load-tests/server/client.ts';
import { type Server, startServer } from '../../../load-tests/server/server-process.ts';
import { setUpFair } from '../../../load-tests/setup/set-up-fair.ts';
import { compare, type Platform } from '../../../load-tests/truth/differences.ts';
import { readPlatform } from '../../../load-tests/truth/read-platform.ts';
import { type FreshDatabase, freshDatabase } from '../../support/database.ts';
import { lineOf } from './honest.ts';
import { sendAll } from './send-all.ts';

describe('the truth check on a real server that was sent a whole plan', () => {
  const startedAt = Date.now();
  const plan: Plan = planLoad({ scenario: 'commune', seed: 'máy chủ thật', seconds: 20, startedAt });
  const dropped = droppedOf(plannedFacts(plan));
  let [dataDir, database, server]: [string, FreshDatabase?, Server?] = [''];
  let platform: Platform;
  let lines: Line[];

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'hoi-sach-load-'));
    database = await freshDatabase({ poolSizeMax: 2 });
    const environment = { DATABASE_URL: database.appUrl, DATABASE_OWNER_URL: database.ownerUrl };
    server = await startServer({ dataDir, nodes: 1, environment });
    const { signal } = new AbortController();
    const open = await setUpFair(server, { scenario: scenarios.commune, plan, signal });
    lines = await sendAll(server.origin, without(dropped.id, requestStreams(plan, open.issued, startedAt)));
    const reached = Math.max(...lines.flatMap(({ answers }) => answers.map(({ position }) => position ?? 0)));
    const reader = { ask: clientOf({ origin: server.origin, signal }), fair: plan.fair, token: open.auditor };
    platform = await readPlatform(reader, { before: open.position, reached });
  }, 300_000);
  afterAll(async () => {
    await server?.stop();
    await database?.drop();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('finds no difference', () => {
    expect(compare(plan, lines, platform, 'in-order')).toMatchObject({
      differences: [],
      compared: { facts: plannedFacts(plan).length - 1 },
    });
  });

  it('is about facts of every kind, and some of each kind that count nowhere', () => {
    const kinds = new Set(plannedFacts(plan).map(({ kind }) => kind));
    expect([...kinds].sort()).toEqual(['arrival', 'sale', 'scan', 'stock-entry', 'void', 'walk-in']);
    for (const list of ['visits', 'entries', 'repeat-reads', 'unverified', 'copies-sold']) {
      expect(platform.behind.get(list), list).not.toHaveLength(0);
    }
  });

  it('finds the one scan that was acknowledged and never written', () => {
    const position = platform.after + 1;
    const happenedAt = startedAt + dropped.at * 1000;
    const answer = { id: dropped.id, status: 200, happenedAt, outcome: 'admitted', position, understoodAt: happenedAt };
    const { differences } = compare(plan, [...lines, lineOf(answer, 'scan')], platform, 'in-order');
    expect(differences).toContain(`1× acknowledged, but not in this log: scan ${dropped.id}.`);
    expect(differences).toContain(`1× lost behind entries: ${dropped.id}.`);
    expect(differences.some((difference) => difference.startsWith('entries: what was acknowledged makes '))).toBe(true);
  });
});

/** A scan that is the only one of its pass, and not undone: nothing else depends on it. */
function droppedOf(facts: readonly Fact[]): Scan {
  const scans = facts.filter((fact) => fact.kind === 'scan');
  const undone = new Set(facts.flatMap((fact) => (fact.kind === 'void' ? [fact.of.id] : [])));
  const shown = Map.groupBy(scans, ({ showing }) => ('pass' in showing ? showing.pass : -1));
  const found = scans.find(
    ({ id, told, expects, showing }) =>
      !told && expects === 'admitted' && 'pass' in showing && shown.get(showing.pass)?.length === 1 && !undone.has(id),
  );
  if (!found) throw new Error('this plan has no scan that can be dropped');
  return found;
}

const without = (id: string, streams: readonly RequestStream[]): RequestStream[] =>
  streams.map((stream) => ({ ...stream, requests: stream.requests.filter((request) => request.id !== id) }));

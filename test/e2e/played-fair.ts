import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { toFairEvent } from '../../events/catalogue.ts';
import type { StoredEvent } from '../../events/envelope.ts';
import { readConfig } from '../../src/config.ts';
import { type Breakdown, FiguresDocument } from '../../src/contract/figures.ts';
import { FairClock } from '../../src/demo/clock.ts';
import type { DemoOptions } from '../../src/demo/options.ts';
import { evening, morning } from '../../src/demo/plan/calendar.ts';
import type { Expected } from '../../src/demo/plan/expected.ts';
import { type Plan, planFair } from '../../src/demo/plan/plan-fair.ts';
import { runFair } from '../../src/demo/run-fair.ts';
import { createLog } from '../../src/log.ts';
import { type RunningNode, startNode } from '../../src/node.ts';
import type { EventStore } from '../../src/store/event-store.ts';
import { recount } from '../recount/recount.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';

/** A database, a folder and a master key that several nodes and runs may share. */
export type Place = {
  readonly database: FreshDatabase;
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly leave: () => Promise<void>;
};

export async function aPlace(): Promise<Place> {
  const database = await freshDatabase({ poolSizeMax: 4 });
  const folder = await mkdtemp(join(tmpdir(), 'hoi-sach-e2e-'));
  const environment = {
    DATABASE_URL: database.appUrl,
    DATABASE_OWNER_URL: database.ownerUrl,
    DATA_DIR: folder,
    VAULT_KEY: 'e2'.repeat(32),
    PORT: '0',
    LOG_LEVEL: 'error',
  };
  const leave = async () => {
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  };
  return { database, folder, environment, leave };
}

type Run = Pick<DemoOptions, 'plan' | 'deliveries'>;
export type Played = {
  readonly plan: Plan;
  readonly figures: FiguresDocument;
  /** Every event of the log. */
  readonly log: readonly StoredEvent[];
};

/** Starts a node, lets a planned fair happen on it, and looks at its figures and its log. */
export async function playFair({ environment, folder }: Place, { plan: size, deliveries }: Run): Promise<Played> {
  const plan = planFair(size);
  const clock = new FairClock(morning);
  const node = await aNode(environment, clock.now);
  try {
    const ownerToken = await ownersToken(node);
    const options = { plan: size, deliveries, speed: 'max' } as const;
    const onOpened = async () => {};
    const { signal } = new AbortController();
    const at = { origin: node.origin, ownerToken, folder, signal };
    const { position } = await runFair({ plan, options, clock, ...at, onOpened });
    return {
      plan,
      figures: await figuresOn(node, { plan, ownerToken, position }),
      log: await wholeLog(node.ports.store),
    };
  } finally {
    await node.close();
  }
}

/** The figures that another node shows when the fair is over. */
export async function figuresLater({ environment }: Place, plan: Plan): Promise<FiguresDocument> {
  const node = await aNode(environment, () => evening);
  try {
    return await figuresOn(node, {
      plan,
      ownerToken: await ownersToken(node),
      position: await node.ports.store.head(),
    });
  } finally {
    await node.close();
  }
}

const plenty = { perSecond: 1_000_000, burst: 1_000_000 };

const aNode = (environment: Place['environment'], clock: () => number): Promise<RunningNode> => {
  const config = readConfig(environment);
  return startNode(config, {
    log: createLog(config, process.stderr),
    clock,
    limits: { credential: plenty, address: plenty, crowd: plenty, streamsMax: { credential: 10, crowd: 10 } },
    onLost: (error) => {
      throw error;
    },
  });
};

async function ownersToken({ ports }: RunningNode): Promise<string> {
  const secret = ports.secretFor('token', ['e2e']);
  const subject = '01800000-0000-7000-8000-000000000001';
  const owner = { secret, kind: 'token', role: 'owner', fair: null, subject, expiresAt: null } as const;
  await ports.credentials.issueNamed(owner, { name: 'e2e', digest: 'e2e' });
  return secret;
}

type Asking = { readonly plan: Plan; readonly ownerToken: string; readonly position: number };

async function figuresOn({ origin }: RunningNode, { plan, ownerToken, position }: Asking): Promise<FiguresDocument> {
  const response = await fetch(`${origin}/api/fairs/${plan.fair}/figures?after=${position}`, {
    headers: { authorization: `Bearer ${ownerToken}` },
  });
  expect(response.status).toBe(200);
  return FiguresDocument.parse(await response.json());
}

export async function wholeLog(store: Pick<EventStore, 'read'>): Promise<StoredEvent[]> {
  const log: StoredEvent[] = [];
  for (;;) {
    const page = await store.read(log.length, 1000);
    log.push(...page);
    if (page.length === 0) return log;
  }
}

const valuesOf = ({ figures }: FiguresDocument): Record<string, number | null> =>
  Object.fromEntries(figures.map(({ key, value }) => [key, value]));

/** What the platform says, in the shape of what the plan expects. */
export function countedIn({
  figures,
}: Pick<Played, 'figures'>): Omit<Expected, 'figures'> & { figures: Record<string, number | null> } {
  const visitsBy = (by: Breakdown['by']) => {
    const breakdown = figures.breakdowns.find((each) => each.figure === 'visits' && each.by === by);
    return Object.fromEntries(breakdown?.rows.map(({ key, value }) => [key, value]) ?? []);
  };
  return {
    figures: valuesOf(figures),
    visitsBy: {
      day: visitsBy('day'),
      gate: visitsBy('gate'),
      category: visitsBy('category'),
      source: visitsBy('source'),
    },
    conflicts: figures.attention.conflicts,
    repeatReads: figures.attention.repeatReads,
    warnings: figures.warnings.map(({ check }) => check),
  };
}

export const recounted = ({ log }: Pick<Played, 'log'>): Readonly<Record<string, number>> =>
  recount(log.map(toFairEvent));

/** What must be the same in whatever way the same fair is told: the log's length and who was late are not. */
export const lasting = (document: FiguresDocument): FiguresDocument => ({
  ...document,
  position: 0,
  attention: { ...document.attention, late: 0 },
});

import type { PostgresPool } from 'kysely';
import { figuresDocument } from '../../figures/document.ts';
import { asOfFigures } from '../../figures/as-of.ts';
import { figuresDatabase } from '../../figures/snapshot.ts';
import { currentGeneration } from '../../../projections/generations/queries.ts';
import type { Database } from '../../database/connect.ts';
import { envelopeOf, leafHash } from '../../seal/leaf.ts';
import type { OutsideCopies } from '../../seal/outside-copies.ts';
import { storedCheckpoint, storedKeys } from '../../seal/stored-tree.ts';
import type { EventStore } from '../../store/event-store.ts';
import { exportFormat, type ExportEnd, type ExportHeader, type ExportLine } from './export-format.ts';

type Ground = {
  readonly db: Database;
  readonly answering: PostgresPool;
  readonly store: Pick<EventStore, 'read' | 'head'>;
  readonly outside: OutsideCopies;
  /** The fair whose facts are written in full. */
  readonly fair: string;
};

const pageMax = 5000;

/**
 * The log up to now, a line a fact: the fair's own in full, of all others the leaf hash alone; first what was sealed and
 * what is shown, last how many there were. Each piece is a line or several, with their ends of line.
 */
export async function* exportLines(ground: Ground): AsyncIterable<string> {
  const { store, fair } = ground;
  // What is shown and what was sealed come first: both are about facts that are in the log by now.
  yield line(await headerOf(ground));
  const head = await store.head();
  let [leaves, events] = [0, 0];
  for (let after = 0; after < head;) {
    const page = (await store.read(after, pageMax)).filter(({ position }) => position <= head);
    const last = page.at(-1);
    if (!last) break;
    const lines = page.map((event): ExportLine => {
      const leaf = leafHash(event).toString('base64');
      const { position } = event;
      return event.meta.fair === fair ? { position, leaf, event: envelopeOf(event) } : { position, leaf };
    });
    leaves += lines.length;
    events += lines.filter(({ event }) => event !== undefined).length;
    yield lines.map(line).join('');
    after = last.position;
  }
  yield line({ end: { leaves, events } } satisfies ExportEnd);
}

const line = (value: unknown): string => `${JSON.stringify(value)}\n`;

async function headerOf({ db, answering, store, outside, fair }: Ground): Promise<ExportHeader> {
  const figures = figuresDatabase(answering);
  const current = await currentGeneration(figures);
  const asOf = await asOfFigures(store, current?.position ?? 0, Date.now());
  const kept = await outside.keys();
  const keys = kept.length > 0 ? kept : await storedKeys(db);
  return {
    format: exportFormat,
    fair,
    checkpoint: (await outside.latest()) ?? (await storedCheckpoint(db)) ?? null,
    keys: keys.map(({ verifier }) => verifier),
    figures: (await figuresDocument(figures, fair, asOf)) ?? null,
  };
}

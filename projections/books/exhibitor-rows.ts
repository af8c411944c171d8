import type { QueryExecutorProvider } from 'kysely';
import type { ProjectedFact } from '../../events/catalogue.ts';
import type { FoldStart } from '../projection.ts';
import { Rows } from '../rows.ts';
import { type ExhibitorBooks, exhibitorBooks } from './tables.ts';

export type Exhibitor = Pick<ExhibitorBooks, 'fair' | 'exhibitor'>;

/** What each exhibitor has: its catalogue and its stock. */
export class ExhibitorRows {
  readonly #rows: Rows<ExhibitorBooks, 'fair' | 'exhibitor'>;

  constructor(start: FoldStart) {
    this.#rows = new Rows(exhibitorBooks, ['fair', 'exhibitor'], start);
  }

  load(db: QueryExecutorProvider, exhibitors: Iterable<Exhibitor>): Promise<void> {
    return this.#rows.load(db, exhibitors);
  }

  of({ fair, exhibitor }: Exhibitor): ExhibitorBooks {
    return this.#rows.one({ fair, exhibitor }) ?? { ...nothing, fair, exhibitor };
  }

  change(exhibitor: Exhibitor, change: Partial<ExhibitorBooks>): void {
    this.#rows.put({ ...this.of(exhibitor), ...change });
  }

  save(db: QueryExecutorProvider): Promise<void> {
    return this.#rows.save(db);
  }
}

/** Whether an exhibitor takes part after an event of its application; undefined where that says nothing of it. */
export function takesPartAfter(event: ProjectedFact): (Exhibitor & { readonly takes_part: boolean }) | undefined {
  const takesPart = meanings.get(event.type);
  if (takesPart === undefined || !('application' in event.data)) return undefined;
  return { fair: event.meta.fair, exhibitor: event.data.application, takes_part: takesPart };
}

/**
 * Copies are declared by the exhibitors not declined, withdrawn, absent or cancelled (metric dictionary). An exhibitor
 * is who was approved: an application that waits for a review, or on the waiting list, is none yet.
 */
const meanings: ReadonlyMap<ProjectedFact['type'], boolean> = new Map([
  ['ApplicationDeclined', false],
  ['ApplicationWithdrawn', false],
  ['ApplicationCancelled', false],
  ['ExhibitorAbsent', false],
  // The first time, and of those who were declined or absent by mistake, again.
  ['ApplicationApproved', true],
]);

const nothing = {
  takes_part: false,
  displayed: 0,
  added: 0,
  withdrawn: 0,
  counted_out: 0,
  catalogue: null,
  lines: 0,
  copies: 0,
};

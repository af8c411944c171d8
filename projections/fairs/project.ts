import type { QueryExecutorProvider } from 'kysely';
import type { EventType, ProjectedFact } from '../../events/catalogue.ts';
import { evolveFair, unknownFair } from '../../src/domain/fair.ts';
import type { Fold, FoldStart, Projection } from '../projection.ts';
import { Rows } from '../rows.ts';
import { type FairRow, fairRows } from './tables.ts';

const fairEvents: ReadonlySet<EventType> = new Set([
  'FairCreated',
  'FairRevised',
  'FiguresClosed',
  'FiguresReopened',
  'AuditGranted',
]);

/** Which fairs there are, what was last decided about them, and whether their figures are final. */
export const fairs: Projection = {
  name: 'fairs',
  frozenByClosing: false,
  tables: [fairRows],
  reads: fairEvents,
  open: (start) => new FairsFold(start),
};

class FairsFold implements Fold {
  readonly #rows: Rows<FairRow, 'fair'>;
  #events: readonly ProjectedFact[] = [];

  constructor(start: FoldStart) {
    this.#rows = new Rows(fairRows, ['fair'], start);
  }

  take(events: readonly ProjectedFact[]): void {
    this.#events = events.filter(({ type }) => fairEvents.has(type));
  }

  load(db: QueryExecutorProvider): Promise<void> {
    return this.#rows.load(
      db,
      this.#events.map(({ meta }) => ({ fair: meta.fair })),
    );
  }

  apply(): void {
    for (const event of this.#events) {
      const { fair } = event.meta;
      const after = rowAfter(this.#rows.one({ fair }), event);
      if (after) this.#rows.put(after);
    }
  }

  save(db: QueryExecutorProvider): Promise<void> {
    return this.#rows.save(db);
  }
}

function rowAfter(before: FairRow | undefined, event: ProjectedFact): FairRow | undefined {
  const state = evolveFair(before?.state ?? unknownFair, event);
  if (state.status === 'unknown') return undefined;
  const { settings } = state;
  return {
    fair: event.meta.fair,
    state,
    settings,
    first_day: settings.days[0] ?? '',
    last_day: settings.days.at(-1) ?? '',
    created_position: before?.created_position ?? event.position,
    closed_position: closedPosition(before, event),
    closed_at: state.status === 'closed' ? state.closedAt : null,
  };
}

function closedPosition(before: FairRow | undefined, event: ProjectedFact): number | null {
  if (event.type === 'FiguresReopened') return null;
  return before?.closed_position ?? (event.type === 'FiguresClosed' ? event.position : null);
}

import type { Kysely } from 'kysely';
import type { GenerationTables } from '../projections/generations/tables.ts';
import { figuresEvent } from './contract/live.ts';
import { FairList } from './figures/fair-list.ts';
import { Figures } from './figures/figures.ts';
import { LiveFigures } from './figures/live.ts';
import { eventFrame } from './http/event-stream.ts';
import type { Ports } from './http/ports.ts';
import type { FiguresChanges } from './projector/changes.ts';
import { ProjectionProgress } from './projector/progress.ts';
import type { EventStore } from './store/event-store.ts';

type Ground = {
  readonly projections: Kysely<GenerationTables>;
  readonly store: Pick<EventStore, 'read'>;
  readonly changes: Pick<FiguresChanges, 'subscribe'>;
  readonly clock: () => number;
};

/** What pages, programs and streams read of the figures; `close` ends what follows them. */
export function figurePorts({
  projections,
  store,
  changes,
  clock,
}: Ground): Pick<Ports, 'figures' | 'live' | 'progress' | 'fairList'> & { readonly close: () => void } {
  const figures = new Figures(projections, { log: store, clock });
  const list = new FairList(projections);
  const progress = new ProjectionProgress(projections, changes);
  const live = new LiveFigures({
    figures,
    changes,
    frameOf: (document) => eventFrame({ event: figuresEvent, id: document.position, data: JSON.stringify(document) }),
  });
  return {
    figures,
    live,
    progress,
    fairList: (query) => list.now(query),
    close: () => {
      live.close();
      progress.close();
    },
  };
}

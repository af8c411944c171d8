import type { QueryExecutorProvider } from 'kysely';
import { applicationTypes, type ProjectedFact } from '../../events/catalogue.ts';
import { evolveApplication, unknownApplication } from '../../src/domain/application.ts';
import type { Fold, FoldStart, Projection } from '../projection.ts';
import { Rows } from '../rows.ts';
import { type ApplicationRow, applicationRows, type BoothRow, boothRows } from './tables.ts';

/** Which organisations registered, which are present, and which booths they have. */
export const exhibitors: Projection = {
  name: 'exhibitors',
  frozenByClosing: true,
  tables: [applicationRows, boothRows],
  reads: new Set([...applicationTypes, ...(['BoothPlanned', 'BoothAssigned', 'BoothReleased'] as const)]),
  open: (start) => new ExhibitorsFold(start),
};

type Named<Row> = { readonly event: ProjectedFact; readonly key: Row };

class ExhibitorsFold implements Fold {
  readonly #applications: Rows<ApplicationRow, 'fair' | 'application'>;
  readonly #booths: Rows<BoothRow, 'fair' | 'booth'>;
  #about: readonly Named<Pick<ApplicationRow, 'fair' | 'application'>>[] = [];
  #boothsAbout: readonly Named<Pick<BoothRow, 'fair' | 'booth'>>[] = [];

  constructor(start: FoldStart) {
    this.#applications = new Rows(applicationRows, ['fair', 'application'], start);
    this.#booths = new Rows(boothRows, ['fair', 'booth'], start);
  }

  take(events: readonly ProjectedFact[]): void {
    this.#about = events.flatMap((event) =>
      'application' in event.data ? { event, key: { fair: event.meta.fair, application: event.data.application } } : [],
    );
    this.#boothsAbout = events.flatMap((event) =>
      event.type === 'BoothPlanned' || event.type === 'BoothAssigned' || event.type === 'BoothReleased'
        ? { event, key: { fair: event.meta.fair, booth: event.data.booth } }
        : [],
    );
  }

  async load(db: QueryExecutorProvider): Promise<void> {
    await this.#applications.load(
      db,
      this.#about.map(({ key }) => key),
    );
    await this.#booths.load(
      db,
      this.#boothsAbout.map(({ key }) => key),
    );
  }

  apply(): void {
    for (const { event, key } of this.#about) {
      const after = applicationAfter(this.#applications.one(key), event, key);
      if (after) this.#applications.put(after);
    }
    for (const { event, key } of this.#boothsAbout) this.#booths.put(boothAfter(event, key));
  }

  async save(db: QueryExecutorProvider): Promise<void> {
    await this.#applications.save(db);
    await this.#booths.save(db);
  }
}

function applicationAfter(
  before: ApplicationRow | undefined,
  event: ProjectedFact,
  key: Pick<ApplicationRow, 'fair' | 'application'>,
): ApplicationRow | undefined {
  const state = evolveApplication(before?.state ?? unknownApplication, event);
  if (state.status === 'unknown') return undefined;
  const { name, shortName, kind, province, taxCode } = state.form;
  const approved = event.type === 'ApplicationApproved' ? event.position : null;
  const takenOver = event.type === 'BoothTakenOver' ? event.position : null;
  return {
    ...key,
    state,
    status: state.status,
    organisation: taxCode?.replace('-', '') ?? key.application,
    name,
    short_name: shortName,
    kind,
    province,
    approved_position: before?.approved_position ?? approved,
    taken_over_position: takenOver ?? before?.taken_over_position ?? null,
  };
}

function boothAfter(event: ProjectedFact, key: Pick<BoothRow, 'fair' | 'booth'>): BoothRow {
  return event.type === 'BoothAssigned'
    ? { ...key, exhibitor: event.data.exhibitor, assigned_position: event.position }
    : { ...key, exhibitor: null, assigned_position: null };
}

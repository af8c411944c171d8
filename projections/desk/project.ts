import type { QueryExecutorProvider } from 'kysely';
import { applicationTypes, type ProjectedFact } from '../../events/catalogue.ts';
import { evolveApplication, unknownApplication } from '../../src/domain/application.ts';
import { evolveBooth, unplannedBooth } from '../../src/domain/booth.ts';
import type { Fold, FoldStart, Projection } from '../projection.ts';
import { Rows } from '../rows.ts';
import { type DeskApplication, deskApplications, type DeskBooth, deskBooths } from './tables.ts';

/**
 * What lies on the organiser's desk: every application where it stands, and the plan of booths. Unlike the figures it
 * goes on after their closing, since booths are cleared and accounts settled then.
 */
export const desk: Projection = {
  name: 'desk',
  frozenByClosing: false,
  tables: [deskApplications, deskBooths],
  reads: new Set([
    ...applicationTypes,
    ...(['BoothPlanned', 'BoothChanged', 'BoothAssigned', 'BoothReleased'] as const),
  ]),
  open: (start) => new DeskFold(start),
};

class DeskFold implements Fold {
  readonly #applications: Rows<DeskApplication, 'fair' | 'application'>;
  readonly #booths: Rows<DeskBooth, 'fair' | 'booth'>;
  #events: readonly ProjectedFact[] = [];

  constructor(start: FoldStart) {
    this.#applications = new Rows(deskApplications, ['fair', 'application'], start);
    this.#booths = new Rows(deskBooths, ['fair', 'booth'], start);
  }

  take(events: readonly ProjectedFact[]): void {
    this.#events = events.filter((event) => applicationKey(event) ?? boothKey(event));
  }

  async load(db: QueryExecutorProvider): Promise<void> {
    await this.#applications.load(
      db,
      this.#events.flatMap((event) => applicationKey(event) ?? []),
    );
    await this.#booths.load(
      db,
      this.#events.flatMap((event) => boothKey(event) ?? []),
    );
  }

  apply(): void {
    for (const event of this.#events) {
      const [application, booth] = [applicationKey(event), boothKey(event)];
      if (application) this.#follow(event, application);
      if (booth) this.#lay(event, booth);
    }
  }

  async save(db: QueryExecutorProvider): Promise<void> {
    await this.#applications.save(db);
    await this.#booths.save(db);
  }

  #follow(event: ProjectedFact, key: Pick<DeskApplication, 'fair' | 'application'>): void {
    const before = this.#applications.one(key);
    const state = evolveApplication(before?.state ?? unknownApplication, event);
    if (state.status === 'unknown') return;
    const first = before?.first_position ?? event.position;
    const { status } = state;
    this.#applications.put({ ...key, first_position: first, status, state, changed_at: event.occurredAt });
  }

  #lay(event: ProjectedFact, key: Pick<DeskBooth, 'fair' | 'booth'>): void {
    const state = evolveBooth(this.#booths.one(key)?.state ?? unplannedBooth, event);
    if (state.status !== 'unplanned') this.#booths.put({ ...key, state });
  }
}

const applicationKey = ({ data, meta }: ProjectedFact): Pick<DeskApplication, 'fair' | 'application'> | undefined =>
  'application' in data ? { fair: meta.fair, application: data.application } : undefined;

function boothKey({ type, data, meta }: ProjectedFact): Pick<DeskBooth, 'fair' | 'booth'> | undefined {
  const isOfBooth =
    type === 'BoothPlanned' || type === 'BoothChanged' || type === 'BoothAssigned' || type === 'BoothReleased';
  return isOfBooth && 'booth' in data ? { fair: meta.fair, booth: data.booth } : undefined;
}

import { type Kysely, sql } from 'kysely';
import type { ApplicationForm, ApplicationStatus } from '../../events/application.ts';
import type { BoothPlan } from '../../events/booth.ts';
import { boothsHeld } from '../../src/domain/application.ts';
import type { DeskBooth, DeskTables } from './tables.ts';

export type QueuedApplication = {
  readonly application: string;
  readonly status: ApplicationStatus;
  readonly form: ApplicationForm;
  /** Codes of the booths it has. */
  readonly booths: readonly string[];
  /** In ms since 1970. */
  readonly changedAt: number;
  /** Its place in the queue. */
  readonly position: number;
};

/** The queue of applications, the oldest first, from a place on; of one status where it is named. */
export async function applicationsQueue(
  db: Kysely<DeskTables>,
  fair: string,
  page: { readonly status?: ApplicationStatus | undefined; readonly from: number; readonly limit: number },
): Promise<QueuedApplication[]> {
  const all = db
    .selectFrom('desk_applications')
    .select(['application', 'status', 'state', 'changed_at', 'first_position'])
    .where('fair', '=', fair)
    .where('first_position', '>=', page.from)
    .orderBy('first_position')
    .limit(page.limit);
  const rows = await (page.status === undefined ? all : all.where('status', '=', page.status)).execute();
  return rows.map((row) => ({
    application: row.application,
    status: row.status,
    form: row.state.form,
    booths: boothsHeld(row.state).map(({ booth }) => booth),
    changedAt: row.changed_at,
    position: row.first_position,
  }));
}

export type BoothOnPlan = {
  readonly booth: string;
  readonly plan: BoothPlan;
  readonly state: 'available' | 'reserved' | 'blocked' | 'assigned';
  readonly assignment: string | null;
  /** Whose it is. */
  readonly exhibitor: { readonly id: string; readonly name: string } | null;
};

/** The plan of a fair (sơ đồ gian hàng), by code. */
export async function boothPlan(db: Kysely<DeskTables>, fair: string): Promise<BoothOnPlan[]> {
  const { rows } = await sql<{ booth: string; state: DeskBooth['state']; name: string | null }>`
    select booths.booth, booths.state, applications.state -> 'form' ->> 'shortName' as name
    from desk_booths booths left join desk_applications applications
      on applications.fair = booths.fair and applications.application = (booths.state ->> 'exhibitor')::uuid
    where booths.fair = ${fair} order by booths.booth`.execute(db);
  return rows.map(({ booth, state, name }) => ({
    booth,
    plan: state.plan,
    state: state.status,
    ...(state.status === 'assigned'
      ? { assignment: state.assignment, exhibitor: { id: state.exhibitor, name: name ?? '' } }
      : { assignment: null, exhibitor: null }),
  }));
}

import type pg from 'pg';
import { failureKind } from '../postgres/failure.ts';
import { patiently } from '../postgres/patience.ts';
import type { Written } from './envelope.ts';

/** Where an event of ours stands, as PostgreSQL knows it. */
export type Place = {
  readonly id: string;
  readonly stream: string;
  readonly digest: string;
  readonly version: number;
  readonly commit: number;
  readonly position: number;
  readonly recordedAt: number;
};

export type Claim = Pick<Place, 'id' | 'stream' | 'digest'>;

/** When it was reserved, in milliseconds since 1970 by the database's clock; or who had it, with the place once it is in the log. */
export type Reserved = { readonly proposedAt: number } | Had;

type Had = {
  readonly claim: Claim;
  readonly place: Place | undefined;
  /** Whoever set out to write it has had the time to do so. */
  readonly isStale: boolean;
};

/** How far the log is registered. */
export type Standing = { readonly name: string; readonly scanned: number };

/**
 * What PostgreSQL keeps of a log in KurrentDB (migration 0010-kurrent): which ids are taken, which position and time of
 * recording each event has, and how far that goes.
 */
export class Register {
  readonly #pool: Pick<pg.Pool, 'query'>;
  readonly #patienceSeconds: number;

  constructor(pool: Pick<pg.Pool, 'query'>, { patienceSeconds }: { readonly patienceSeconds: number }) {
    this.#pool = pool;
    this.#patienceSeconds = patienceSeconds;
  }

  /** Gives the log of this database the name, unless it has one. */
  async standing(name: string): Promise<Standing> {
    await this.#query('insert into kurrent_log (name) values ($1) on conflict do nothing', [name]);
    const { rows } = await this.#query<Standing>('select name, scanned from kurrent_log');
    const [row] = rows;
    if (!row) throw new Error('the log has no name');
    return row;
  }

  /**
   * Reserves ids, each given once, for their stream and content.
   * @returns by id; without an id that was freed in the same moment
   */
  async reserve(claims: readonly Claim[]): Promise<Map<string, Reserved>> {
    // In the order of ids, so that two who want the same do not wait for each other.
    const { rows } = await this.#query<{ id: string; proposedAt: number }>(
      `insert into kurrent_events (event_id, stream, digest)
       select * from unnest($1::uuid[], $2::text[], $3::text[]) as claim(id, stream, digest) order by id
       on conflict (event_id) do nothing returning event_id as id, ${now} as "proposedAt"`,
      [claims.map(({ id }) => id), claims.map(({ stream }) => stream), claims.map(({ digest }) => digest)],
    );
    const reserved = new Map<string, Reserved>(rows.map(({ id, proposedAt }) => [id, { proposedAt }]));
    const rest = claims.map(({ id }) => id).filter((id) => !reserved.has(id));
    for (const had of await this.#had(rest)) reserved.set(had.claim.id, had);
    return reserved;
  }

  /**
   * Sets out to write what another call has reserved with the same content and has not written so far.
   * @returns when, as of one's own; undefined where it was written, freed, or is being written, or has another content
   */
  async takeOver({ id, stream, digest }: Claim): Promise<{ readonly proposedAt: number } | undefined> {
    const { rows } = await this.#query<{ proposedAt: number }>(
      `update kurrent_events set attempts = attempts + 1, reserved_at = clock_timestamp()
       where event_id = $1 and stream = $2 and digest = $3 and position is null and ${isStale} returning ${now} as "proposedAt"`,
      [id, stream, digest],
    );
    return rows[0];
  }

  /** Frees ids that were reserved by this call, unless somebody has taken them over. */
  async release(ids: readonly string[]): Promise<void> {
    await this.#query('select release_ids($1)', [ids]);
  }

  /**
   * Takes in the next events of the log.
   * @param span the commit positions between which these are all there are
   * @returns position and time of each event, by its id; of an id that was in the log before, those of the first
   */
  async add(
    events: readonly Written[],
    { after, upTo }: { readonly after: number; readonly upTo: number },
  ): Promise<Map<string, Pick<Place, 'position' | 'recordedAt'>>> {
    const { rows } = await this.#query<{ id: string; position: number; recordedAt: number }>(
      `select id, position, recorded_ms as "recordedAt" from register_events($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        after,
        upTo,
        events.map(({ id }) => id),
        events.map(({ stream }) => stream),
        events.map(({ version }) => version),
        events.map(({ meta }) => meta.digest),
        events.map(({ commit }) => commit),
        events.map(({ proposedAt }) => proposedAt),
      ],
    );
    return new Map(rows.map(({ id, ...place }) => [id, place]));
  }

  /** Places after a position, in the order of the log. */
  after(position: number, limit: number): Promise<Place[]> {
    return this.#places('position > $1 order by position limit $2', [position, limit]);
  }

  at(positions: readonly number[]): Promise<Place[]> {
    return this.#places('position = any($1) order by position', [positions]);
  }

  ofIds(ids: readonly string[]): Promise<Place[]> {
    return this.#places('event_id = any($1) and position is not null', [ids]);
  }

  async head(): Promise<number> {
    const { rows } = await this.#query<{ events: number }>('select events from kurrent_log');
    return rows[0]?.events ?? 0;
  }

  /** Every statement may be repeated. @throws StoreUnreachable */
  #query<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<pg.QueryResult<Row>> {
    return patiently(
      this.#patienceSeconds,
      () => this.#pool.query<Row>(text, values),
      (error) => failureKind(error) !== 'refused',
    );
  }

  async #places(where: string, values: unknown[]): Promise<Place[]> {
    return (await this.#query<Place>(`select ${placeColumns} from kurrent_events where ${where}`, values)).rows;
  }

  async #had(ids: readonly string[]): Promise<Had[]> {
    if (ids.length === 0) return [];
    const { rows } = await this.#query<Claim & { [Field in keyof Place]: Place[Field] | null } & { isStale: boolean }>(
      `select ${placeColumns}, ${isStale} as "isStale" from kurrent_events where event_id = any($1)`,
      [ids],
    );
    return rows.map(({ id, stream, digest, version, commit, position, recordedAt, isStale }) => {
      const claim = { id, stream, digest };
      const isPlaced = version !== null && commit !== null && position !== null && recordedAt !== null;
      return { claim, isStale, place: isPlaced ? { ...claim, version, commit, position, recordedAt } : undefined };
    });
  }
}

const placeColumns = `event_id as id, stream, digest, version, commit_position as "commit", position, recorded_ms as "recordedAt"`;

/** Of several who wait for one that died, one sets out every two seconds. */
const isStale = `reserved_at < clock_timestamp() - interval '2 seconds'`;

const now = `(extract(epoch from clock_timestamp()) * 1000)::bigint`;

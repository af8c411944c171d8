import { type ApplicationForm, exhibitorKinds } from '../../../../events/application.ts';
import type { Actor } from '../../../../events/envelope.ts';
import { boothStream, deriveId, streamOf } from '../../../../src/commands/ids.ts';
import type { Chance } from '../../../plan/chance.ts';
import { announcedAt, site } from './place.ts';
import type { LogItem, Scribe } from './scribe.ts';
import type { Truth } from './truth.ts';

/** Writes one event of the time before the fair, at the moment it is given. */
export type Maker = (at: number) => LogItem;

export type Exhibitor = {
  readonly id: string;
  readonly actor: Actor;
  /** Whether it types its sales, or only states what it sold each day. */
  readonly tells: 'each-sale' | 'each-day';
};

type World = {
  readonly scribe: Scribe;
  readonly truth: Truth;
  readonly chance: Chance;
  readonly organiser: Actor;
};

const counts = { submitted: 26, approved: 24, present: 22, stating: 9, booths: 42, planned: 44 };

/** Those who come in the end. */
export const exhibitorsOf = (chance: Chance): Exhibitor[] =>
  Array.from({ length: counts.submitted }, (_, index) => {
    const id = chance.id(announcedAt + index);
    return { id, actor: { role: 'till', id }, tells: index < counts.stating ? 'each-day' : 'each-sale' };
  });

export const comes = (index: number): boolean => index < counts.present;

/** From the applications to the booths being taken over, as one provincial fair has them. */
export class Applications {
  readonly #exhibitors: readonly Exhibitor[];
  readonly #world: World;
  readonly #versions = new Map<string, number>();

  constructor(exhibitors: readonly Exhibitor[], world: World) {
    this.#exhibitors = exhibitors;
    this.#world = world;
  }

  makers(): Maker[] {
    const present = this.#exhibitors.slice(0, counts.present);
    return [
      ...Array.from({ length: counts.planned }, (_, index) => this.#plan(index)),
      ...this.#exhibitors.map((exhibitor, index) => this.#submit(exhibitor, index)),
      ...this.#exhibitors.slice(0, counts.approved).map((exhibitor) => this.#approve(exhibitor)),
      ...Array.from({ length: counts.booths }, (_, index) => this.#giveBooth(index)).flat(),
      ...present.map((exhibitor) => this.#step('ParticipationConfirmed', exhibitor)),
      ...present.map((exhibitor) => this.#step('BoothTakenOver', exhibitor)),
    ];
  }

  #plan(index: number): Maker {
    const { scribe, organiser } = this.#world;
    const booth = boothCode(index);
    const place = { column: index % 12, row: Math.floor(index / 12), width: 1, height: 1 };
    const data = { booth, plan: { site, type: 'standard' as const, ...place } };
    const about = { kind: `booth:${booth}`, id: scribe.fair, actor: organiser };
    return (at) => scribe.write('BoothPlanned', data, { ...about, ...this.#inBooth(booth, at) });
  }

  #submit({ id, actor }: Exhibitor, index: number): Maker {
    const { scribe } = this.#world;
    const representative = deriveId(scribe.fair, 'representative', id);
    const data = { application: id, form: formOf(index), representative };
    const about = { kind: 'application', id, actor };
    return (at) => scribe.write('ApplicationSubmitted', data, { ...about, ...this.#inApplication(id, at) });
  }

  #approve({ id: application }: Exhibitor): Maker {
    const { scribe, truth, chance, organiser } = this.#world;
    return (at) => {
      truth.add('approved', 1);
      const review = chance.id(at);
      const about = { kind: 'application-review', id: review, actor: organiser };
      const data = { application, review };
      return scribe.write('ApplicationApproved', data, { ...about, ...this.#inApplication(application, at) });
    };
  }

  /** The booth's stream decides, and a reaction tells the exhibitor's. */
  #giveBooth(index: number): Maker[] {
    const { scribe, truth, chance, organiser } = this.#world;
    const booth = boothCode(index);
    const exhibitor = this.#exhibitors[index % counts.present]?.id ?? '';
    const assignment = chance.id(announcedAt + index);
    const about = { kind: 'booth-assignment', id: assignment, actor: organiser };
    return [
      (at) => {
        truth.add('booths', 1);
        const data = { booth, assignment, exhibitor };
        return scribe.write('BoothAssigned', data, { ...about, ...this.#inBooth(booth, at) });
      },
      (at) => {
        const data = { application: exhibitor, assignment, booth };
        const granted = { ...about, kind: 'booth-grant', ...this.#inApplication(exhibitor, at) };
        return scribe.write('BoothGranted', data, granted);
      },
    ];
  }

  #step(type: 'ParticipationConfirmed' | 'BoothTakenOver', { id: application, actor }: Exhibitor): Maker {
    const { scribe, truth, chance } = this.#world;
    return (at) => {
      if (type === 'BoothTakenOver') truth.add('present', 1);
      const step = chance.id(at);
      const about = { kind: 'application-step', id: step, actor, ...this.#inApplication(application, at) };
      return scribe.write(type, { application, step }, about);
    };
  }

  #inApplication(application: string, at: number) {
    return this.#next(streamOf(this.#world.scribe.fair, 'application', application), at);
  }

  #inBooth(booth: string, at: number) {
    return this.#next(boothStream(this.#world.scribe.fair, booth), at);
  }

  /** After all that was written to the stream before. */
  #next(stream: string, at: number) {
    const after = this.#versions.get(stream) ?? 0;
    this.#versions.set(stream, after + 1);
    return { stream, after, occurredAt: at, recordedAt: at };
  }
}

const boothCode = (index: number): string => `A${String(index + 1).padStart(2, '0')}`;

const formOf = (index: number): ApplicationForm => ({
  name: `Nhà sách số ${index + 1}`,
  shortName: `Số ${index + 1}`,
  kind: exhibitorKinds[index % exhibitorKinds.length] ?? 'publisher',
  taxCode: String(2_400_000_000 + index),
  province: index % 3 === 0 ? '24' : '01',
  boothType: 'standard',
  boothsWanted: 2,
  powerWatts: 500,
  staff: 4,
  activities: '',
  commitments: { version: '2025-1' },
});

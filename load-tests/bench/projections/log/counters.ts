import type { Actor } from '../../../../events/envelope.ts';
import { streamOf } from '../../../../src/commands/ids.ts';
import type { Chance } from '../../../plan/chance.ts';
import type { Moment } from './gate.ts';
import { announcedAt, days, exitGate, type GateCode, gates, site } from './place.ts';
import type { LogItem, Scribe } from './scribe.ts';
import type { Truth } from './truth.ts';

type World = {
  readonly scribe: Scribe;
  readonly truth: Truth;
  readonly chance: Chance;
  readonly organiser: Actor;
  readonly devices: Readonly<Record<GateCode, readonly [Actor, Actor]>>;
};

type WalkIn = Moment & {
  readonly id: string;
  readonly persons: number;
  readonly actor: Actor;
  readonly stream: string;
};
type Group = { readonly id: string; readonly school: number; readonly classes: number };

const schools = 400;

/** People without a pass: those who are counted by a press of a button, and school groups. */
export class Counters {
  readonly #world: World;
  readonly #groups: Group[] = [];
  readonly #schools = new Set<number>();
  #lastWalkIn: WalkIn | undefined;
  #arrived = 0;
  #parts = 0;

  constructor(world: World) {
    this.#world = world;
  }

  register(at: number): LogItem {
    const { chance, scribe, organiser } = this.#world;
    const group = { id: chance.id(at), school: chance.between(1, schools), classes: chance.between(1, 4) };
    this.#groups.push(group);
    const day = days[chance.between(0, days.length - 1)] ?? days[0];
    const details = { school: `Trường Tiểu học số ${group.school}`, level: 'primary' as const, classes: group.classes };
    const data = {
      group: group.id,
      details: { ...details, persons: 35 * group.classes, day, site, slot: '08:00' },
      leader: null,
    };
    const about = { kind: 'group', id: group.id, stream: streamOf(scribe.fair, 'group', group.id), after: 0 };
    return scribe.write('GroupRegistered', data, { ...about, actor: organiser, occurredAt: at, recordedAt: at });
  }

  /** The next group comes, or another part of the last one. */
  arrive({ at, day }: Moment): LogItem | undefined {
    const { chance, scribe, truth, devices } = this.#world;
    const isPart = this.#arrived > 0 && chance.happens(0.2);
    const group = this.#groups[isPart ? this.#arrived - 1 : this.#arrived];
    if (!group) return undefined;
    if (isPart) this.#parts += 1;
    else this.#begin(group);
    const persons = chance.between(10, 35);
    const gate = chance.pick(gates);
    for (const figure of ['pupils', 'visits']) truth.add(figure, persons);
    truth.move(day, at, persons);
    const arrival = chance.id(at);
    const stream = streamOf(scribe.fair, 'group', group.id);
    const about = { kind: 'arrival', id: arrival, stream, after: this.#parts, actor: chance.pick(devices[gate]) };
    return scribe.write(
      'GroupArrived',
      { group: group.id, arrival, site, gate, persons },
      { ...about, occurredAt: at, recordedAt: at },
    );
  }

  walkIn({ at, day }: Moment): LogItem {
    const { chance, scribe, truth, devices } = this.#world;
    const direction = chance.happens(0.08) ? ('out' as const) : ('in' as const);
    const gate = direction === 'out' ? exitGate : chance.pick(gates);
    const persons = chance.pick([1, 1, 5, 10]);
    const [id, actor] = [chance.id(at), chance.pick(devices[gate])];
    const stream = streamOf(scribe.fair, 'walk-in', id);
    if (direction === 'in') {
      truth.add('visits', persons);
      this.#lastWalkIn = { at, day, id, persons, actor, stream };
    }
    truth.move(day, at, direction === 'in' ? persons : -persons);
    const data = { count: id, site, gate, direction, category: 'individual' as const, persons };
    return scribe.write('WalkInsCounted', data, {
      kind: 'walk-in',
      id,
      stream,
      after: 0,
      actor,
      occurredAt: at,
      recordedAt: at,
    });
  }

  /** The last press was one too many. */
  undo({ at, day }: Moment): LogItem | undefined {
    const { chance, scribe, truth } = this.#world;
    const last = this.#lastWalkIn;
    if (!last || last.day !== day || at - last.at > 14 * 60_000) return undefined;
    this.#lastWalkIn = undefined;
    truth.add('visits', -last.persons);
    truth.undoEntry(day, last.at, last.persons);
    const id = chance.id(at);
    const data = { void: id, kind: 'walk-in', target: last.id, reason: 'Bấm nhầm' } as const;
    const about = { kind: 'void', id, stream: last.stream, after: 1, actor: last.actor };
    return scribe.write('FactVoided', data, { ...about, occurredAt: at, recordedAt: at });
  }

  #begin({ school, classes }: Group): void {
    this.#arrived += 1;
    this.#parts = 1;
    this.#world.truth.add('classes', classes);
    if (!this.#schools.has(school)) this.#world.truth.add('schools', 1);
    this.#schools.add(school);
  }
}

/** Two phones at each gate. */
export const devicesOf = (chance: Chance): Readonly<Record<GateCode, readonly [Actor, Actor]>> => {
  const device = (): Actor => ({ role: 'device', id: chance.id(announcedAt) });
  return { G1: [device(), device()], G2: [device(), device()], G3: [device(), device()] };
};

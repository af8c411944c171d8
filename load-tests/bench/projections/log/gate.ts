import type { Actor } from '../../../../events/envelope.ts';
import { type Category, countedCategories } from '../../../../events/fields.ts';
import { streamOf } from '../../../../src/commands/ids.ts';
import type { Chance } from '../../../plan/chance.ts';
import { type Bearer, Bearers } from './bearers.ts';
import type { Passes } from './passes.ts';
import { exitGate, type GateCode, gates, momentOfOpening, site } from './place.ts';
import type { LogItem, Scribe } from './scribe.ts';
import type { Truth } from './truth.ts';

/** When something is recorded, in ms since 1970, and on which of the fair's days. */
export type Moment = { readonly at: number; readonly day: number };

type World = {
  readonly scribe: Scribe;
  readonly truth: Truth;
  readonly chance: Chance;
  readonly passes: Passes;
  readonly devices: Readonly<Record<GateCode, readonly [Actor, Actor]>>;
};

const minuteMs = 60_000;

const shares = { repeatRead: 0.01, otherDay: 0.12, sameDay: 0.06, late: 0.03 };

/** Scans of passes. Nothing contradicts itself here: a gate's answers are those that the rules give. */
export class Gate {
  readonly #world: World;
  readonly #bearers: Bearers;

  constructor(world: World) {
    this.#world = world;
    this.#bearers = new Bearers(world.chance);
  }

  checkIn(moment: Moment): LogItem {
    this.#bearers.turnTo(moment.day);
    const { chance } = this.#world;
    const kind = chance.fraction();
    const { repeatRead, otherDay, sameDay } = shares;
    const again =
      kind < repeatRead
        ? this.#readAgain(moment)
        : kind < repeatRead + otherDay
          ? this.#comeAnotherDay(moment)
          : kind < repeatRead + otherDay + sameDay
            ? this.#comeBack(moment)
            : undefined;
    return again ?? this.#comeFirst(moment);
  }

  /** @returns undefined where nobody can go */
  checkOut({ at, day }: Moment): LogItem | undefined {
    this.#bearers.turnTo(day);
    const bearer = this.#bearers.pickOfToday(
      (one) => one.gate === exitGate && one.is === 'inside' && isAgo(one, at, 6),
    );
    if (!bearer) return undefined;
    const scan = this.#world.chance.id(at);
    bearer.is = 'outside';
    bearer.lastAt = at;
    this.#world.truth.move(day, at, -bearer.persons);
    return this.#world.scribe.write('VisitorCheckedOut', scanned(bearer, scan), this.#about(bearer, { scan, at }));
  }

  /** A code that is no pass, or a pass whose bearer is inside already. */
  refuse({ at, day }: Moment): LogItem {
    this.#bearers.turnTo(day);
    const { chance, scribe, devices } = this.#world;
    const scan = chance.id(at);
    const inside = chance.happens(0.4)
      ? this.#bearers.pickOfToday((one) => one.gate === exitGate && one.is === 'inside' && isAgo(one, at, 2))
      : undefined;
    const common = { scan, site, direction: 'in', decidedBy: 'server' } as const;
    if (inside) {
      const { pass, gate, first } = inside;
      const data = { ...common, pass, gate, reason: 'already-inside' as const, first };
      return scribe.write('ScanRefused', data, this.#about(inside, { scan, at }));
    }
    const gate = chance.pick(gates);
    const stream = streamOf(scribe.fair, 'scan', scan);
    const about = { kind: 'scan', id: scan, stream, after: 0, actor: chance.pick(devices[gate]) };
    const reason = chance.happens(0.5) ? ('unknown-pass' as const) : ('other-fair' as const);
    return scribe.write(
      'ScanRefused',
      { ...common, pass: null, gate, reason },
      { ...about, occurredAt: at, recordedAt: at },
    );
  }

  /** The device takes back what it read a few minutes ago. */
  undo({ at, day }: Moment): LogItem | undefined {
    this.#bearers.turnTo(day);
    const { chance, scribe, truth } = this.#world;
    const bearer = this.#bearers
      .latest(40)
      .find(
        (one) =>
          one.scans === 1 && one.is === 'inside' && one.actor.role === 'device' && at - one.lastAt < 14 * minuteMs,
      );
    if (!bearer) return undefined;
    bearer.is = 'undone';
    truth.undoEntry(day, bearer.lastAt, bearer.persons);
    this.#countVisit(bearer, -1);
    if (isCounted(bearer.category)) truth.add('unique-visitors', -1);
    const id = chance.id(at);
    const data = { void: id, kind: 'scan', target: bearer.scan, reason: 'Quét nhầm', pass: bearer.pass } as const;
    return scribe.write('FactVoided', data, { ...this.#about(bearer, { scan: id, at }), kind: 'void' });
  }

  #comeFirst({ at, day }: Moment): LogItem {
    const { chance, truth, passes, scribe, devices } = this.#world;
    const minutesLate = chance.happens(shares.late) ? chance.between(6, 60) : 0;
    const isLate = at - minutesLate * minuteMs > momentOfOpening(day) && minutesLate > 0;
    const occurredAt = isLate ? at - minutesLate * minuteMs : at;
    const pass = passes.showNext(occurredAt, scribe.fair);
    const gate = chance.pick(gates);
    const actor = pass.source === 'poster' ? ({ role: 'public', id: pass.pass } as const) : chance.pick(devices[gate]);
    const bearer: Bearer = {
      ...pass,
      stream: streamOf(scribe.fair, 'pass', pass.pass),
      persons: chance.between(1, pass.partySize),
      first: { occurredAt, gate },
      version: pass.written,
      gate,
      actor,
      scan: chance.id(occurredAt),
      day,
      lastAt: occurredAt,
      scans: isLate ? 2 : 1,
      is: 'inside',
    };
    this.#bearers.remember(bearer);
    if (isCounted(bearer.category)) truth.add('unique-visitors', 1);
    if (isLate) truth.add('late', 1);
    this.#countVisit(bearer, 1);
    truth.move(day, occurredAt, bearer.persons);
    const about = { ...this.#about(bearer, { scan: bearer.scan, at }), occurredAt };
    return scribe.write('VisitorCheckedIn', { ...scanned(bearer, bearer.scan), outcome: 'admitted' }, about);
  }

  /** The camera reads the code of whoever came last once more, within seconds. */
  #readAgain({ at }: Moment): LogItem | undefined {
    const { chance, truth } = this.#world;
    const bearer = this.#bearers.latest(1)[0];
    if (bearer?.is !== 'inside' || bearer.scans !== 1) return undefined;
    truth.add('repeat-reads', 1);
    truth.add('persons-read-again', bearer.persons);
    bearer.scans += 1;
    return this.#admitAgain(bearer, { at, occurredAt: Math.min(at, bearer.lastAt + chance.between(1000, 20_000)) });
  }

  #comeAnotherDay({ at, day }: Moment): LogItem | undefined {
    const bearer = this.#bearers.pickOfBefore();
    if (!bearer) return undefined;
    bearer.day = day;
    bearer.gate = this.#world.chance.pick(gates);
    this.#bearers.remember(bearer);
    this.#countVisit(bearer, 1);
    return this.#enterAgain(bearer, at);
  }

  #comeBack({ at }: Moment): LogItem | undefined {
    const bearer = this.#bearers.pickOfToday(
      (one) => isAgo(one, at, 20) && (one.gate === exitGate ? one.is === 'outside' : one.is === 'inside'),
    );
    return bearer && this.#enterAgain(bearer, at);
  }

  #enterAgain(bearer: Bearer, at: number): LogItem {
    const { chance, truth, devices } = this.#world;
    truth.move(bearer.day, at, bearer.persons);
    if (bearer.actor.role !== 'public') bearer.actor = chance.pick(devices[bearer.gate]);
    bearer.is = 'inside';
    bearer.lastAt = at;
    bearer.scans += 1;
    return this.#admitAgain(bearer, { at, occurredAt: at });
  }

  #admitAgain(bearer: Bearer, { at, occurredAt }: { at: number; occurredAt: number }): LogItem {
    const scan = this.#world.chance.id(occurredAt);
    const data = { ...scanned(bearer, scan), outcome: 'admitted-again' as const, first: bearer.first };
    const about = { ...this.#about(bearer, { scan, at }), occurredAt };
    return this.#world.scribe.write('VisitorCheckedIn', data, about);
  }

  #countVisit({ category, persons }: Bearer, sign: 1 | -1): void {
    this.#world.truth.add(isCounted(category) ? 'visits' : 'excluded', sign * persons);
  }

  #about(bearer: Bearer, { scan, at }: { scan: string; at: number }) {
    const { stream, actor, version } = bearer;
    bearer.version += 1;
    return { kind: 'scan', id: scan, stream, after: version, actor, occurredAt: at, recordedAt: at };
  }
}

const scanned = ({ pass, gate, category, partySize, source, persons }: Bearer, scan: string) => ({
  scan,
  pass,
  site,
  gate,
  category,
  partySize,
  source,
  decidedBy: 'server' as const,
  trust: 'verified' as const,
  persons,
});

const isAgo = ({ lastAt }: Bearer, at: number, minutes: number): boolean => at - lastAt > minutes * minuteMs;

const isCounted = (category: Category): boolean => countedCategories.some((counted) => counted === category);

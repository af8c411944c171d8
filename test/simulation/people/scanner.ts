import type { Direction } from '../../../events/fields.ts';
import type { Refusal } from '../../../events/pass.ts';
import type { Chance } from '../../../src/demo/plan/chance.ts';
import type { FactItem } from '../../../src/contract/deliveries.ts';
import type { Deed, Deeds, Pass, Shown } from '../truth/deed.ts';
import { dayOf } from '../../recount/facts.ts';
import type { FairPlan } from './fair-plan.ts';
import type { Naming } from './naming.ts';
import type { Phone } from './phone.ts';
import { undoOf } from './undoing.ts';

export type Told =
  | { readonly outcome: 'admitted' | 'admitted-again' | 'left' }
  | { readonly outcome: 'refused'; readonly reason: Refusal };

type Way = {
  readonly deed: Deed;
  readonly pass: Pass;
  readonly direction: Direction;
  readonly gate: string;
  readonly at: number;
};

/** What everybody at a fair has in common. */
export type Together = {
  readonly plan: FairPlan;
  readonly deeds: Deeds;
  readonly naming: Naming;
  readonly chance: Chance;
};

const readTwiceMs = 30_000;
const categories = ['individual', 'pupil', 'press'] as const;

/** A volunteer with a phone at a gate, who decides by what this phone alone has seen. */
export class Scanner {
  readonly phone: Phone;
  readonly #with: Together;
  #gate: string;
  #ways: Way[] = [];
  readonly #own: Deed[] = [];

  constructor(phone: Phone, together: Together, gate: string) {
    this.phone = phone;
    this.#with = together;
    this.#gate = gate;
  }

  /** @param asks whether the server is to decide, instead of the phone by itself */
  scan(shown: Shown, direction: Direction, asks: boolean): void {
    const { chance } = this.#with;
    const at = this.phone.now();
    if (shown.is === 'pass' && this.#hasJustRead(shown.pass, direction, at)) return;
    const told = asks ? undefined : this.#decide(shown, direction, at);
    const partySize = shown.is === 'pass' ? shown.pass.partySize : 1;
    // A volunteer counts who really comes, now and then more than the pass is for.
    const persons = chance.between(1, partySize + (asks ? 0 : chance.between(0, 1)));
    const gate = chance.happens(0.01) ? 'NO-GATE' : this.#gate;
    const body = { ...codeOf(shown), gate, direction, persons, occurredAt: at, ...(told ? { decided: told } : {}) };
    const isWrong = shown.is === 'never-kept' || gate !== this.#gate;
    const deed = this.#note('scan', body, { shown, direction, isWrong });
    if (shown.is === 'pass' && told && told.outcome !== 'refused')
      this.#ways.push({ deed, pass: shown.pass, direction, gate: this.#gate, at });
  }

  countWalkIns(): void {
    const { chance } = this.#with;
    const direction = chance.happens(0.8) ? ('in' as const) : ('out' as const);
    const persons = chance.pick([1, 5, 10]);
    const category = chance.pick(categories);
    this.#note('walk-in', { gate: this.#gate, direction, category, persons, occurredAt: this.phone.now() });
  }

  countGroup(): void {
    const { chance, plan } = this.#with;
    const group = chance.pickAny(plan.groups)?.id ?? '';
    const persons = chance.between(1, 60);
    this.#note('arrival', { gate: this.#gate, persons, occurredAt: this.phone.now() }, { group });
  }

  /** Takes back something that somebody did, mostly oneself and just now. */
  undo(): void {
    const { chance, deeds } = this.#with;
    const own = chance.happens(0.85) ? this.#own : deeds.all.filter(({ by }) => by.role === 'device');
    const target = chance.happens(0.6) ? own.findLast(isUndoable) : chance.pickAny(own.filter(isUndoable));
    if (!target) return;
    this.#ways = this.#ways.filter(({ deed }) => deed !== target);
    const { body, shown } = undoOf(target, chance);
    this.#note('void', { ...body, occurredAt: this.phone.now() }, shown ? { shown } : {});
  }

  /** Stands at another gate from now on. */
  switchGate(): void {
    const { chance, plan } = this.#with;
    this.#gate = chance.pickAny(plan.settings.gates)?.code ?? this.#gate;
  }

  /** Forgets what it has seen; what waits to be sent stays. */
  restart(): void {
    this.#ways = [];
    this.phone.restart();
  }

  #hasJustRead(pass: Pass, direction: Direction, at: number): boolean {
    return this.#ways.some(
      (way) =>
        way.pass === pass &&
        way.direction === direction &&
        way.gate === this.#gate &&
        Math.abs(at - way.at) < readTwiceMs,
    );
  }

  #decide(shown: Shown, direction: Direction, at: number): Told {
    const refused = (reason: Refusal): Told => ({ outcome: 'refused', reason });
    if (shown.is === 'never-kept') return refused('unknown-pass');
    if (shown.is !== 'pass') {
      // Some volunteers let in whoever holds up anything.
      if (this.#with.chance.happens(0.5)) return refused(shown.reason);
      return { outcome: direction === 'in' ? 'admitted' : 'left' };
    }
    if (direction === 'out') return { outcome: 'left' };
    const { pass } = shown;
    if (this.#with.plan.knownRevoked.has(pass.id) && this.#with.chance.happens(0.5)) return refused('revoked');
    if (pass.validFrom !== null && at < pass.validFrom) return refused('not-yet-valid');
    if (pass.validUntil !== null && at > pass.validUntil) return refused('expired');
    const seen = this.#ways.filter((way) => way.pass === pass);
    const last = seen.at(-1);
    const isScanned = this.#with.plan.settings.gates.some(
      ({ code, exits }) => code === this.#gate && exits === 'scanned',
    );
    if (isScanned && last?.direction === 'in' && dayOf(last.at) === dayOf(at)) return refused('already-inside');
    return { outcome: seen.some((way) => way.direction === 'in') ? 'admitted-again' : 'admitted' };
  }

  #note(
    kind: FactItem['kind'],
    body: Readonly<Record<string, unknown>>,
    about: { shown?: Shown; direction?: Direction; isWrong?: boolean; group?: string } = {},
  ): Deed {
    const id = this.#with.naming(kind, this.phone.now());
    const { group, isWrong = false, ...said } = about;
    const place = group === undefined ? {} : { group };
    const path = group === undefined ? `${kind}s/${id}` : `groups/${group}/arrivals/${id}`;
    const item = { kind, id, ...place, body };
    const deed = this.#with.deeds.note({ kind, id, path, body, item, isWrong, by: this.phone.of.actor, ...said });
    this.#own.push(deed);
    this.phone.keep(deed);
    return deed;
  }
}

const isUndoable = ({ kind, isWrong }: Deed): boolean => kind !== 'void' && !isWrong;

function codeOf(shown: Shown): { token: string } | { shortCode: string } {
  if (shown.is === 'unknown-code') return { shortCode: shown.text };
  if (shown.is !== 'pass') return { token: shown.text };
  const { token, shortCode } = shown.pass;
  return shown.as === 'shortCode' && shortCode !== null ? { shortCode } : { token };
}

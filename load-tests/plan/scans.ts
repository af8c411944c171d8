import type { Shares } from '../scenarios.ts';
import type { Chance } from './chance.ts';
import { Crowd, type Seen } from './crowd.ts';
import type { Outcome, PassTerms, Scan, Showing } from './facts.ts';
import { phoneAtAnExit, type Place } from './place.ts';

export type Moment = { readonly at: number; readonly id: string };

type Shown = {
  readonly showing: Showing;
  readonly device: number;
  readonly direction: 'in' | 'out';
  readonly persons: number;
  readonly expects: Outcome;
};

/** Two facts about one pass lie apart by more than an answer takes, so that the first is known when the second is asked. */
const apartSeconds = 3;
/** A camera that reads again does so within half a minute. */
const readAgainSeconds = 15;

/** Scans as they are asked about one by one, each in turn; what is answered follows from those before. */
export class Scanning {
  readonly #place: Place;
  readonly #shares: Shares;
  readonly #chance: Chance;
  readonly #crowd: Crowd;

  constructor(place: Place, passes: PassTerms[], { shares, chance }: { shares: Shares; chance: Chance }) {
    this.#place = place;
    this.#shares = shares;
    this.#chance = chance;
    this.#crowd = new Crowd(passes, chance);
  }

  next({ at, id }: Moment): Scan {
    const { device, ...shown } = this.#what(at);
    return { kind: 'scan', id, at, device, gate: this.#gateOf(device), ...shown, told: false };
  }

  #what(at: number): Shown {
    const { readAgain, again, exits, wrongCodes } = this.#shares;
    return (
      this.#chance.weighted([
        [() => this.#readAgain(at), readAgain],
        [() => this.#again(at), again],
        [() => this.#exit(at), exits],
        [() => this.#wrongCode(), wrongCodes],
        [() => undefined, 1 - readAgain - again - exits - wrongCodes],
      ])() ?? this.#newcomer(at)
    );
  }

  #newcomer(at: number): Shown {
    const { pass, partySize } = this.#crowd.newcomer();
    const device = this.#chance.between(0, this.#place.phones.length - 1);
    const persons = this.#chance.between(1, partySize);
    this.#crowd.saw({ pass, at, gate: this.#gateOf(device), device, persons, isInside: true });
    const kind = this.#chance.happens(this.#shares.typed) ? 'typed' : 'code';
    return { showing: { kind, pass }, device, direction: 'in', persons, expects: 'admitted' };
  }

  #readAgain(at: number): Shown | undefined {
    const seen = this.#crowd.oneSeen({ from: at - readAgainSeconds, until: at - apartSeconds, isInside: true });
    if (!seen) return undefined;
    this.#crowd.saw({ ...seen, at });
    return this.#entersAgain(seen, seen.device);
  }

  #again(at: number): Shown | undefined {
    const seen = this.#crowd.oneSeen({ from: -Infinity, until: at - apartSeconds });
    if (!seen) return undefined;
    const device = this.#chance.between(0, this.#place.phones.length - 1);
    const shown = this.#entersAgain(seen, device);
    const entered = { device, gate: this.#gateOf(device), persons: shown.persons, isInside: true };
    this.#crowd.saw({ ...seen, at, ...(shown.expects === 'admitted-again' ? entered : {}) });
    return shown;
  }

  /** Where exits are scanned, whoever is inside is refused. */
  #entersAgain({ pass, isInside }: Seen, device: number): Shown {
    const isRefused = isInside && this.#place.isScannedOut(this.#gateOf(device));
    const persons = this.#chance.between(1, this.#crowd.partySizeOf(pass));
    const expects = isRefused ? 'refused already-inside' : 'admitted-again';
    return { showing: { kind: 'code', pass }, device, direction: 'in', persons, expects };
  }

  #exit(at: number): Shown | undefined {
    const device = phoneAtAnExit(this.#place, this.#chance);
    const seen = this.#crowd.oneSeen({ from: -Infinity, until: at - apartSeconds, isInside: true });
    if (!seen || device === undefined) return undefined;
    this.#crowd.saw({ ...seen, at, isInside: false });
    const { pass, persons } = seen;
    return { showing: { kind: 'code', pass }, device, direction: 'out', persons, expects: 'left' };
  }

  #wrongCode(): Shown {
    const device = this.#chance.between(0, this.#place.phones.length - 1);
    const showing = this.#chance.happens(0.5)
      ? ({ kind: 'forged', pass: this.#crowd.newcomer().pass } as const)
      : ({ kind: 'other', text: `https://example.com/${this.#chance.between(1, 1_000_000)}` } as const);
    return { showing, device, direction: 'in', persons: 1, expects: 'refused unknown-pass' };
  }

  #gateOf(device: number): string {
    return this.#place.phones[device]?.gate ?? '';
  }
}

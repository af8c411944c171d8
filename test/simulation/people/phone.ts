import type { Actor } from '../../../events/envelope.ts';
import type { Chance } from '../../../src/demo/plan/chance.ts';
import type { Deed, Given } from '../truth/deed.ts';
import type { Network } from '../world/network.ts';
import type { Asking } from '../world/nodes.ts';
import type { Timeline } from '../world/timeline.ts';

/** From and to a moment (ms since 1970) without any network. */
export type Outage = { readonly from: number; readonly to: number };

/** Whose phone it is, and what is wrong with it. */
export type PhoneOf = {
  readonly actor: Actor;
  readonly token: string;
  readonly fair: string;
  /** Its clock is so much ahead. */
  readonly aheadMs: number;
  readonly outages: readonly Outage[];
  /** How much goes with one delivery. */
  readonly batchMax: number;
};

const second = 1000;

/**
 * Keeps what was done at it until a server has answered, and sends it again and again until then, as a scanner or till
 * does. What waits survives a restart; what is under way is forgotten by it.
 */
export class Phone {
  readonly of: PhoneOf;
  readonly #timeline: Timeline;
  readonly #network: Network;
  readonly #chance: Chance;
  readonly #waiting: Deed[] = [];
  #aheadMs: number;
  #starts = 0;
  #isPlanned = false;
  #flushes = 0;

  constructor(of: PhoneOf, timeline: Timeline, network: Network, chance: Chance) {
    this.of = of;
    this.#aheadMs = of.aheadMs;
    this.#timeline = timeline;
    this.#network = network;
    this.#chance = chance;
  }

  /** Ms since 1970, by its own clock. */
  now(): number {
    return this.#timeline.now + this.#aheadMs;
  }

  keep(deed: Deed): void {
    this.#waiting.push(deed);
    this.#flushIn(
      this.#chance.happens(0.5) ? this.#chance.between(50, 500) : this.#chance.between(second, 20 * second),
    );
  }

  /** Starts again; sometimes its clock is set right by that. */
  restart(): void {
    this.#starts += 1;
    if (this.#chance.happens(0.3)) this.#aheadMs = this.#chance.between(-900, 900);
    this.#flushIn(this.#chance.between(second, 60 * second));
  }

  #flushIn(ms: number): void {
    if (this.#isPlanned || this.#waiting.length === 0) return;
    this.#isPlanned = true;
    this.#flushes += 1;
    this.#timeline.plan(this.#timeline.now + ms, `${this.of.actor.id} flush ${this.#flushes}`, () => this.#flush());
  }

  #flush(): void {
    this.#isPlanned = false;
    if (!this.#isOutside()) {
      const inOrder = this.#chance.happens(0.5) ? this.#waiting : this.#chance.shuffled(this.#waiting);
      const some = inOrder.slice(0, this.#chance.between(1, this.of.batchMax));
      if (some.length > 0) this.#send(some);
    }
    this.#flushIn(this.#chance.between(5 * second, 10 * 60 * second));
  }

  #send(deeds: readonly Deed[]): void {
    const starts = this.#starts;
    const sentAt = this.now();
    const onAnswer = (answers: readonly Given[]) => {
      if (this.#starts === starts && !this.#isOutside()) this.#hear(deeds, answers);
    };
    this.#network.send({ deeds, sentAt, onAnswer, asking: this.#askingOf(deeds, sentAt) });
  }

  #askingOf(deeds: readonly Deed[], sentAt: number): Asking {
    const { token, fair } = this.of;
    const [first] = deeds;
    if (first && deeds.length === 1 && this.#chance.happens(0.4)) {
      return { method: 'PUT', path: `/api/fairs/${fair}/${first.path}`, token, body: { ...first.body, sentAt } };
    }
    return {
      method: 'POST',
      path: `/api/fairs/${fair}/facts`,
      token,
      body: { sentAt, items: deeds.map(({ item }) => item) },
    };
  }

  #hear(deeds: readonly Deed[], answers: readonly Given[]): void {
    for (const [index, deed] of deeds.entries()) {
      const answer = answers[index];
      if (!answer || !isLast(answer)) continue;
      deed.acknowledged ??= answer;
      const at = this.#waiting.indexOf(deed);
      if (at >= 0) this.#waiting.splice(at, 1);
    }
  }

  #isOutside(): boolean {
    return this.of.outages.some(({ from, to }) => this.#timeline.now >= from && this.#timeline.now < to);
  }
}

/** Whether it is of no use to ask again. */
const isLast = ({ status }: Given): boolean => status < 500 && ![409, 429].includes(status);

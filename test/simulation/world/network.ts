import { z } from 'zod';
import { Chance } from '../../../src/demo/plan/chance.ts';
import type { Deed, Given } from '../truth/deed.ts';
import type { Exchange } from './interleaving.ts';
import type { Answer, Asking, SimulatedNode } from './nodes.ts';
import type { Timeline } from './timeline.ts';

/** What is sent at once, and what is to be done with the answers that come back, one a deed. */
export type Message = {
  readonly deeds: readonly Deed[];
  readonly asking: Asking;
  readonly sentAt: number | undefined;
  readonly onAnswer: (answers: readonly Given[]) => void;
};

/** What may change on the way, to show that it is noticed. */
export type Forger = (asking: Asking) => Asking;

const second = 1000;
const minute = 60 * second;

/** Loses, delays, repeats and reorders what is sent, and the answers too. */
export class Network {
  readonly #timeline: Timeline;
  readonly #nodes: readonly SimulatedNode[];
  readonly #seed: string;
  readonly #forge: Forger;
  #sent = 0;
  /** Ms since 1970 after which it is kind, so that everything arrives at last. */
  readonly #kindFrom: number;

  constructor(
    timeline: Timeline,
    nodes: readonly SimulatedNode[],
    { seed, kindFrom, forge }: { readonly seed: string; readonly kindFrom: number; readonly forge: Forger },
  ) {
    this.#timeline = timeline;
    this.#nodes = nodes;
    this.#seed = seed;
    this.#kindFrom = kindFrom;
    this.#forge = forge;
  }

  send(message: Message): void {
    this.#sent += 1;
    const name = `message ${String(this.#sent).padStart(6, '0')}`;
    const chance = new Chance(this.#seed, name);
    const isKind = this.#timeline.now >= this.#kindFrom;
    const copies = isKind
      ? 1
      : chance.weighted([
          [1, 70],
          [2, 14],
          [3, 8],
          [4, 4],
          [5, 4],
        ]);
    for (let copy = 1; copy <= copies; copy += 1)
      this.#sendCopy(message, { name: `${name}.${copy}`, copy, chance, isKind });
  }

  #sendCopy(
    message: Message,
    { name, copy, chance, isKind }: { name: string; copy: number; chance: Chance; isKind: boolean },
  ): void {
    const isLost = chance.happens(0.15) && !isKind;
    const delay = isKind ? 50 : delayOf(chance) + (copy > 1 ? straying(chance) : 0);
    const node = chance.pickAny(this.#nodes);
    const isAnswerLost = chance.happens(0.2) && !isKind;
    const answerDelay = isKind ? 50 : delayOf(chance);
    if (isLost || !node) return;
    this.#timeline.plan(this.#timeline.now + delay, name, () => {
      const exchange: Exchange = { number: name, node: node.number, state: 'open' };
      const asking = this.#forge(message.asking);
      for (const { receipts } of message.deeds) receipts.push({ at: node.now(), sentAt: message.sentAt });
      void node.handle(exchange, asking).then((answer) => {
        exchange.state = 'answered';
        const answers = answersTo(message, answer);
        for (const [index, { given }] of message.deeds.entries()) given.push(...answers.slice(index, index + 1));
        if (isAnswerLost) return;
        this.#timeline.plan(this.#timeline.now + answerDelay, `${name} answered`, () => message.onAnswer(answers));
      });
    });
  }
}

/** Ms. Most of what is delayed arrives within a second, some within minutes, and a copy now and then hours later. */
const delayOf = (chance: Chance): number =>
  chance.weighted<() => number>([
    [() => chance.between(20, 900), 75],
    [() => chance.between(second, 20 * second), 15],
    [() => chance.between(20 * second, 5 * minute), 8],
    [() => chance.between(5 * minute, 10 * 60 * minute), 2],
  ])();

/** Ms. A copy of what was sent strays for hours now and then, and arrives when all is long over. */
const straying = (chance: Chance): number => (chance.happens(0.2) ? chance.between(5 * minute, 20 * 60 * minute) : 0);

const Delivered = z.object({ items: z.array(z.object({ status: z.int(), body: z.unknown() })) });

/** What a node said of each of the deeds: of one alone, of all at once, or the same of all, where it read none. */
function answersTo({ deeds, asking }: Message, answer: Answer): readonly Given[] {
  if (asking.method === 'PUT') return [answer];
  const delivered = Delivered.safeParse(answer.body);
  return delivered.success ? delivered.data.items : deeds.map(() => answer);
}

import { expect } from 'vitest';
import type { Actor } from '../../events/envelope.ts';
import { closeFigures } from '../../src/commands/close-figures.ts';
import type { CommandContext, CommandPorts, Handled } from '../../src/commands/command.ts';
import { createFair } from '../../src/commands/create-fair.ts';
import { Beginnings } from '../../src/commands/beginnings.ts';
import { FairCache } from '../../src/commands/fair-cache.ts';
import type { EventStore } from '../../src/store/event-store.ts';
import { memoryEventStore } from '../../src/store/memory/memory-event-store.ts';
import { eightOClock, fairCreated, fairId, idOf, minute, organiser } from './facts.ts';

/** A log with a running fair in it, and a clock that stands at eight until it is moved (ms). */
export type FairLog = CommandPorts & {
  readonly clock: { now: number };
  /** The context of a command by somebody, the organiser unless told. */
  as(actor?: Actor): CommandContext;
  /** Closes the figures now and lets a minute pass. */
  close(): Promise<void>;
};

export async function fairLog(given: { store?: EventStore } = {}): Promise<FairLog> {
  const clock = { now: eightOClock };
  const ports = {
    store: given.store ?? memoryEventStore({ clock: () => clock.now }),
    fairs: new FairCache(),
    beginnings: new Beginnings(),
  };
  const as = (actor = organiser): CommandContext => ({ fair: fairId, actor, correlation: 'test', now: clock.now });
  const passKeys = { publicKeyOf: () => Promise.resolve(fairCreated.passKey) };
  await createFair({ ...ports, passKeys }, as(), { fair: fairId, settings: fairCreated.settings });
  return {
    ...ports,
    clock,
    as,
    close: async () => {
      await closeFigures(ports, as(), { closing: idOf(0xc105e) });
      clock.now += minute;
    },
  };
}

/** The answer of a command that was recorded; anything else fails the test. */
export function recorded<Answer>(handled: Handled<Answer>): Answer {
  if (handled.kind !== 'recorded') throw new Error(`not recorded: ${JSON.stringify(handled)}`);
  return handled.answer;
}

/** Somebody else who may send the same: what is for devices only, another device. */
const strangerTo = ({ role }: Actor): Actor => ({ role: role === 'device' ? role : 'organiser', id: idOf(0xbad) });

/**
 * What every command promises: sent again, even at once and later, it is one fact with one answer; its id stands for
 * no other content and no other caller.
 * @param send the same command each time it is called with no `other`
 */
export async function expectOnce<Answer>(
  log: Pick<FairLog, 'store' | 'clock' | 'as'>,
  send: (context: CommandContext, about?: { readonly other: true }) => Promise<Handled<Answer>>,
  by: Actor = organiser,
): Promise<Answer> {
  const before = await log.store.head();
  const handled = await Promise.all([send(log.as(by)), send(log.as(by)), send(log.as(by))]);
  const answers = handled.map(recorded);
  log.clock.now += minute;
  const later = await send(log.as(by));
  expect(later).toMatchObject({ kind: 'recorded', repeated: true });
  expect(answers).toEqual(Array.from(answers, () => recorded(later)));
  expect(await send(log.as(by), { other: true })).toEqual({ kind: 'id-already-used' });
  expect(await send(log.as(strangerTo(by)))).toEqual({ kind: 'id-already-used' });
  expect(await log.store.head()).toBe(before + 1);
  return recorded(later);
}

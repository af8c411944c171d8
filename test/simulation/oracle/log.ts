import { isDeepStrictEqual } from 'node:util';
import { type FairEvent, toFairEvent } from '../../../events/catalogue.ts';
import type { Settled } from '../simulate.ts';
import type { Deed, Given } from '../truth/deed.ts';
import { expectedFact } from './expected-fact.ts';
import { fairsFor } from './fair-then.ts';
import { deedOf } from './names.ts';
import { owedRefusal } from './owed-refusals.ts';
import { legitimate, mayLapse } from './refusals.ts';
import { occurrencesOf } from './times.ts';

/**
 * Where the log is not what was done: every deed is in it once, as it was done and by whom, at a time that one of its
 * receipts gives it, unless its refusal was right; and nothing else is in it.
 */
export function logDifferences({ deeds, log, opened }: Pick<Settled, 'deeds' | 'log' | 'opened'>): string[] {
  const events = log.map(toFairEvent);
  const named = new Map(deeds.map((deed) => [`${deed.kind} ${deed.id}`, deed]));
  const facts = new Map<Deed, FairEvent>();
  const differences = events.slice(opened.head).flatMap((event) => {
    const name = deedOf(event);
    const deed = name && named.get(`${name.kind} ${name.id}`);
    if (!deed) return [`#${event.position} ${event.type}: nobody did this (${name?.id})`];
    if (facts.has(deed)) return [`#${event.position} ${nameOf(deed)}: is in the log twice`];
    facts.set(deed, event);
    return factDifferences(deed, event, events.slice(0, event.position - 1));
  });
  return [...differences, ...deeds.flatMap((deed) => fateDifferences(deed, facts.get(deed), events))];
}

const nameOf = ({ kind, id }: Pick<Deed, 'kind' | 'id'>): string => `${kind} ${id}`;

function factDifferences(deed: Deed, event: FairEvent, before: readonly FairEvent[]): string[] {
  const at = `#${event.position} ${nameOf(deed)}`;
  const fairs = fairsFor(deed, before);
  const expected = fairs.map((fair) => expectedFact(deed, { ...fair, before, occurredAt: event.occurredAt }));
  const isAsDone = expected.some(
    ({ type, data }) => event.type === type && isDeepStrictEqual(plain(event.data), plain(data)),
  );
  const { actor, skewSeconds = 0 } = event.meta;
  const isInTime = occurrencesOf(deed).some(
    (each) => each.occurredAt === event.occurredAt && each.skewSeconds === skewSeconds,
  );
  const isInOrder = (before.at(-1)?.recordedAt ?? 0) <= event.recordedAt;
  const owed = owedRefusal(deed, event, { before, fairs });
  return [
    ...(isAsDone ? [] : [`${at}: is ${event.type} ${text(event.data)}, not ${expected.map(text).join(' or ')}`]),
    ...(isDeepStrictEqual(actor, deed.by) ? [] : [`${at}: is by ${text(actor)}, not ${text(deed.by)}`]),
    ...(isInTime ? [] : [`${at}: at ${event.occurredAt} (${skewSeconds} s), not one of ${text(occurrencesOf(deed))}`]),
    ...(isInOrder ? [] : [`${at}: was recorded before the one before`]),
    ...(owed === undefined ? [] : [`${at}: should have been refused: ${owed}`]),
  ];
}

/** What became of a deed, as the answers say, and as the log says. */
function fateDifferences(deed: Deed, event: FairEvent | undefined, events: readonly FairEvent[]): string[] {
  const { acknowledged } = deed;
  if (!acknowledged) return [`${nameOf(deed)}: was never acknowledged`];
  const positions = new Set(deed.given.flatMap((answer) => positionIn(answer) ?? []));
  const told = [...positions].filter((position) => position !== event?.position);
  if (told.length > 0) return [`${nameOf(deed)}: told to be at ${told.join(', ')}, is at ${event?.position ?? 'none'}`];
  if (event && positionIn(acknowledged) === undefined && !mayLapse(acknowledged))
    return [`#${event.position} ${nameOf(deed)}: is there, though its phone was told ${text(acknowledged)}`];
  const answers = deed.given.filter((answer) => positionIn(answer) !== undefined);
  if (answers.some((answer) => !isDeepStrictEqual(answer, answers[0])))
    return [`${nameOf(deed)}: was answered differently: ${text(answers)}`];
  if (deed.isWrong) {
    const taken = deed.given.filter(({ status }) => status !== 400);
    return taken.length === 0 ? [] : [`${nameOf(deed)}: can be no fact, was answered by ${text(taken)}`];
  }
  return deed.given
    .filter((answer) => positionIn(answer) === undefined)
    .filter((answer) => !legitimate(deed, answer, events))
    .map((answer) => `${nameOf(deed)}: was wrongly answered by ${answer.status} ${text(answer.body)}`);
}

const positionIn = ({ body }: Given): number | undefined =>
  typeof body === 'object' && body !== null && 'position' in body && typeof body.position === 'number'
    ? body.position
    : undefined;

/** As JSON has it: without what is undefined. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const text = (value: unknown): string => JSON.stringify(value);

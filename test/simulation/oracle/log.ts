import { isDeepStrictEqual } from 'node:util';
import { type EventOf, type FairEvent, toFairEvent } from '../../../events/catalogue.ts';
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
 * receipts gives it, or as a refusal that was right; and nothing else is in it.
 */
export function logDifferences({ deeds, log, opened }: Pick<Settled, 'deeds' | 'log' | 'opened'>): string[] {
  const events = log.map(toFairEvent);
  const named = new Map(deeds.map((deed) => [`${deed.kind} ${deed.id}`, deed]));
  const facts = new Map<Deed, FairEvent>();
  const differences = events.slice(opened.head).flatMap((event) => {
    const name = event.type === 'RequestRefused' ? event.data : deedOf(event);
    const deed = name && named.get(`${name.kind} ${name.id}`);
    if (!deed) return [`#${event.position} ${event.type}: nobody did this (${name?.id})`];
    if (facts.has(deed)) return [`#${event.position} ${nameOf(deed)}: is in the log twice`];
    facts.set(deed, event);
    const before = events.slice(0, event.position - 1);
    return event.type === 'RequestRefused'
      ? [...refusalDifferences(deed, event, before), ...originDifferences(deed, event, before)]
      : [...factDifferences(deed, event, before), ...originDifferences(deed, event, before)];
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
  const owed = owedRefusal(deed, event, { before, fairs });
  return [
    ...(isAsDone ? [] : [`${at}: is ${event.type} ${text(event.data)}, not ${expected.map(text).join(' or ')}`]),
    ...(owed === undefined ? [] : [`${at}: should have been refused: ${owed}`]),
  ];
}

/** A no is right by what was there when it was written, and is what everybody was told who asked. */
function refusalDifferences(deed: Deed, event: EventOf<'RequestRefused'>, before: readonly FairEvent[]): string[] {
  const { reason } = event.data;
  const no = { status: 200, body: { outcome: 'refused', reason } };
  const told = deed.given.filter(({ status, body }) => status === 200 && !isDeepStrictEqual(body, no.body));
  return [
    ...(legitimate(deed, no, before) ? [] : [`#${event.position} ${nameOf(deed)}: was wrongly refused: ${reason}`]),
    ...(told.length === 0 ? [] : [`#${event.position} ${nameOf(deed)}: was refused, and told ${text(told)}`]),
  ];
}

/** By whom and when, whether it was taken or refused. */
function originDifferences(deed: Deed, event: FairEvent, before: readonly FairEvent[]): string[] {
  const at = `#${event.position} ${nameOf(deed)}`;
  const { actor, skewSeconds = 0 } = event.meta;
  const isInTime = occurrencesOf(deed).some(
    (each) => each.occurredAt === event.occurredAt && each.skewSeconds === skewSeconds,
  );
  const isInOrder = (before.at(-1)?.recordedAt ?? 0) <= event.recordedAt;
  return [
    ...(isDeepStrictEqual(actor, deed.by) ? [] : [`${at}: is by ${text(actor)}, not ${text(deed.by)}`]),
    ...(isInTime ? [] : [`${at}: at ${event.occurredAt} (${skewSeconds} s), not one of ${text(occurrencesOf(deed))}`]),
    ...(isInOrder ? [] : [`${at}: was recorded before the one before`]),
  ];
}

/** What became of a deed, as the answers say, and as the log says. */
function fateDifferences(deed: Deed, event: FairEvent | undefined, events: readonly FairEvent[]): string[] {
  const { acknowledged } = deed;
  if (!acknowledged) return [`${nameOf(deed)}: was never acknowledged`];
  const positions = new Set(deed.given.flatMap((answer) => positionIn(answer) ?? []));
  const told = [...positions].filter((position) => position !== event?.position);
  if (told.length > 0) return [`${nameOf(deed)}: told to be at ${told.join(', ')}, is at ${event?.position ?? 'none'}`];
  const refused = deed.given.filter((answer) => answer.status === 200 && positionIn(answer) === undefined);
  if (refused.length > 0 && event?.type !== 'RequestRefused' && !mayLapse(deed))
    return [`${nameOf(deed)}: was told ${text(refused)}, of which the log says ${event?.type ?? 'nothing'}`];
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

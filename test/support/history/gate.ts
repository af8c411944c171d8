import * as fc from 'fast-check';
import { Category } from '../../../events/fields.ts';
import { GroupDetails } from '../../../events/group.ts';
import { voidableKinds } from '../../../events/void.ts';
import { days, fair, type Made, made, moment, named, place } from './names.ts';

const passesMax = 5;

/** A pass keeps its category and party, whoever scans it. */
const passOf = (number: number) => ({
  pass: named('pass', number),
  category: (['individual', 'pupil', 'family', 'staff', 'press'] as const)[number] ?? 'individual',
  partySize: [1, 3, 6, 2, 1][number] ?? 1,
  source: number % 2 === 0 ? ('pass' as const) : ('poster' as const),
});

export const scan = fc
  .record({
    pass: fc.nat(passesMax - 1),
    place,
    way: fc.constantFrom('in', 'in', 'in', 'out', 'out', 'refused', 'unresolved'),
    persons: fc.integer({ min: 1, max: 8 }),
    trust: fc.constantFrom('verified' as const, 'verified' as const, 'verified' as const, 'unverified' as const),
  })
  .map(({ pass, place, way, persons, trust }) => (number: number): Made => {
    const known = passOf(pass);
    const own = { scan: named('fact', number), ...known, ...place, decidedBy: 'device' as const };
    const stream = `pass-${known.pass}`;
    if (way === 'in') return made(stream, 'VisitorCheckedIn', { ...own, persons, trust, outcome: 'admitted' });
    if (way === 'out') return made(stream, 'VisitorCheckedOut', { ...own, persons, trust });
    const { partySize: _, category: __, source: ___, ...refused } = own;
    if (way === 'refused')
      return made(stream, 'ScanRefused', { ...refused, direction: 'in', reason: 'already-inside' });
    const unresolved = { ...own, pass: null, trust: 'unverified' as const, persons, outcome: 'admitted' as const };
    return made(`scan-${number}`, 'VisitorCheckedIn', unresolved);
  });

export const walkIn = fc
  .record({
    place,
    direction: fc.constantFrom('in' as const, 'in' as const, 'out' as const),
    category: fc.constantFrom(...Category.options),
    persons: fc.constantFrom(1, 5, 10),
  })
  .map(
    ({ place, ...counted }) =>
      (number: number) =>
        made(`walk-in-${number}`, 'WalkInsCounted', { count: named('fact', number), ...place, ...counted }),
  );

export const arrival = fc.record({ group: fc.nat(2), place, persons: fc.integer({ min: 1, max: 60 }) }).map(
  ({ group, place, persons }) =>
    (number: number) =>
      made(`group-${group}`, 'GroupArrived', {
        group: named('group', group),
        arrival: named('fact', number),
        ...place,
        persons,
      }),
);

export const correction = fc
  .record({
    place,
    day: fc.constantFrom(...days),
    category: fc.constantFrom(...Category.options),
    persons: fc.constantFrom(-20, -1, 7, 30),
  })
  .map(
    ({ place, ...corrected }) =>
      (number: number) =>
        made(`fair-${fair}`, 'CorrectionRecorded', {
          correction: named('fact', number),
          ...place,
          ...corrected,
          reason: 'đếm lại',
        }),
  );

export const acceptance = fc
  .nat(60)
  .map(
    (target) => () =>
      made('scan-accepted', 'ScanAccepted', { acceptance: named('fact', target), scan: named('fact', target) }),
  );

/** Some say whose fact they undo, rightly or not. */
const bearers = fc.constantFrom('untold', 'untold', 'told', 'none');

export const undo = fc
  .record({
    kind: fc.constantFrom(...voidableKinds),
    target: fc.nat(60),
    // A client may give an undo the id of what it undoes, as an acceptance has that of its scan.
    hasIdOfTarget: fc.boolean(),
    bearer: bearers,
    bearerOf: fc.nat(2),
  })
  .map(({ kind, target, hasIdOfTarget, bearer, bearerOf }) => (number: number) => {
    const id = hasIdOfTarget ? named('fact', target) : named('void', number);
    return made(`void-${id}`, 'FactVoided', {
      void: id,
      kind,
      target: named('fact', target),
      reason: 'bấm nhầm',
      ...(kind === 'scan' && bearer === 'told' ? { pass: named('pass', bearerOf) } : {}),
      ...(kind === 'scan' && bearer === 'none' ? { pass: null } : {}),
      // A return is of the fact before it, and says so.
      ...(kind === 'return' && bearer === 'told' ? { sale: named('fact', target - 1 + (bearerOf % 2)) } : {}),
      ...(kind === 'arrival' && bearer === 'told' ? { group: named('group', bearerOf) } : {}),
    });
  });

export const passNote = fc
  .record({ pass: fc.nat(passesMax - 1), from: fc.option(moment), until: fc.option(moment), revokes: fc.boolean() })
  .map(({ pass, from, until, revokes }) => (number: number): Made => {
    const { category, partySize, pass: passId } = passOf(pass);
    if (revokes)
      return made(`pass-${passId}`, 'PassRevoked', {
        pass: passId,
        revocation: named('other', number),
        reason: 'mất thẻ',
      });
    const validity = {
      ...(from === null ? {} : { validFrom: from }),
      ...(until === null ? {} : { validUntil: until }),
    };
    return made(`pass-${passId}`, 'PassIssued', { pass: passId, category, partySize, ...validity });
  });

/** Groups that registered, two of them from one school, and one that changed its mind. */
export const groups: readonly Made[] = [
  groupOf(0, 'GroupRegistered', { school: 'Trường Tiểu học Suối Hoa', classes: 2 }),
  groupOf(1, 'GroupRegistered', { school: 'Trường THCS Ninh Xá', classes: 1 }),
  groupOf(2, 'GroupRegistered', { school: 'trường  tiểu học suối hoa', classes: 3 }),
  groupOf(1, 'GroupChanged', { school: 'Trường THCS Ninh Xá', classes: 4 }),
];

function groupOf(
  number: number,
  type: 'GroupRegistered' | 'GroupChanged',
  about: { school: string; classes: number },
): Made {
  const group = named('group', number);
  const details = GroupDetails.parse({
    ...about,
    level: 'primary',
    persons: 40,
    day: days[0],
    site: 'A',
    slot: '08:00',
  });
  return type === 'GroupRegistered'
    ? made(`group-${number}`, type, { group, details, leader: null })
    : made(`group-${number}`, type, { group, change: named('other', 5000 + number), details });
}

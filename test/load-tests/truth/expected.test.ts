import { describe, expect, it } from 'vitest';
import type { Fact, PassTerms, Sale, Scan } from '../../../load-tests/plan/facts.ts';
import type { Acknowledged } from '../../../load-tests/truth/acknowledged.ts';
import { expectedOf } from '../../../load-tests/truth/expected.ts';

const opening = Date.parse('2026-04-21T07:30:00+07:00');
const passes: PassTerms[] = [
  { category: 'pupil', partySize: 1, from: 'organiser' },
  { category: 'family', partySize: 4, from: 'visitor' },
  { category: 'press', partySize: 1, from: 'organiser' },
];

const told = (fact: Fact, outcome: string): Acknowledged => ({
  fact,
  outcome,
  position: 1,
  at: opening + fact.at * 1000,
  answers: [],
});

const gates = { device: 0, gate: 'G1', told: false } as const;
const scan = (id: string, at: number, pass: number, more: Partial<Scan> = {}): Scan => ({
  ...gates,
  kind: 'scan',
  id,
  at,
  showing: { kind: 'code', pass },
  direction: 'in',
  persons: 1,
  expects: 'admitted',
  ...more,
});
const entered = (...of: Parameters<typeof scan>) => told(scan(...of), 'admitted');
const undone = (of: Fact, at: number): Acknowledged[] =>
  of.kind === 'scan' || of.kind === 'sale'
    ? [told({ kind: 'void', id: `${of.id}-void`, at, of, reason: '' }, 'voided')]
    : [];

const count = (acknowledged: readonly Acknowledged[]) => expectedOf(acknowledged, { passes }, opening + 3_600_000);

describe('what is expected of the gates', () => {
  it('is a visit for the first admission of a pass on a day, and an entry for every one', () => {
    const { figures, behind } = count([entered('a', 0, 0), entered('b', 60, 0, { gate: 'G2' })]);
    expect(figures).toMatchObject({ visits: 1, entries: 2, 'unique-visitors': 1, 'inside-now': 2, excluded: 0 });
    expect(behind).toMatchObject({ visits: ['a'], entries: ['a', 'b'], 'unique-visitors': ['a'] });
  });

  it('is as many persons as came on one pass at most, and never more than its party', () => {
    const { figures } = count([entered('a', 0, 1, { persons: 2 }), entered('b', 60, 1, { persons: 9 })]);
    expect(figures).toMatchObject({ visits: 4, entries: 11, 'unique-visitors': 1 });
  });

  it('is another visit on another day', () => {
    const { figures } = count([entered('a', 0, 0), entered('b', 86_400, 0)]);
    expect(figures).toMatchObject({ visits: 2, 'unique-visitors': 1 });
  });

  it('is nothing for what the camera read again within 30 seconds', () => {
    const { figures, behind } = count([entered('a', 0, 0), entered('b', 29.999, 0), entered('c', 30, 0)]);
    expect(figures).toMatchObject({ visits: 1, entries: 2 });
    expect(behind).toMatchObject({ entries: ['a', 'c'], 'repeat-reads': ['b'] });
  });

  it('lets the next admission count where the first was undone', () => {
    const first = scan('a', 0, 0);
    const { figures, behind } = count([told(first, 'admitted'), entered('b', 10, 0), ...undone(first, 60)]);
    expect(figures).toMatchObject({ visits: 1, entries: 1 });
    expect(behind).toMatchObject({ visits: ['b'], 'repeat-reads': [] });
  });

  it('keeps whoever works there apart from visits, and inside', () => {
    const { figures } = count([entered('a', 0, 2)]);
    expect(figures).toMatchObject({ visits: 0, excluded: 1, entries: 1, 'unique-visitors': 0, 'inside-now': 1 });
  });

  it('leaves out what was refused, and what nobody vouches for', () => {
    const nobodys = scan('b', 5, 0, { showing: { kind: 'other', text: 'x' } });
    const { figures, behind } = count([told(scan('a', 0, 0), 'refused already-inside'), told(nobodys, 'admitted')]);
    expect(figures).toMatchObject({ visits: 0, entries: 0, 'unique-visitors': 0, 'inside-now': 0 });
    expect(behind).toMatchObject({ unverified: ['b'] });
  });

  it('takes away whoever leaves, and never more than there are', () => {
    const out = told(scan('b', 120, 0, { direction: 'out', persons: 5 }), 'left');
    expect(count([entered('a', 0, 0), out]).figures).toMatchObject({ 'inside-now': 0, entries: 1, visits: 1 });
    expect(count([out, entered('a', 240, 0)]).figures).toMatchObject({ 'inside-now': 1 });
  });

  it('is everybody who was counted by hand or came in a group', () => {
    const { gate, device } = gates;
    const { figures } = count([
      told(
        { kind: 'walk-in', id: 'a', at: 0, gate, device, direction: 'in', category: 'individual', persons: 5 },
        'counted',
      ),
      told(
        { kind: 'walk-in', id: 'b', at: 60, gate, device, direction: 'out', category: 'individual', persons: 2 },
        'counted',
      ),
      told({ kind: 'arrival', id: 'c', at: 5, gate, device, group: 0, persons: 38 }, 'arrived'),
    ]);
    expect(figures).toMatchObject({ visits: 43, entries: 43, 'inside-now': 41, 'unique-visitors': 0 });
  });
});

describe('what is expected of the books', () => {
  const line = { code: 'S-1', name: 'Sách', copies: 3, paid: 90_000 };
  const sale: Sale = { kind: 'sale', id: 's', at: 0, booth: 0, lines: [line], payment: 'cash' };
  const back = {
    kind: 'return',
    id: 'r',
    at: 9,
    booth: 0,
    sale: 's',
    lines: [{ ...line, copies: 1, paid: 30_000 }],
  } as const;
  const stock = (id: string, kind: 'displayed' | 'added' | 'withdrawn' | 'donated', copies: number) =>
    told({ kind: 'stock-entry', id, at: 0, booth: 0, stock: kind, copies }, 'recorded');

  it('is net of what was brought back', () => {
    const { figures, behind } = count([told(sale, 'recorded'), told(back, 'recorded')]);
    expect(figures).toMatchObject({ 'copies-sold': 2, revenue: 60_000, 'revenue-recorded': 60_000 });
    expect(behind).toMatchObject({ 'copies-sold': ['s', 'r'], revenue: ['s', 'r'] });
  });

  it('is without what was undone', () => {
    expect(count([told(sale, 'recorded'), ...undone(sale, 60)]).figures).toMatchObject({
      'copies-sold': 0,
      revenue: 0,
    });
  });

  it('is what is left of what was put out', () => {
    const moved = [
      stock('a', 'displayed', 100),
      stock('b', 'added', 10),
      stock('c', 'withdrawn', 4),
      stock('d', 'donated', 5),
    ];
    expect(count([...moved, told(sale, 'recorded')]).figures).toMatchObject({
      'copies-displayed': 100,
      'copies-donated': 5,
      'copies-left': 98,
    });
  });
});

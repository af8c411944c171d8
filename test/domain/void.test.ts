import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Actor, roles } from '../../events/envelope.ts';
import {
  evolveUndoable,
  isVoided,
  nothingUndoable,
  type Target,
  type Undo,
  voidFact,
  voidTakesEffect,
} from '../../src/domain/void.ts';
import { closedFair, eightOClock as eight, fact, idOf, minute, organiser, runningFair } from '../support/facts.ts';

const device: Actor = { role: 'device', id: idOf(0xd1) };
const otherDevice: Actor = { role: 'device', id: idOf(0xd2) };
const count = idOf(0xc0);
const counted = (actor = device, occurredAt = eight) =>
  fact(
    'WalkInsCounted',
    { count, site: 'A', gate: 'G1', direction: 'in', category: 'individual', persons: 5 },
    { actor, occurredAt },
  );
const undo = (about: Partial<Undo> = {}): Undo => ({
  void: idOf(0xdd),
  kind: 'walk-in',
  target: count,
  reason: 'bấm nhầm',
  actor: device,
  occurredAt: eight + minute,
  ...about,
});
const voided = ({ actor, occurredAt, ...data }: Undo) => fact('FactVoided', data, { actor, occurredAt });
const known = evolveUndoable(nothingUndoable, counted());

describe('an undo takes effect', () => {
  const target = { actor: device, occurredAt: eight };

  it('by the same device up to 15 minutes later, and however early it seems', () => {
    expect(voidTakesEffect({ actor: device, occurredAt: eight + 15 * minute }, target)).toBe(true);
    expect(voidTakesEffect({ actor: device, occurredAt: eight + 15 * minute + 1 }, target)).toBe(false);
    expect(voidTakesEffect({ actor: device, occurredAt: eight - minute }, target)).toBe(true);
  });

  it('by the organiser and the owner at any time, by nobody else', () => {
    const later = eight + 1000 * minute;
    const who = roles.filter((role) => voidTakesEffect({ actor: { role, id: device.id }, occurredAt: later }, target));
    expect(who).toEqual(['owner', 'organiser']);
    const soon = roles.filter((role) => voidTakesEffect({ actor: { role, id: device.id }, occurredAt: eight }, target));
    expect(soon).toEqual(['owner', 'organiser', 'device']);
  });

  it('between an exhibitor and its tills, who are one author', () => {
    const till: Actor = { role: 'till', id: idOf(0xe1) };
    const sold = { actor: till, occurredAt: eight };
    expect(voidTakesEffect({ actor: { role: 'exhibitor', id: till.id }, occurredAt: eight }, sold)).toBe(true);
    expect(voidTakesEffect({ actor: { role: 'exhibitor', id: idOf(0xe2) }, occurredAt: eight }, sold)).toBe(false);
    expect(voidTakesEffect({ actor: { role: 'device', id: till.id }, occurredAt: eight }, sold)).toBe(false);
  });

  it('never for the public, which cannot undo its own tap', () => {
    const visitor: Actor = { role: 'public', id: idOf(0x9a) };
    expect(voidTakesEffect({ actor: visitor, occurredAt: eight }, { actor: visitor, occurredAt: eight })).toBe(false);
  });
});

describe('an undo', () => {
  it('of what is known is recorded once, and refused where it would change nothing', () => {
    expect(voidFact(known, undo(), runningFair)).toEqual({
      type: 'FactVoided',
      data: { void: idOf(0xdd), kind: 'walk-in', target: count, reason: 'bấm nhầm' },
    });
    expect(voidFact(known, undo({ actor: otherDevice }), runningFair)).toEqual({ refused: 'not-yours' });
    expect(voidFact(known, undo({ occurredAt: eight + 16 * minute }), runningFair)).toEqual({ refused: 'too-late' });
    const gone = evolveUndoable(known, voided(undo()));
    expect(voidFact(gone, undo({ void: idOf(0xde), actor: organiser }), runningFair)).toEqual({
      refused: 'already-voided',
    });
  });

  it('of a sale of which something came back is refused, until the return is undone', () => {
    const till: Actor = { role: 'till', id: idOf(0xe1) };
    const [sale, back] = [idOf(0x5a), idOf(0x5b)];
    const by = { actor: till, occurredAt: eight };
    const lines = [{ gtin: '9786041234567', code: null, name: '', copies: 1, paid: 50_000 }];
    const sold = fact('SaleRecorded', { sale, exhibitor: till.id, lines, payment: 'cash' }, by);
    const returned = fact('SaleReturned', { sale, return: back, exhibitor: till.id, lines }, by);
    const of = (kind: 'sale' | 'return', target: string) => undo({ kind, target, ...by });
    const stream = [sold, returned].reduce(evolveUndoable, nothingUndoable);
    expect(voidFact(stream, of('sale', sale), runningFair)).toEqual({ refused: 'has-returns' });
    const undone = evolveUndoable(stream, voided(of('return', back)));
    expect(voidFact(undone, of('sale', sale), runningFair)).toHaveProperty('type', 'FactVoided');
  });

  it('of what has not arrived is recorded, by whomever', () => {
    expect(voidFact(nothingUndoable, undo({ actor: otherDevice }), runningFair)).toHaveProperty('type', 'FactVoided');
  });

  it('names kind and id: another kind with the same id is not meant', () => {
    expect(voidFact(known, undo({ kind: 'arrival', actor: otherDevice }), runningFair)).toHaveProperty('type');
  });

  it('after closing is no fact, for the organiser neither', () => {
    expect(voidFact(known, undo({ actor: organiser, occurredAt: eight + 1 }), closedFair)).toEqual({
      refused: 'fair-closed',
    });
    expect(voidFact(known, undo({ occurredAt: eight }), closedFair)).toHaveProperty('type', 'FactVoided');
  });

  it('has the same effect whether it arrives before or after its target', () => {
    const author = fc.constantFrom(device, otherDevice, organiser);
    const moments = fc.integer({ min: -20, max: 20 }).map((minutes) => eight + minutes * minute);
    fc.assert(
      fc.property(
        fc.array(fc.record({ actor: author, occurredAt: moments }), { maxLength: 4 }),
        fc.nat(),
        (undos, split) => {
          const events = undos.map((about, index) => voided(undo({ ...about, void: idOf(0x100 + index) })));
          const at = split % (events.length + 1);
          const order = [...events.slice(0, at), counted(), ...events.slice(at)];
          const target: Target = { kind: 'walk-in', id: count, actor: device, occurredAt: eight };
          const effective = undos.some((about) => voidTakesEffect(about, target));
          expect(isVoided(order.reduce(evolveUndoable, nothingUndoable), target)).toBe(effective);
        },
      ),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DataOf, FairEvent } from '../../events/catalogue.ts';
import type { Actor } from '../../events/envelope.ts';
import { evolveSale, recordReturn, recordSale, unknownSale } from '../../src/domain/sale.ts';
import { closedFair, eightOClock, fact, idOf, minute, organiser, runningFair } from '../support/facts.ts';

type Line = DataOf<'SaleRecorded'>['lines'][number];
const exhibitor = idOf(0xe1);
const sale = idOf(0x5a);
const till: Actor = { role: 'till', id: exhibitor };
const gtin = '9786041234567';
const lineOf = (about: Partial<Line>): Line => ({ gtin, code: null, name: '', copies: 1, paid: 50_000, ...about });

const sold = (...lines: Line[]) => fact('SaleRecorded', { sale, exhibitor, lines, payment: 'cash' }, { actor: till });
const broughtBack = (number: number, ...lines: Line[]) =>
  fact('SaleReturned', { sale, return: idOf(number), exhibitor, lines }, { actor: till });
const voided = (kind: 'sale' | 'return', target: string, actor = till, occurredAt = eightOClock) =>
  fact('FactVoided', { void: idOf(0xdd), kind, target, reason: 'bấm nhầm' }, { actor, occurredAt });

const saleAfter = (...events: readonly FairEvent[]) => events.reduce(evolveSale, unknownSale);
const now = { fair: runningFair, occurredAt: eightOClock };
const bringBack = (events: readonly FairEvent[], lines: Line[], about: { exhibitor?: string } = {}) =>
  recordReturn(saleAfter(...events), { sale, return: idOf(0x11), exhibitor, lines, ...about }, now);

describe('a sale', () => {
  it('is recorded as it happened, unless it happened after closing', () => {
    const data = { sale, exhibitor, lines: [lineOf({})], payment: 'transfer' as const };
    expect(recordSale(data, now)).toEqual({ type: 'SaleRecorded', data });
    expect(recordSale(data, { fair: closedFair, occurredAt: eightOClock })).toEqual({ type: 'SaleRecorded', data });
    expect(recordSale(data, { fair: closedFair, occurredAt: eightOClock + 1 })).toEqual({ refused: 'fair-closed' });
  });
});

describe('a return', () => {
  it('may arrive before its sale', () => {
    expect(bringBack([], [lineOf({ copies: 9 })])).toHaveProperty('type', 'SaleReturned');
    expect(
      recordReturn(
        unknownSale,
        { sale, return: idOf(1), exhibitor, lines: [lineOf({})] },
        { fair: closedFair, occurredAt: eightOClock + minute },
      ),
    ).toEqual({ refused: 'fair-closed' });
  });

  it('brings back no more copies and no more đồng than were sold, title by title', () => {
    const events = [
      sold(lineOf({ copies: 3, paid: 120_000 }), lineOf({ gtin: null, code: 'K-1', copies: 1, paid: 20_000 })),
    ];
    expect(bringBack(events, [lineOf({ copies: 3, paid: 120_000 })])).toHaveProperty('type');
    expect(bringBack(events, [lineOf({ copies: 4, paid: 0 })])).toEqual({ refused: 'more-than-sold' });
    expect(bringBack(events, [lineOf({ copies: 1, paid: 120_001 })])).toEqual({ refused: 'more-than-paid' });
    expect(bringBack(events, [lineOf({ gtin: null, code: 'K-1', copies: 2, paid: 0 })])).toEqual({
      refused: 'more-than-sold',
    });
    expect(bringBack(events, [lineOf({ gtin: '8938500000003', paid: 0 })])).toEqual({ refused: 'more-than-sold' });
  });

  it('counts what came back before, but for what was undone', () => {
    const events = [
      sold(lineOf({ copies: 2, paid: 100_000 })),
      broughtBack(0x21, lineOf({ copies: 2, paid: 100_000 })),
    ];
    const again = [lineOf({ copies: 1, paid: 50_000 })];
    expect(bringBack(events, again)).toEqual({ refused: 'more-than-sold' });
    expect(bringBack([...events, voided('return', idOf(0x21))], again)).toHaveProperty('type');
    const tooLate = voided('return', idOf(0x21), till, eightOClock + 16 * minute);
    expect(bringBack([...events, tooLate], again)).toEqual({ refused: 'more-than-sold' });
  });

  it('is not refused for what came back too much of another title before the sale was known', () => {
    const other = lineOf({ gtin: null, code: 'K-1', copies: 1, paid: 20_000 });
    const events = [broughtBack(0x21, { ...other, copies: 3, paid: 60_000 }), sold(lineOf({ copies: 2 }), other)];
    expect(bringBack(events, [lineOf({ copies: 2 })])).toHaveProperty('type', 'SaleReturned');
    expect(bringBack(events, [other])).toEqual({ refused: 'more-than-sold' });
  });

  it('brings nothing back of a sale that was undone, nor of somebody else’s', () => {
    expect(bringBack([sold(lineOf({})), voided('sale', sale, organiser)], [lineOf({})])).toEqual({
      refused: 'sale-voided',
    });
    expect(bringBack([voided('sale', sale), sold(lineOf({}))], [lineOf({})])).toEqual({ refused: 'sale-voided' });
    expect(bringBack([sold(lineOf({}))], [lineOf({})], { exhibitor: idOf(0xe2) })).toEqual({ missed: 'not-found' });
  });

  it('never leaves a title with fewer than no copies, however often somebody comes back', () => {
    const titles = fc.constantFrom(gtin, '8938500000003');
    const amounts = fc.record({ gtin: titles, copies: fc.integer({ min: 1, max: 4 }), paid: fc.nat({ max: 90_000 }) });
    fc.assert(
      fc.property(
        fc.array(amounts, { minLength: 1, maxLength: 4 }),
        fc.array(amounts, { maxLength: 12 }),
        (out, back) => {
          let state = saleAfter(sold(...out.map(lineOf)));
          const left = { copies: new Map<string, number>(), paid: new Map<string, number>() };
          const move = (line: (typeof out)[number], sign: 1 | -1) => {
            left.copies.set(line.gtin, (left.copies.get(line.gtin) ?? 0) + sign * line.copies);
            left.paid.set(line.gtin, (left.paid.get(line.gtin) ?? 0) + sign * line.paid);
          };
          for (const line of out) move(line, 1);
          for (const [index, line] of back.entries()) {
            const decided = recordReturn(state, { sale, return: idOf(index), exhibitor, lines: [lineOf(line)] }, now);
            if (!('type' in decided)) continue;
            state = evolveSale(state, fact(decided.type, decided.data, { actor: till }));
            move(line, -1);
          }
          for (const amount of [...left.copies.values(), ...left.paid.values()])
            expect(amount).toBeGreaterThanOrEqual(0);
        },
      ),
    );
  });
});

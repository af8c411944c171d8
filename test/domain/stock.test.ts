import { expect, it } from 'vitest';
import { recordStock } from '../../src/domain/stock.ts';
import { closedFair, eightOClock, idOf, runningFair } from '../support/facts.ts';

const entry = {
  entry: idOf(1),
  exhibitor: idOf(2),
  kind: 'counted-out' as const,
  copies: 40,
  difference: 'damage' as const,
};

it('a stock entry is recorded as it happened, unless it happened after closing', () => {
  const recorded = { type: 'StockRecorded', data: entry };
  expect(recordStock(entry, { fair: runningFair, occurredAt: eightOClock })).toEqual(recorded);
  expect(recordStock(entry, { fair: closedFair, occurredAt: eightOClock })).toEqual(recorded);
  expect(recordStock(entry, { fair: closedFair, occurredAt: eightOClock + 1 })).toEqual({ refused: 'fair-closed' });
});

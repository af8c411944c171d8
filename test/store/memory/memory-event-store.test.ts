import { describe } from 'vitest';
import { memoryEventStore } from '../../../src/store/memory/memory-event-store.ts';
import { holdsTheContract } from '../contract.ts';

const traits = { positions: 'gapless', dataBytesMax: Infinity, conditions: 'judged-as-written' } as const;

describe('the log in memory', () => {
  holdsTheContract(async (options) => {
    const store = memoryEventStore(options);
    return { store, another: () => store, close: () => store.close() };
  }, traits);
});

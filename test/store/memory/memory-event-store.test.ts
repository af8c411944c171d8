import { describe } from 'vitest';
import { memoryEventStore } from '../../../src/store/memory/memory-event-store.ts';
import { holdsTheContract } from '../contract.ts';

describe('the log in memory', () => {
  holdsTheContract(async (options) => {
    const store = memoryEventStore(options);
    return { store, close: () => store.close() };
  });
});

import { describe, expect, it } from 'vitest';
import type { StoredEvent } from '../../events/envelope.ts';
import { refuseOtherFairs } from '../../src/demo/refuse-other-fairs.ts';
import { fact, fairId, idOf } from '../support/facts.ts';

const ours = (count: number): StoredEvent[] =>
  Array.from({ length: count }, (_, index) => ({
    ...fact('FiguresClosed', { closing: idOf(index + 1) }),
    position: index + 1,
  }));
const logOf = (events: readonly StoredEvent[]) => ({
  read: (after: number, limit: number) => Promise.resolve(events.slice(after, after + limit)),
});

describe('the demo', () => {
  it.each([0, 1, 2_000, 4_001])('takes a log of %i facts of its own fair', async (count) => {
    await expect(refuseOtherFairs(logOf(ours(count)), fairId, '.data-demo')).resolves.toBeUndefined();
  });

  it('refuses a log with another fair, wherever in it, and says what to do', async () => {
    const events = ours(4_500);
    const last = events.at(-1);
    if (!last) throw new Error('no events');
    const foreign = { ...last, meta: { ...last.meta, fair: idOf(0xbad) } };
    const log = logOf([...events.slice(0, -1), foreign]);
    await expect(refuseOtherFairs(log, fairId, '.data-demo')).rejects.toThrow(
      /^\.data-demo holds another fair.*DATA_DIR/,
    );
  });
});

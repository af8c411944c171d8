import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FairClock } from '../../src/demo/clock.ts';

const morning = Date.parse('2022-04-21T05:30:00+07:00');

describe('the fair’s clock', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
  afterEach(() => void vi.useRealTimers());

  it('stands still until it is moved, and never goes back', () => {
    const clock = new FairClock(morning);
    vi.advanceTimersByTime(5_000);
    expect(clock.now()).toBe(morning);
    clock.advanceTo(morning + 60_000);
    clock.advanceTo(morning);
    expect(clock.now()).toBe(morning + 60_000);
  });

  it('goes on by itself when it is let run', () => {
    const clock = new FairClock(morning);
    clock.run();
    vi.advanceTimersByTime(5_000);
    clock.run();
    expect(clock.now()).toBe(morning + 5_000);
  });
});

import { describe, expect, test } from 'vitest';
import { progressLine, progressText } from '../../src/cli/progress-line.ts';
import { Pace } from '../../src/projector/pace.ts';

const screen = (isTTY: boolean) => {
  const written: string[] = [];
  return { isTTY, written, write: (text: string) => void written.push(text) };
};

describe('a line of progress', () => {
  test('is written over and over on a terminal, and makes room for what stays', () => {
    const terminal = screen(true);
    const { show, clear } = progressLine(terminal);
    clear();
    show('one');
    show('two');
    clear();
    clear();
    expect(terminal.written).toEqual(['\r\u001B[2Kone', '\r\u001B[2Ktwo', '\r\u001B[2K']);
  });

  test('stays where it is no terminal, so it is written every two seconds at most', () => {
    const file = screen(false);
    let now = 0;
    const { show, clear } = progressLine(file, () => now);
    for (now of [1000, 1999, 2000, 3500, 4000, 4500]) show(`at ${now}`);
    clear();
    expect(file.written).toEqual(['at 2000\n', 'at 4000\n']);
  });
});

test.for([
  { remainingSeconds: undefined, left: '' },
  { remainingSeconds: 0, left: ', 0 s left' },
  { remainingSeconds: 34.2, left: ', 35 s left' },
  { remainingSeconds: 61, left: ', 1 min 1 s left' },
  { remainingSeconds: 3_660, left: ', 1 h 1 min left' },
])('says events, rate and what remains: $left', ({ remainingSeconds, left }) => {
  const progress = { position: 1_200_000, head: 3_000_000, eventsPerSecond: 52_000, remainingSeconds };
  expect(progressText(progress)).toBe(`1,200,000 of 3,000,000 events (40 %), 52,000/s${left}`);
});

describe('the pace', () => {
  test('is that of the last ten seconds, and says what remains', () => {
    const pace = new Pace({ position: 0, atMs: 0 });
    expect(pace.at({ position: 1000, atMs: 1000 }, 11_000)).toEqual({
      position: 1000,
      head: 11_000,
      eventsPerSecond: 1000,
      remainingSeconds: 10,
    });
    expect(pace.at({ position: 2000, atMs: 11_000 }, 11_000)).toMatchObject({
      eventsPerSecond: 100,
      remainingSeconds: 90,
    });
    expect(pace.at({ position: 2000, atMs: 30_000 }, 11_000)).toMatchObject({
      eventsPerSecond: 0,
      remainingSeconds: undefined,
    });
    expect(pace.at({ position: 11_000, atMs: 31_000 }, 11_000)).toMatchObject({ remainingSeconds: 0 });
  });

  test('is none before anything moved', () => {
    const pace = new Pace({ position: 5, atMs: 0 });
    expect(pace.at({ position: 5, atMs: 0 }, 10)).toMatchObject({ eventsPerSecond: 0, remainingSeconds: undefined });
  });
});

import { describe, expect, it } from 'vitest';
import { eventSchemas } from '../../events/catalogue.ts';
import { filesBelow, isCode, read } from '../support/tree.ts';

/** The table of events/README.md: event, stream, decided by, projected by. */
const rows = read('events/README.md')
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .filter(([, event = '']) => /^[A-Z][A-Za-z]+$/.test(event))
  .map(([, event = '', , decider = '', projected = '']) => ({ event, decider, projected }));

const mentions = (paths: readonly string[], event: string): readonly string[] =>
  paths.filter((path) => isCode(path) && new RegExp(`\\b${event}\\b`).test(read(path)));

/** The folder of projections/ that a file is in; undefined for what several questions share. */
const questionOf = (path: string): string | undefined => /^projections\/([^/]+)\//.exec(path)?.[1];

const questions = filesBelow('projections').map(questionOf);

describe('every event', () => {
  it('has its line in events/README.md, and every line its event', () => {
    expect(rows.map(({ event }) => event).sort()).toEqual(Object.keys(eventSchemas).sort());
  });

  it.each(rows)('$event is decided in $decider', ({ event, decider }) => {
    expect(decider).toMatch(/^src\/domain\/[a-z-]+\.ts$/);
    expect(mentions([decider], event)).toEqual([decider]);
  });

  it.each(rows)('$event is projected by $projected', ({ event, projected }) => {
    const named = projected.startsWith('nobody:') ? [] : projected.split(', ');
    expect(named.filter((question) => !questions.includes(question))).toEqual([]);
    const naming = mentions(filesBelow('projections'), event).map(questionOf);
    expect(naming.filter((question) => question !== undefined && !named.includes(question))).toEqual([]);
  });

  it.each(rows)('$event is tested', ({ event }) => {
    expect(mentions(filesBelow('test'), event)).not.toEqual([]);
  });
});

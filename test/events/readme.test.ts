import { describe, expect, it } from 'vitest';
import { eventSchemas } from '../../events/catalogue.ts';
import { filesBelow, isCode, read } from '../support/tree.ts';

/** The table of events/README.md: event, stream, decided by, projected by. */
const rows = read('events/README.md')
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .filter(([, event = '']) => /^[A-Z][A-Za-z]+$/.test(event))
  .map(([, event = '', streams = '', decider = '', projected = '']) => ({
    event,
    streams: streams.split(', '),
    decider,
    projected,
  }));

const mentions = (paths: readonly string[], event: string): readonly string[] =>
  paths.filter((path) => isCode(path) && new RegExp(`\\b${event}\\b`).test(read(path)));

/** The folder of projections/ that a file is in; undefined for what several questions share. */
const questionOf = (path: string): string | undefined => /^projections\/([^/]+)\//.exec(path)?.[1];

/** The kinds of streams that commands write to. */
const kindsOfStreams = filesBelow('src/commands')
  .filter(isCode)
  .flatMap((path) => [...read(path).matchAll(/[sS]treamOf\(\s*(?:\w+\.)?fair,\s*'([a-z-]+)'/g)])
  .map(([, kind = '']) => kind);

/** Whether a question's code names an event, or takes all that are about an application, as this one is. */
function handles(question: string, event: string): boolean {
  const paths = filesBelow(`projections/${question}`).filter(isCode);
  if (mentions(paths, event).length > 0) return true;
  const isAboutApplication = Object.entries(eventSchemas).some(
    ([type, { shape }]) => type === event && 'application' in shape,
  );
  return isAboutApplication && paths.some((path) => read(path).includes('data.application'));
}

const questions = filesBelow('projections').map(questionOf);

describe('every event', () => {
  it('has its line in events/README.md, and every line its event', () => {
    expect(rows.map(({ event }) => event).sort()).toEqual(Object.keys(eventSchemas).sort());
  });

  it('stands in streams that commands write to, all of which hold one', () => {
    const told = new Set(rows.flatMap(({ streams }) => streams));
    expect([...told].sort()).toEqual([...new Set([...kindsOfStreams, 'fair'])].sort());
  });

  it.each(rows)('$event is decided in $decider', ({ event, decider }) => {
    expect(decider).toMatch(/^src\/domain\/[a-z-]+\.ts$/);
    expect(mentions([decider], event)).toEqual([decider]);
  });

  it.each(rows)('$event is projected by $projected', ({ event, projected }) => {
    const named = projected.startsWith('nobody:') ? [] : projected.split(', ');
    expect(named.filter((question) => !questions.includes(question) || !handles(question, event))).toEqual([]);
    const naming = mentions(filesBelow('projections'), event).map(questionOf);
    expect(naming.filter((question) => question !== undefined && !named.includes(question))).toEqual([]);
  });

  it.each(rows)('$event is tested', ({ event }) => {
    expect(mentions(filesBelow('test'), event)).not.toEqual([]);
  });
});

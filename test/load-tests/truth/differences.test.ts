import { describe, expect, it } from 'vitest';
import { planLoad, plannedFacts } from '../../../load-tests/plan/plan.ts';
import type { Answer, Line } from '../../../load-tests/sending/request.ts';
import { compare, type Platform } from '../../../load-tests/truth/differences.ts';
import { before, honestLines, honestPlatform, lineOf } from './honest.ts';

const startedAt = Date.parse('2026-04-21T07:30:00+07:00');
const plan = planLoad({ scenario: 'province', seed: 'thật', seconds: 20, startedAt });
const lines = honestLines(plan, startedAt);
const asOf = startedAt + 60_000;
const honest = honestPlatform(plan, lines, asOf);

const differencesOn = (
  platform: Platform,
  heard: readonly Line[] = lines,
  order: 'in-order' | 'any-order' = 'in-order',
) => compare(plan, heard, platform, order).differences;

const admitted = plannedFacts(plan).find((fact) => fact.kind === 'scan' && fact.expects === 'admitted');
const visit = honest.behind.get('visits')?.find(({ id }) => id === admitted?.id) ?? { id: '', position: 0 };

/** The platform with the facts behind some figures changed. */
const withBehind = (platform: Platform, change: (facts: Listed, key: string) => Listed): Platform => ({
  ...platform,
  behind: new Map([...platform.behind].map(([key, facts]) => [key, change(facts, key)])),
});
type Listed = readonly { readonly id: string; readonly position: number }[];

const answered = (change: (answer: Answer) => Partial<Answer>): Line[] =>
  lines.map((line) => ({ ...line, answers: line.answers.map((answer) => ({ ...answer, ...change(answer) })) }));

describe('the truth check', () => {
  it('finds nothing where everything agrees', () => {
    expect(compare(plan, lines, honest, 'in-order')).toMatchObject({
      differences: [],
      compared: { facts: plannedFacts(plan).length, figures: 11, behind: 12 },
    });
  });

  it('finds a scan that was acknowledged and dropped', () => {
    const dropped = withBehind(honest, (facts) => facts.filter(({ id }) => id !== visit.id));
    const figures = new Map(honest.figures).set('visits', (honest.figures.get('visits') ?? 0) - 1);
    expect(differencesOn({ ...dropped, figures })).toEqual([
      expect.stringMatching(/^visits: what was acknowledged makes \d+, the platform says \d+\.$/),
      `1× lost behind visits: ${visit.id}.`,
      `1× lost behind entries: ${visit.id}.`,
      `1× lost behind unique-visitors: ${visit.id}.`,
      `1× lost behind inside-now: ${visit.id}.`,
    ]);
  });

  it('finds a scan that is not even in the log', () => {
    const shorter = { ...honest, after: honest.after - 1 };
    const last = plannedFacts(plan).at(-1);
    expect(differencesOn(shorter)).toEqual([`1× acknowledged, but not in this log: ${last?.kind} ${last?.id}.`]);
  });

  it('finds a fact that counts twice', () => {
    const doubled = withBehind(honest, (facts, key) => (key === 'entries' ? [...facts, visit] : facts));
    expect(differencesOn(doubled)).toEqual([`1× counted twice behind entries: ${visit.id}.`]);
  });

  it('finds a fact that was written twice', () => {
    const gap = { ...honest, after: honest.after + 1 };
    expect(differencesOn(gap)).toEqual([`1× position of the log that nobody was told of: ${honest.after + 1}.`]);
  });

  it('finds a fact that nobody sent', () => {
    const foreign = { id: '018f0000-0000-7000-8000-000000000000', position: 999_999 };
    const more = withBehind(honest, (facts, key) => (key === 'visits' ? [...facts, foreign] : facts));
    expect(differencesOn(more)).toEqual([`1× behind visits, and not to be there: ${foreign.id}.`]);
  });

  it.each([...honest.figures.keys()])('finds a wrong %s', (key) => {
    const figures = new Map(honest.figures).set(key, (honest.figures.get(key) ?? 0) + 1);
    expect(differencesOn({ ...honest, figures })).toEqual([expect.stringMatching(`^${key}: `)]);
  });

  it('finds two facts that were told one position', () => {
    const [first, second] = plannedFacts(plan);
    const same = answered(({ id }) => (id === second?.id ? { position: before + 1 } : {}));
    expect(differencesOn(honestPlatform(plan, same, asOf), same)).toEqual([
      `1× position of the log that nobody was told of: ${before + 2}.`,
      `1× position that several facts were told: ${first?.kind} ${first?.id} = ${second?.kind} ${second?.id}.`,
    ]);
  });

  it('finds an answer that changed when the same was sent again', () => {
    const [first] = lines;
    const again = first?.answers.map((answer) => lineOf({ ...answer, position: 7777 }, first.kind)) ?? [];
    expect(differencesOn(honest, [...lines, ...again])).toEqual([
      `1× was answered differently when it was sent again: ${first?.kind} ${first?.answers[0]?.id}.`,
    ]);
  });

  it('finds a write that was never taken', () => {
    const failed = answered(({ id }) => (id === visit.id ? { status: 500, position: null, outcome: null } : {}));
    expect(differencesOn(honestPlatform(plan, failed, asOf), failed)).toContain(
      `1× was sent and never taken: scan ${visit.id} (answered 500).`,
    );
  });

  it('finds an answer that is not what the plan knows', () => {
    const refused = answered(({ id }) => (id === visit.id ? { outcome: 'refused expired' } : {}));
    expect(differencesOn(honestPlatform(plan, refused, asOf), refused)).toEqual([
      `1× was answered otherwise than planned: scan ${visit.id} (refused expired).`,
    ]);
  });

  it('lets scans overtake each other where a node was killed', () => {
    const overtaken = answered(({ id }) => (id === visit.id ? { outcome: 'admitted-again' } : {}));
    expect(differencesOn(honestPlatform(plan, overtaken, asOf), overtaken, 'any-order')).toEqual([]);
  });

  it('finds a clock that was corrected wrongly', () => {
    const late = answered(({ id, happenedAt }) => (id === visit.id ? { understoodAt: happenedAt + 60_000 } : {}));
    expect(differencesOn(honestPlatform(plan, late, asOf), late)).toEqual([
      `1× was understood to have happened at another time: scan ${visit.id}.`,
    ]);
  });

  it('finds figures that are incomplete', () => {
    expect(differencesOn({ ...honest, status: 'incomplete' })).toEqual([
      'The figures are incomplete, not provisional.',
    ]);
  });

  it('expects nothing of what was not sent', () => {
    const sent = lines.slice(0, -3);
    expect(differencesOn(honestPlatform(plan, sent, asOf), sent)).toEqual([]);
  });
});

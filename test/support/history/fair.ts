import * as fc from 'fast-check';
import { FairSettings } from '../../../events/fair.ts';
import { days, fair, gates, type Made, made, named } from './names.ts';

const settings = fc
  .record({
    rules: fc.uniqueArray(
      fc.record({
        from: fc.constantFrom(...days),
        rule: fc.oneof(
          fc.constant({ kind: 'per-day' as const }),
          fc.constant({ kind: 'per-entry' as const }),
          fc.record({ kind: fc.constant('per-hours' as const), hours: fc.integer({ min: 1, max: 30 }) }),
        ),
      }),
      { minLength: 1, maxLength: 3, selector: ({ from }) => from },
    ),
    exits: fc.tuple(...gates.map(() => fc.constantFrom('scanned' as const, 'not-scanned' as const))),
    closes: fc.constantFrom('20:00', '22:00'),
    held: fc.constantFrom(days, days, days.slice(0, 2), days.slice(1)),
    takenAway: fc.option(fc.constantFrom(...gates), { nil: undefined }),
  })
  .map(({ rules, exits, closes, held, takenAway }) =>
    FairSettings.parse({
      name: { vi: 'Hội sách' },
      province: '24',
      days: held,
      opens: '07:00',
      closes,
      sites: [
        { code: 'A', name: 'Quảng trường', capacity: 500 },
        { code: 'B', name: 'Thư viện' },
      ],
      gates: gates
        .map((code, index) => ({
          code,
          name: `Cổng ${code}`,
          site: code === 'G3' ? 'B' : 'A',
          exits: exits[index] ?? 'scanned',
        }))
        .filter(({ code }) => code !== takenAway),
      visitRules: rules,
    }),
  );

export const fairFacts = fc
  .record({ first: settings, revisions: fc.array(settings, { maxLength: 2 }) })
  .map(({ first, revisions }): Made[] => [
    made(`fair-${fair}`, 'FairCreated', { fair, settings: first, passKey: 'k'.repeat(43) }),
    ...revisions.map((revised, index) =>
      made(`fair-${fair}`, 'FairRevised', { fair, revision: named('other', index), settings: revised }),
    ),
  ]);

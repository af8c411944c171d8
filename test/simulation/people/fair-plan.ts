import type { z } from 'zod';
import { FairSettings } from '../../../events/fair.ts';
import type { Chance } from '../../../src/demo/plan/chance.ts';
import type { Pass } from '../truth/deed.ts';

/** What everybody knows of the fair before it begins. */
export type FairPlan = {
  readonly fair: string;
  readonly settings: FairSettings;
  readonly passes: readonly Pass[];
  readonly groups: readonly { readonly id: string }[];
  /** Passes that were revoked, as the gates hear in the end. */
  readonly knownRevoked: Set<string>;
};

export const days = ['2026-04-21', '2026-04-22', '2026-04-23'] as const;

/** The moment of a time of day on one of the fair's days, counted from 0; ms since 1970. */
export const momentAt = (day: number, time: string): number =>
  Date.parse(`${days[0]}T${time}:00+07:00`) + day * 86_400_000;

const rules: readonly z.input<typeof FairSettings>['visitRules'][number]['rule'][] = [
  { kind: 'per-day' },
  { kind: 'per-entry' },
  { kind: 'per-hours', hours: 2 },
  { kind: 'per-hours', hours: 24 },
];

/** Two sites, three gates, and rules of chance; `later` perhaps a gate fewer, or one at the other site. */
export function settingsBy(chance: Chance, when: 'first' | 'later'): FairSettings {
  const change = when === 'first' ? 'none' : chance.pick(['none', 'away', 'moved']);
  const rule = () => chance.pickAny(rules) ?? { kind: 'per-day' as const };
  const exits = () => (chance.happens(0.5) ? ('scanned' as const) : ('not-scanned' as const));
  const afterwards = chance.happens(0.3) ? [{ from: days[1], rule: rule() }] : [];
  return FairSettings.parse({
    name: { vi: 'Hội sách giả định' },
    province: '24',
    days: [...days],
    opens: '07:00',
    closes: chance.pick(['20:00', '22:00']),
    sites: [
      { code: 'A', name: 'Quảng trường', capacity: 500 },
      { code: 'B', name: 'Thư viện' },
    ],
    gates: [
      { code: 'G1', name: 'Cổng chính', site: 'A', exits: exits() },
      { code: 'G2', name: 'Cổng phụ', site: change === 'moved' ? 'B' : 'A', exits: exits() },
      { code: 'G3', name: 'Cổng thư viện', site: 'B', exits: exits() },
    ].filter(({ code }) => change !== 'away' || code !== 'G2'),
    visitRules: [{ from: days[0], rule: rule() }, ...afterwards],
  });
}

import type { FairSettings } from '../../../events/fair.ts';
import { closes, fairDays, opens } from './calendar.ts';
import type { PlanOptions } from './options.ts';

export const site = 'QT';

/** Gates with their share of the visitors; only the last one is wide enough to scan people on their way out. */
export const gates = [
  { code: 'G1', name: 'Cổng chính', exits: 'not-scanned', share: 5 },
  { code: 'G2', name: 'Cổng phía Đông', exits: 'not-scanned', share: 3 },
  { code: 'G3', name: 'Cổng thư viện', exits: 'scanned', share: 2 },
] as const;
export type GateCode = (typeof gates)[number]['code'];

/** Two-digit code of Bắc Ninh in the list of provinces that was in force in April 2022. */
export const hostProvince = '27';

/** What the organiser settled before the fair opened. */
export const fairSettings = (options: PlanOptions): FairSettings => ({
  name: { vi: 'Hội sách Bắc Ninh 2022', en: 'Bắc Ninh Book Fair 2022' },
  province: hostProvince,
  address: 'Quảng trường trung tâm, thành phố Bắc Ninh',
  days: [...fairDays],
  opens,
  closes,
  sites: [{ code: site, name: 'Quảng trường trung tâm', capacity: 4_000 }],
  gates: gates.map(({ code, name, exits }) => ({
    code,
    name,
    site,
    exits,
    posterPassesPerMinuteMax: 60,
    poster: 'print' as const,
  })),
  visitRules: [{ from: fairDays[0], rule: { kind: 'per-day' } }],
  lastYear: { visits: Math.round(options.visits * 0.8), 'copies-declared': Math.round(options.copies * 0.7) },
});

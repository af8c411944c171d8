import type { FairSettings } from '../../../../events/fair.ts';
import { momentOf } from '../../../../src/domain/local-time.ts';

export const site = 'QT';
export const days = ['2025-04-17', '2025-04-18', '2025-04-19', '2025-04-20', '2025-04-21'] as const;
const opens = '07:30';
export const closes = '21:30';

/** Nobody is scanned on the way out but at the last one. */
export const gates = ['G1', 'G2', 'G3'] as const;
export type GateCode = (typeof gates)[number];
export const exitGate: GateCode = 'G3';

export const settings: FairSettings = {
  name: { vi: 'Hội sách tỉnh', en: 'Provincial book fair' },
  province: '24',
  days: [...days],
  opens,
  closes,
  sites: [{ code: site, name: 'Quảng trường trung tâm', capacity: 4000 }],
  gates: gates.map((code) => ({
    code,
    name: `Cổng ${code}`,
    site,
    exits: code === exitGate ? ('scanned' as const) : ('not-scanned' as const),
    posterPassesPerMinuteMax: 60,
    poster: 'print' as const,
  })),
  visitRules: [{ from: days[0], rule: { kind: 'per-day' } }],
};

/** When the first application may come, in ms since 1970. */
export const announcedAt = momentOf('2025-03-01', '08:00');
export const openedAt = momentOf(days[0], opens);

/** The moment of the n-th of so many things that are spread over the opening hours, and its day. */
export function momentAmong(index: number, count: number): { readonly at: number; readonly day: number } {
  const elapsed = (index * days.length) / count;
  const day = Math.floor(elapsed);
  const [from, to] = [momentOf(days[day] ?? '', opens), momentOf(days[day] ?? '', closes)];
  return { at: from + Math.floor((elapsed - day) * (to - from)), day };
}

/** @param day index among the days of the fair */
export const momentOfOpening = (day: number): number => momentOf(days[day] ?? '', opens);

export const momentOfClosing = (day: number): number => momentOf(days[day] ?? '', closes);

import { FairSettings } from '../../events/fair.ts';
import { type Asked, type TestFair, textIn } from './harness.ts';

/** Settings that any fair can have. */
export const someSettings = (name = 'Hội Sách thử') => ({
  name: { vi: name },
  province: '24',
  days: ['2026-04-21', '2026-04-22'],
  sites: [{ code: 'A', name: 'Quảng trường' }],
  gates: [
    { code: 'G1', name: 'Cổng chính', site: 'A', exits: 'scanned', poster: 'print' },
    { code: 'G2', name: 'Cổng phụ', site: 'A', exits: 'not-scanned' },
  ],
  visitRules: [{ from: '2026-04-21', rule: { kind: 'per-day' } }],
});

/** The same as they are kept. */
export const keptSettings = (name?: string) => FairSettings.parse(someSettings(name));

/** The token of a fresh public pass. */
export async function freshToken(fair: TestFair, wanted: object = {}): Promise<string> {
  return textIn(await takePass(fair, wanted), 'token');
}

export const takePass = (fair: TestFair, wanted: object = {}): Promise<Asked> =>
  fair.ask('POST', `/api/fairs/${fair.fair}/public-passes`, { body: wanted });

/** What a gate device sends about a code that it read now. */
export const scanBody = (fair: TestFair, code: { token: string } | { shortCode: string }, more: object = {}) => ({
  ...code,
  gate: 'G2',
  direction: 'in',
  occurredAt: fair.clock.now,
  sentAt: fair.clock.now,
  ...more,
});

/** Scans as the standing gate device. */
export async function scans(
  fair: TestFair,
  body: object,
  { scan = fair.id() }: { scan?: string } = {},
): Promise<Asked> {
  return fair.ask('PUT', `/api/fairs/${fair.fair}/scans/${scan}`, { as: 'device', body });
}

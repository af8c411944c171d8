import { localDay } from '../../src/domain/local-time.ts';
import { type About, type Answer, ask, done, newId, textIn } from './asking.ts';
import type { Spine } from './place.ts';

/** A fair that is on, with a gate's device that was enrolled as a phone is, and people of other roles. */
export type OpenFair = {
  readonly fair: string;
  readonly settings: object;
  readonly tokens: { readonly owner: string; readonly organiser: string; readonly viewer: string };
  readonly device: { readonly id: string; readonly token: string };
  /** Asks below `/api/fairs/{fair}`. */
  readonly ask: (method: string, path: string, about?: About) => Promise<Answer>;
  /** The same, where anything but 200 fails the test. */
  readonly done: (method: string, path: string, about?: About) => Promise<unknown>;
};

const dayMs = 86_400_000;

export async function openFair({ origin, owner }: Spine): Promise<OpenFair> {
  const fair = newId();
  const now = Date.now();
  const settings = {
    name: { vi: 'Ngày Sách và Văn hóa đọc', en: 'Book and Reading Culture Day' },
    province: '24',
    // Tomorrow too, for tests that run over midnight.
    days: [localDay(now), localDay(now + dayMs)],
    sites: [{ code: 'A', name: 'Quảng trường', capacity: 5000 }],
    gates: [{ code: 'G1', name: 'Cổng chính', site: 'A', exits: 'scanned' }],
    visitRules: [{ from: localDay(now), rule: { kind: 'per-day' } }],
  };
  const below = `/api/fairs/${fair}`;
  await done(origin, 'PUT', below, { token: owner, body: settings });
  const tokenOf = async (role: string): Promise<string> =>
    textIn(
      await done(origin, 'PUT', `${below}/tokens/${newId()}`, { token: owner, body: { role, as: 'token' } }),
      'secret',
    );
  const organiser = await tokenOf('organiser');
  const device = newId();
  await done(origin, 'PUT', `${below}/devices/${device}`, {
    token: organiser,
    body: { label: 'Máy quét cổng chính', gate: 'G1' },
  });
  const offered = await done(origin, 'PUT', `${below}/devices/${device}/enrolments/${newId()}`, {
    token: organiser,
    body: {},
  });
  const enrolled = await done(origin, 'POST', '/api/enrolments', { body: { secret: textIn(offered, 'secret') } });
  return {
    fair,
    settings,
    tokens: { owner, organiser, viewer: await tokenOf('viewer') },
    device: { id: device, token: textIn(enrolled, 'token') },
    ask: (method, path, about) => ask(origin, method, `${below}${path}`, about),
    done: (method, path, about) => done(origin, method, `${below}${path}`, about),
  };
}

/** When something happens and is sent: now. */
export const times = (): { readonly occurredAt: number; readonly sentAt: number } => {
  const now = Date.now();
  return { occurredAt: now, sentAt: now };
};

/** A printed pass, and the body of its scan at the gate. */
export async function aPass(
  { done, tokens }: OpenFair,
  { category = 'individual', partySize = 1 }: { readonly category?: string; readonly partySize?: number } = {},
): Promise<{ readonly pass: string; readonly token: string; readonly shortCode: string }> {
  const pass = newId();
  const body = await done('PUT', `/passes/${pass}`, { token: tokens.organiser, body: { category, partySize } });
  return { pass, token: textIn(body, 'token'), shortCode: textIn(body, 'shortCode') };
}

export const scanOf = (token: string) => ({ token, gate: 'G1', direction: 'in', ...times() });

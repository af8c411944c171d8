import { z } from 'zod';
import { Chance } from '../plan/chance.ts';
import type { Plan } from '../plan/plan.ts';
import type { Scenario } from '../scenarios.ts';
import type { Issued } from '../sending/write.ts';
import { clientOf } from '../server/client.ts';
import type { Server } from '../server/server-process.ts';
import { forEach } from './at-once.ts';
import { openBooths } from './booths.ts';
import { enrolDevices, handOutPasses, type Organiser, registerGroups } from './gates.ts';
import { becomeOwner, giveToken } from './owner.ts';

export type OpenFair = {
  readonly issued: Issued;
  /** Sees single facts, sales included. */
  readonly auditor: string;
  /** A token for each live board. */
  readonly boards: readonly string[];
  /** Of the last fact of the set-up. */
  readonly position: number;
};

const site = 'QT';
const dayMs = 86_400_000;

/** Everything before the gates open, over the public interface, each caller with a credential of its own. */
export async function setUpFair(
  server: Server,
  { scenario, plan, signal }: { readonly scenario: Scenario; readonly plan: Plan; readonly signal: AbortSignal },
): Promise<OpenFair> {
  let position = 0;
  const onPosition = (named: number) => (position = Math.max(position, named));
  const ask = clientOf({ origin: server.origin, signal, onPosition });
  const headers = await becomeOwner(server);
  const { fair } = plan;
  const chance = new Chance(fair, 'set-up');
  const newId = () => chance.id(Date.now());
  const settings = settingsOf(scenario);
  await ask(z.object({}), { method: 'PUT', path: `/api/fairs/${fair}`, headers, body: settings });
  const give = (role: string) => giveToken(ask, { fair, id: newId(), role }, { headers });
  const organiser: Organiser = { ask, fair, newId, token: await give('organiser') };
  const devices = await enrolDevices(organiser, plan);
  await registerGroups(organiser, plan, { day: settings.days[0], site });
  const passes = await handOutPasses(organiser, plan);
  const booths = await openBooths(organiser, plan);
  return {
    issued: { devices, booths, passes, viewer: await give('viewer') },
    auditor: await give('auditor'),
    boards: await forEach(Array.from({ length: scenario.boards }), () => give('viewer')),
    position,
  };
}

/** Two days, so that midnight may pass; the gates never close, as a load has no hours. */
function settingsOf({ gates, about }: Scenario) {
  const days = [Date.now(), Date.now() + dayMs].map((ms) => new Date(ms + 7 * 3_600_000).toISOString().slice(0, 10));
  const [today = '', tomorrow = ''] = days;
  return {
    name: { vi: 'Hội sách thử tải', en: about.slice(0, 200) },
    province: '27',
    days: [today, tomorrow],
    opens: '00:00',
    closes: '23:59',
    sites: [{ code: site, name: 'Quảng trường trung tâm', capacity: 4_000 }],
    gates: gates.map(({ code, exits }) => ({ code, name: `Cổng ${code}`, site, exits })),
    visitRules: [{ from: today, rule: { kind: 'per-day' } }],
  } as const;
}

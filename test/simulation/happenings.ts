import type { Chance } from '../../src/demo/plan/chance.ts';
import { momentAt } from './people/fair-plan.ts';
import type { Office } from './people/office.ts';
import type { Outage } from './people/phone.ts';
import type { Scanner, Together } from './people/scanner.ts';
import type { Till } from './people/till.ts';
import type { Pass, Shown } from './truth/deed.ts';
import type { Timeline } from './world/timeline.ts';

const minute = 60_000;
const hour = 60 * minute;

/** From here on the network is kind, whatever waits is sent, and nothing new is done. */
export const settling = momentAt(4, '02:00');

export type People = {
  readonly scanners: readonly Scanner[];
  readonly tills: readonly Till[];
  readonly office: Office;
  /** Texts that are no pass of this fair. */
  readonly foreign: string;
};

/** Plans what everybody does, on all days: little for hours, and then much at once about the same few passes. */
export function planHappenings(timeline: Timeline, people: People, together: Together): void {
  const { chance } = together;
  let number = 0;
  const plan = (at: number, happen: () => void) => {
    number += 1;
    timeline.plan(at, `happening ${String(number).padStart(5, '0')}`, happen);
  };
  for (let crowds = chance.between(5, 9); crowds > 0; crowds -= 1) planCrowd(plan, people, together);
  for (let restarts = chance.between(1, 4); restarts > 0; restarts -= 1) {
    const somebody = chance.pickAny([...people.scanners, ...people.tills]);
    plan(someTime(chance), () => somebody?.restart());
  }
  planOffice(plan, people.office, chance);
}

type Plan = (at: number, happen: () => void) => void;

const someTime = (chance: Chance): number =>
  momentAt(chance.between(0, 2), chance.pick(['07:30', '11:00', '19:50', '21:40', '23:50'])) +
  chance.between(0, 40 * minute);

/** Minutes in which a few people at several gates and booths do a lot. */
function planCrowd(plan: Plan, people: People, together: Together): void {
  const { chance } = together;
  const from = someTime(chance);
  const lastsMs = chance.pick([3000, minute, 8 * minute, 25 * minute]);
  const pass = chance.pickAny(together.plan.passes);
  for (let acts = chance.between(5, 16); acts > 0; acts -= 1)
    plan(from + chance.between(0, lastsMs), () => act(people, together, pass));
}

function act({ scanners, tills, foreign }: People, { chance, plan }: Together, often: Pass | undefined): void {
  const scanner = chance.pickAny(scanners);
  const till = chance.pickAny(tills);
  const pass = chance.happens(0.7) ? often : chance.pickAny(plan.passes);
  const direction = chance.happens(0.75) ? ('in' as const) : ('out' as const);
  const scan = (shown: Shown, asks = false) => scanner?.scan(shown, direction, asks);
  chance.weighted<() => void>([
    [() => pass && scan({ is: 'pass', pass, as: chance.happens(0.15) ? 'shortCode' : 'token' }), 40],
    [() => pass && scan({ is: 'pass', pass, as: 'token' }, true), 8],
    [() => scan(noPass(foreign, chance), chance.happens(0.2)), 5],
    [() => scanner?.undo(), 10],
    [() => scanner?.countWalkIns(), 8],
    [() => scanner?.countGroup(), 5],
    [() => scanner?.switchGate(), 3],
    [() => till?.sell(), 8],
    [() => till?.takeBack(), 5],
    [() => till?.stock(), 4],
    [() => till?.state(), 4],
    [() => till?.undo(), 5],
  ])();
}

const noPass = (foreign: string, chance: Chance): Shown =>
  chance.weighted<Shown>([
    [{ is: 'no-pass', text: foreign, reason: 'other-fair' }, 3],
    [{ is: 'no-pass', text: 'https://example.com/ve', reason: 'unknown-pass' }, 3],
    [{ is: 'unknown-code', text: 'ABCD-1234', reason: 'unknown-pass' }, 2],
    [{ is: 'never-kept', text: '001099012345|123456789|Nguyễn Văn A' }, 1],
    [{ is: 'never-kept', text: '00020101021138540010A00000072701240006970436' }, 1],
  ]);

function planOffice(plan: Plan, office: Office, chance: Chance): void {
  for (let times = chance.between(0, 3); times > 0; times -= 1) plan(someTime(chance), () => office.acceptScan());
  if (chance.happens(0.5)) plan(someTime(chance), () => office.revokePass());
  if (chance.happens(0.4)) plan(someTime(chance), () => office.correct());
  if (chance.happens(0.3)) plan(someTime(chance), () => office.revise());
  if (chance.happens(0.4)) return;
  const closing = momentAt(2, '18:00') + chance.between(0, 8 * hour);
  plan(closing, () => office.close());
  if (chance.happens(0.35)) return;
  const reopening = closing + chance.between(minute, 10 * hour);
  plan(reopening, () => office.reopen());
  if (chance.happens(0.4)) plan(reopening + chance.between(minute, 8 * hour), () => office.close());
}

/** When a phone has no network: minutes, or nearly a whole day. */
export function outagesBy(chance: Chance): Outage[] {
  return Array.from({ length: chance.between(0, 2) }, () => {
    const from = someTime(chance) - chance.between(0, hour);
    const lastsMs = chance.weighted([
      [20 * minute, 3],
      [3 * hour, 3],
      [23 * hour, 2],
    ]);
    return { from, to: from + lastsMs };
  });
}

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { toFairEvent } from '../../events/catalogue.ts';
import { loadApplication } from '../../src/commands/applications.ts';
import { assignBooth } from '../../src/commands/assign-booth.ts';
import { boothStream } from '../../src/commands/ids.ts';
import { planBooth } from '../../src/commands/plan-booth.ts';
import { releaseBooth } from '../../src/commands/release-booth.ts';
import { reviewApplication } from '../../src/commands/review-application.ts';
import { stepApplication } from '../../src/commands/step-application.ts';
import { boothsHeld, mayHoldBooth } from '../../src/domain/application.ts';
import { type Booth, evolveBooth, unplannedBooth } from '../../src/domain/booth.ts';
import type { ReactionPorts } from '../../src/reactions/follow.ts';
import { react, toReactTo } from '../../src/reactions/react.ts';
import { approvedExhibitor, noVault } from '../support/exhibitors.ts';
import { fairId, idOf } from '../support/facts.ts';
import { type FairLog, fairLog } from '../support/fair-log.ts';

const exhibitors = [idOf(0xe1), idOf(0xe2)];
const booths = ['A1', 'A2', 'A3'];
const plan = { site: 'A', type: 'standard' as const, column: 1, row: 1, width: 1, height: 1 };

/** What people do, and reactions that come when they come: to any fact so far, again and again. */
const happenings = fc.array(
  fc.record({
    what: fc.oneof(
      { weight: 6, arbitrary: fc.constant('react' as const) },
      { weight: 4, arbitrary: fc.constantFrom('assign', 'assign', 'absent', 'approve') },
      { weight: 1, arbitrary: fc.constantFrom('release', 'withdraw', 'present', 'cancel') },
    ),
    exhibitor: fc.constantFrom(...exhibitors),
    booth: fc.constantFrom(...booths),
    fact: fc.nat(),
  }),
  { maxLength: 60, size: 'max' },
);
type Happening = typeof happenings extends fc.Arbitrary<(infer Each)[]> ? Each : never;

it('booths and applications agree in the end, whoever did what and whenever reactions came', async () => {
  await fc.assert(
    fc.asyncProperty(happenings, fc.infiniteStream(fc.nat()), async (each, order) => {
      const log = await fairLog();
      const reactedTo = new Set<number>();
      const ports = { ...log, clock: () => log.clock.now, revokeDevice: () => Promise.resolve() };
      for (const exhibitor of exhibitors) await approvedExhibitor(log, exhibitor);
      for (const booth of booths) await planBooth(log, log.as(), { booth, plan });
      for (const [number, happening] of each.entries()) {
        await happen(log, idOf(number), happening);
        if (happening.what === 'react') await reactToAny(ports, reactedTo, happening.fact);
      }
      await reactToTheRest(ports, reactedTo, order);
      expect(await heldByBooths(log)).toEqual(await heldByApplications(log));
      expect(await endedHolders(log)).toEqual([]);
      expect(await heldByBooths(log)).toEqual(expect.arrayContaining(await undisputed(log)));
    }),
    { numRuns: 200 },
  );
});

async function happen(log: FairLog, id: string, { what, exhibitor, booth }: Happening): Promise<void> {
  const about = { application: exhibitor, id };
  const step = { ...log, vault: noVault };
  if (what === 'assign') await assignBooth(log, log.as(), { booth, assignment: id, exhibitor });
  if (what === 'approve')
    await reviewApplication(log, log.as(), { application: exhibitor, review: id, decision: 'approve' });
  if (what === 'withdraw') await stepApplication(step, log.as(), { ...about, step: 'withdrawn' });
  if (what === 'cancel') await stepApplication(step, log.as(), { ...about, step: 'cancelled', reason: 'vi phạm' });
  if (what === 'absent' || what === 'present') await stepApplication(step, log.as(), { ...about, step: what });
  if (what === 'release') await releaseWhateverStands(log, id, booth);
}

async function releaseWhateverStands(log: FairLog, release: string, booth: string): Promise<void> {
  const now = await boothNow(log, booth);
  if (now.status !== 'assigned') return;
  await releaseBooth(log, log.as(), { booth, release, assignment: now.assignment, reason: 'đổi chỗ' });
}

async function reactToAny(ports: ReactionPorts, reactedTo: Set<number>, chance: number): Promise<void> {
  const facts = await ports.store.read(0, 1000);
  const stored = facts[chance % facts.length];
  const event = stored && toReactTo(stored);
  if (event) await react(event, ports);
  if (stored) reactedTo.add(stored.position);
}

/** Every fact is reacted to at least once: all that a runner promises. The order is any. */
async function reactToTheRest(ports: ReactionPorts, reactedTo: Set<number>, order: fc.Stream<number>): Promise<void> {
  const rest = (await ports.store.read(0, 1000)).filter(({ position }) => !reactedTo.has(position));
  const stored = rest[(order.next().value ?? 0) % rest.length];
  if (!stored) return;
  const event = toReactTo(stored);
  if (event) await react(event, ports);
  await reactToTheRest(ports, reactedTo.add(stored.position), order);
}

/** Assignments that nobody ended, and whose exhibitor never left after them. */
async function undisputed(log: FairLog): Promise<string[]> {
  const facts = (await log.store.read(0, 1000)).map(toFairEvent);
  return facts.flatMap((assigned) => {
    if (assigned.type !== 'BoothAssigned') return [];
    const { exhibitor, booth, assignment } = assigned.data;
    const isDisputed = facts.some(
      (fact) =>
        (fact.type === 'BoothReleased' && fact.data.assignment === assignment && fact.meta.actor.role !== 'system') ||
        (ends.includes(fact.type) &&
          'application' in fact.data &&
          fact.data.application === exhibitor &&
          fact.position > assigned.position),
    );
    return isDisputed ? [] : `${exhibitor} ${booth} ${assignment}`;
  });
}

const ends: readonly string[] = ['ApplicationWithdrawn', 'ApplicationCancelled', 'ExhibitorAbsent'];

async function boothNow(log: FairLog, booth: string): Promise<Booth> {
  const [events = []] = await log.store.load([{ stream: boothStream(fairId, booth), afterVersion: 0 }]);
  return events.map(toFairEvent).reduce(evolveBooth, unplannedBooth);
}

async function heldByBooths(log: FairLog): Promise<string[]> {
  const now = await Promise.all(booths.map(async (booth) => ({ booth, ...(await boothNow(log, booth)) })));
  return now
    .flatMap((each) => (each.status === 'assigned' ? `${each.exhibitor} ${each.booth} ${each.assignment}` : []))
    .toSorted();
}

/** Applications that hold a booth and may not. */
async function endedHolders(log: FairLog): Promise<string[]> {
  const applications = await Promise.all(exhibitors.map((exhibitor) => loadApplication(log, fairId, exhibitor)));
  return applications.flatMap((application) =>
    application.status !== 'unknown' && boothsHeld(application).length > 0 && !mayHoldBooth(application)
      ? application.status
      : [],
  );
}

async function heldByApplications(log: FairLog): Promise<string[]> {
  const held = exhibitors.map(async (exhibitor) => {
    const application = await loadApplication(log, fairId, exhibitor);
    return application.status === 'unknown'
      ? []
      : boothsHeld(application).map(({ booth, assignment }) => `${exhibitor} ${booth} ${assignment}`);
  });
  return (await Promise.all(held)).flat().toSorted();
}

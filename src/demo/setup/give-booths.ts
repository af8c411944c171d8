import { setTimeout as sleep } from 'node:timers/promises';
import { Application, ApplicationFollowed, type StepName } from '../../contract/applications.ts';
import { BoothAssigned, BoothChanged, BoothPlanned } from '../../contract/booths.ts';
import { inParallel } from '../in-parallel.ts';
import type { Booth } from '../plan/books/booths.ts';
import type { Exhibitor } from '../plan/books/exhibitors.ts';
import { morning } from '../plan/calendar.ts';
import { expectDone } from './expect-done.ts';
import type { Setup } from './open-fair.ts';

const atOnce = 8;

/** Draws the plan, gives the booths out, and waits until every application knows of its own. */
export async function giveBooths(setup: Setup, organiser: string): Promise<void> {
  const { booths, exhibitors } = setup.plan.books;
  await inParallel(booths, { atOnce }, (booth) => giveBooth(booth, setup, organiser));
  await inParallel(exhibitors, { atOnce }, (exhibitor) => untilTold(exhibitor, setup, organiser));
}

async function giveBooth(
  { code, plan, kept, assignment }: Booth,
  { client, ids }: Setup,
  token: string,
): Promise<void> {
  expectDone(await client.put(`booths/${code}`, BoothPlanned, { body: plan, token }), code);
  if (kept !== 'available') {
    const path = `booths/${code}/changes/${ids('booth-change', code, morning)}`;
    expectDone(await client.put(path, BoothChanged, { body: { state: kept }, token }), code);
  }
  if (!assignment) return;
  const { id, exhibitor } = assignment;
  expectDone(await client.put(`booths/${code}/assignments/${id}`, BoothAssigned, { body: { exhibitor }, token }), code);
}

const pauseMs = 50;
const waitsMax = 400;

/** The booth's stream decides, and a reaction tells the application; after that its way goes on. */
async function untilTold({ id, booths }: Exhibitor, { client }: Setup, token: string): Promise<void> {
  for (let waits = 0; waits < waitsMax; waits += 1) {
    const { booths: told, status } = await client.get(`applications/${id}`, Application, { token });
    if (told.length >= booths || ended.has(status)) return;
    await sleep(pauseMs);
  }
  throw new Error(`the application ${id} was not told of its ${booths} booths`);
}

/** On a second run some have gone already. */
const ended = new Set(['withdrawn', 'absent']);

/** Applicants confirm; later one of them withdraws after all. */
export const confirmParticipation = (setup: Setup): Promise<void> =>
  stepBy(setup, { way: ['present', 'absent'], step: 'confirmed' });

export const withdraw = (setup: Setup): Promise<void> => stepBy(setup, { way: ['withdrawn'], step: 'withdrawn' });

/** On the first morning the organiser sees who has taken over its booth and who has not come. */
export async function lookRound(setup: Setup, organiser: string): Promise<void> {
  await stepBy(setup, { way: ['present'], step: 'present', organiser });
  await stepBy(setup, { way: ['absent'], step: 'absent', organiser });
}

type Stepping = { readonly way: readonly Exhibitor['way'][]; readonly step: StepName; readonly organiser?: string };

const stepBy = ({ client, plan, ids, issued }: Setup, { way, step, organiser }: Stepping): Promise<void> =>
  inParallel(
    plan.books.exhibitors.filter((exhibitor) => way.includes(exhibitor.way)),
    { atOnce },
    async ({ id }) => {
      const path = `applications/${id}/steps/${ids(step, id, morning)}`;
      const token = organiser ?? issued.links.get(id);
      expectDone(await client.put(path, ApplicationFollowed, { body: { step }, token }), id);
    },
  );

import { ApplicationFollowed, ApplicationRecorded } from '../../contract/applications.ts';
import { Token } from '../../contract/tokens.ts';
import { inParallel } from '../in-parallel.ts';
import { type Exhibitor, wasApproved } from '../plan/books/exhibitors.ts';
import { morning } from '../plan/calendar.ts';
import { expectDone } from './expect-done.ts';
import type { Setup } from './open-fair.ts';

const atOnce = 8;

/** Everybody applies by the public form and keeps the link that it gets. */
export const takeApplications = (setup: Setup): Promise<void> =>
  inParallel(setup.plan.books.exhibitors, { atOnce }, (exhibitor) => apply(exhibitor, setup));

async function apply(exhibitor: Exhibitor, { client, ids, issued }: Setup): Promise<void> {
  const { id, form } = exhibitor;
  const repeatKey = ids('repeat-key', id, morning);
  const body = { as: 'submitted', form, contact: contactOf(exhibitor), repeatKey };
  const { secret } = expectDone(await client.put(`applications/${id}`, ApplicationRecorded, { body }), id);
  if (secret === undefined) throw new Error(`the application ${id} got no link`);
  issued.links.set(id, secret);
}

/** Example addresses, so that nobody real is ever written to. */
const contactOf = ({ form, id }: Exhibitor) => ({
  name: `Đại diện ${form.shortName}`,
  email: `dai-dien-${id.slice(-6)}@example.com`,
  consents: [{ purpose: 'application', version: '2022-03' }],
});

/** The organiser asks some for changes, and they send their form again. */
export const askForChanges = (setup: Setup, organiser: string): Promise<void> =>
  inParallel(
    setup.plan.books.exhibitors.filter(({ review }) => review === 'after-changes'),
    { atOnce },
    async ({ id, form }) => {
      const { client, ids, issued } = setup;
      const review = { decision: 'request-changes', reason: 'Bổ sung số giấy phép phát hành' };
      await client.put(`applications/${id}/reviews/${ids('request-changes', id, morning)}`, ApplicationFollowed, {
        body: review,
        token: organiser,
      });
      const step = { step: 'resubmitted', form };
      await client.put(`applications/${id}/steps/${ids('resubmitted', id, morning)}`, ApplicationFollowed, {
        body: step,
        token: issued.links.get(id),
      });
    },
  );

const decisions = {
  declined: { decision: 'decline', reason: 'Không phải đơn vị xuất bản, phát hành' },
  waitlisted: { decision: 'waitlist' },
} as const;

/** The organiser approves, declines or puts on the waiting list. */
export const reviewApplications = (setup: Setup, organiser: string): Promise<void> =>
  inParallel(setup.plan.books.exhibitors, { atOnce }, async ({ id, way }) => {
    const { client, ids } = setup;
    const body = way === 'declined' || way === 'waitlisted' ? decisions[way] : { decision: 'approve' };
    const path = `applications/${id}/reviews/${ids('review', id, morning)}`;
    expectDone(await client.put(path, ApplicationFollowed, { body, token: organiser }), id);
  });

/** Whoever was approved makes, by its own link, a token for the phone at the booth. */
export const makeBoothTokens = (setup: Setup): Promise<void> =>
  inParallel(setup.plan.books.exhibitors.filter(wasApproved), { atOnce }, async ({ id }) => {
    const { client, ids, issued } = setup;
    const body = { role: 'exhibitor', exhibitor: id, as: 'token' };
    const path = `tokens/${ids('exhibitor-token', id, morning)}`;
    issued.tokens.set(id, (await client.put(path, Token, { body, token: issued.links.get(id) })).secret);
  });

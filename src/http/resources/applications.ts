import { apply } from '../../commands/apply.ts';
import { applicationsQueue } from '../../../projections/desk/queries.ts';
import { readApplication } from '../../commands/read-application.ts';
import { timeText } from '../../commands/recorded.ts';
import { reviewApplication } from '../../commands/review-application.ts';
import { stepApplication } from '../../commands/step-application.ts';
import {
  applicantSteps,
  Application,
  ApplicationBody,
  ApplicationFollowed,
  ApplicationRecorded,
  ApplicationsPage,
  QueueQuery,
  ReviewBody,
  StepBody,
} from '../../contract/applications.ts';
import type { Caller } from '../caller.ts';
import { ownLink, submitterOf } from '../own-link.ts';
import { Problem } from '../problems.ts';
import { pageOf, projected } from '../projected.ts';
import { afterPosition } from '../reached.ts';
import { answer, ok } from '../reply.ts';
import { noQuery, readInFair, type Route, writeInFair } from '../route.ts';

const submit = writeInFair({
  method: 'put',
  path: '/api/fairs/{fair}/applications/{application}',
  summary: 'Apply for a booth (phiếu đăng ký tham gia), as a draft or to be reviewed',
  may: ['public'],
  body: ApplicationBody,
  answer: ApplicationRecorded,
  handle: async ({ params: { fair, application }, body, context, caller, request }, ports) => {
    const { repeatKey, ...told } = body;
    const submitter = submitterOf(caller, repeatKey);
    const handled = await apply(ports, context, { application, ...told, submitter });
    if (handled.kind !== 'recorded' || isOrganiser(caller)) return answer(handled);
    const link = await ownLink(ports, request, { role: 'application-link', fair, subject: application });
    return answer({ ...handled, answer: { ...handled.answer, ...link } });
  },
});

const review = writeInFair({
  method: 'put',
  path: '/api/fairs/{fair}/applications/{application}/reviews/{review}',
  summary: 'Approve, decline, put on the waiting list, or ask for changes',
  may: ['organiser'],
  body: ReviewBody,
  answer: ApplicationFollowed,
  handle: async ({ params, body, context }, ports) =>
    answer(
      await reviewApplication(ports, context, { application: params.application, review: params.review, ...body }),
    ),
});

/** An organiser takes an applicant's steps too: much of it is told on the telephone. The fact says who took it. */
const step = writeInFair({
  method: 'put',
  path: '/api/fairs/{fair}/applications/{application}/steps/{step}',
  summary: 'Take an application one step further',
  may: ['application-link', 'exhibitor', 'organiser'],
  own: 'application',
  body: StepBody,
  answer: ApplicationFollowed,
  handle: async ({ params, body, context, caller }, ports) => {
    if (!applicantSteps.includes(body.step) && !isOrganiser(caller)) throw new Problem('forbidden');
    return answer(await stepApplication(ports, context, { application: params.application, id: params.step, ...body }));
  },
});

const read = readInFair({
  path: '/api/fairs/{fair}/applications/{application}',
  summary: 'Where an application stands, and the way it came',
  may: ['application-link', 'exhibitor', 'till', 'organiser'],
  own: 'application',
  query: noQuery,
  answer: Application,
  handle: async ({ params: { fair, application }, caller }, ports) => {
    const found = await readApplication(ports, fair, application);
    if (!found) throw new Problem('not-found');
    const { representative, ...rest } = found;
    // A till sells, often in the hands of somebody hired for the day: it has no need of who represents its exhibitor.
    const isTold = representative !== null && caller.actor.role !== 'till';
    const contact = isTold ? await ports.vault.get(fair, representative) : undefined;
    return ok({ application, ...rest, contact: contact ?? null });
  },
});

const queue = readInFair({
  path: '/api/fairs/{fair}/applications',
  summary: 'The queue of applications, the oldest first',
  may: ['organiser'],
  query: QueueQuery.extend(afterPosition),
  answer: ApplicationsPage,
  handle: async ({ params: { fair }, query: { status, from, limit, after } }, ports) => {
    const page = await projected(ports, { fair, after }, async ({ desk }) =>
      pageOf(await applicationsQueue(desk, fair, { status, from, limit: limit + 1 }), limit),
    );
    const applications = page.shown.map(({ changedAt, ...application }) => ({
      ...application,
      changedAt: timeText(changedAt),
    }));
    return ok({ position: page.position, applications, next: page.more?.position ?? null });
  },
});

const isOrganiser = ({ actor }: Caller): boolean => actor.role === 'organiser' || actor.role === 'owner';

export const applications: readonly Route[] = [submit, review, step, read, queue];

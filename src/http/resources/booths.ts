import { z } from 'zod';
import { type BoothOnPlan, boothPlan } from '../../../projections/desk/queries.ts';
import { assignBooth } from '../../commands/assign-booth.ts';
import { changeBooth } from '../../commands/change-booth.ts';
import { planBooth } from '../../commands/plan-booth.ts';
import { releaseBooth } from '../../commands/release-booth.ts';
import {
  AssignmentBody,
  BoothAssigned,
  BoothBody,
  BoothChangeBody,
  BoothChanged,
  BoothPlanned,
  BoothPlanRead,
  BoothReleased,
  ReleaseBody,
} from '../../contract/booths.ts';
import { Code } from '../../../events/fields.ts';
import { boundRoles, type Caller } from '../caller.ts';
import { projected } from '../projected.ts';
import { afterPosition } from '../reached.ts';
import { answer, ok } from '../reply.ts';
import { readInFair, type Route, writeInFair } from '../route.ts';

const plan = writeInFair({
  method: 'put',
  path: '/api/fairs/{fair}/booths/{code}',
  summary: 'Put a booth on the plan (sơ đồ gian hàng)',
  may: ['organiser'],
  params: { code: Code },
  body: BoothBody,
  answer: BoothPlanned,
  handle: async ({ params: { code }, body, context }, ports) =>
    answer(await planBooth(ports, context, { booth: code, plan: body })),
});

const change = writeInFair({
  method: 'put',
  path: '/api/fairs/{fair}/booths/{code}/changes/{change}',
  summary: 'Move a booth, reserve it, block it or make it available',
  may: ['organiser'],
  params: { code: Code },
  body: BoothChangeBody,
  answer: BoothChanged,
  handle: async ({ params, body, context }, ports) =>
    answer(await changeBooth(ports, context, { booth: params.code, change: params.change, ...body })),
});

const assign = writeInFair({
  method: 'put',
  path: '/api/fairs/{fair}/booths/{code}/assignments/{assignment}',
  summary: 'Give a booth to an exhibitor; of several who try, one wins',
  may: ['organiser'],
  params: { code: Code },
  body: AssignmentBody,
  answer: BoothAssigned,
  handle: async ({ params, body, context }, ports) =>
    answer(await assignBooth(ports, context, { booth: params.code, assignment: params.assignment, ...body })),
});

const release = writeInFair({
  method: 'put',
  path: '/api/fairs/{fair}/booths/{code}/releases/{release}',
  summary: 'End an assignment: the booth is available again',
  may: ['organiser'],
  params: { code: Code },
  body: ReleaseBody,
  answer: BoothReleased,
  handle: async ({ params, body, context }, ports) =>
    answer(await releaseBooth(ports, context, { booth: params.code, release: params.release, ...body })),
});

const read = readInFair({
  path: '/api/fairs/{fair}/booths',
  summary: 'The plan of booths, and whose each is; an exhibitor learns that of its own alone',
  may: ['viewer', 'organiser', 'auditor', 'application-link', 'exhibitor', 'till'],
  query: z.object(afterPosition),
  answer: BoothPlanRead,
  handle: async ({ params: { fair }, query: { after }, caller }, ports) =>
    ok(
      await projected(ports, { fair, after }, async ({ desk }) => ({
        booths: (await boothPlan(desk, fair)).map((booth) => asSeenBy(caller, booth)),
      })),
    ),
});

/** Who else has come, and where, is for the organiser to tell. */
const asSeenBy = ({ actor: { role, id } }: Caller, booth: BoothOnPlan): BoothOnPlan =>
  boundRoles.includes(role) && booth.exhibitor?.id !== id ? { ...booth, assignment: null, exhibitor: null } : booth;

export const booths: readonly Route[] = [plan, change, assign, release, read];

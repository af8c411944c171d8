import { changeGroup } from '../../commands/change-group.ts';
import { recordArrival } from '../../commands/record-arrival.ts';
import { registerGroup } from '../../commands/register-group.ts';
import {
  ArrivalBody,
  ArrivalRecorded,
  GroupBody,
  GroupChangeBody,
  GroupChanged,
  GroupRegistered,
} from '../../contract/groups.ts';
import { ownLink, submitterOf } from '../own-link.ts';
import { answer } from '../reply.ts';
import { type Route, writeInFair } from '../route.ts';

const register = writeInFair({
  method: 'put',
  path: '/api/fairs/{fair}/groups/{group}',
  summary: 'Register a school group (đoàn trường) for a time slot',
  may: ['public'],
  body: GroupBody,
  answer: GroupRegistered,
  handle: async ({ params: { fair, group }, body, context, caller, request }, ports) => {
    const { leader, repeatKey, ...details } = body;
    const submitter = submitterOf(caller, repeatKey);
    const handled = await registerGroup(ports, context, { group, details, leader, submitter });
    if (handled.kind !== 'recorded' || submitter === undefined) return answer(handled);
    const link = await ownLink(ports, request, { role: 'group-link', fair, subject: group });
    return answer({ ...handled, answer: { ...handled.answer, ...link } });
  },
});

const change = writeInFair({
  method: 'put',
  path: '/api/fairs/{fair}/groups/{group}/changes/{change}',
  summary: 'Replace what a group has registered',
  may: ['group-link', 'organiser'],
  own: 'group',
  body: GroupChangeBody,
  answer: GroupChanged,
  handle: async ({ params: { group, change: id }, body, context }, ports) =>
    answer(await changeGroup(ports, context, { group, change: id, details: body })),
});

export const arrival = writeInFair({
  method: 'put',
  path: '/api/fairs/{fair}/groups/{group}/arrivals/{arrival}',
  summary: 'Record how many of a group really came',
  may: ['device', 'organiser'],
  body: ArrivalBody,
  answer: ArrivalRecorded,
  handle: async ({ params, body, context }, ports) =>
    answer(await recordArrival(ports, context, { group: params.group, arrival: params.arrival, ...body })),
});

export const groups: readonly Route[] = [register, change, arrival];

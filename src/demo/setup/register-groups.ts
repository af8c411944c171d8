import { GroupChanged, GroupRegistered } from '../../contract/groups.ts';
import { inParallel } from '../in-parallel.ts';
import { morning } from '../plan/calendar.ts';
import type { Group } from '../plan/gate/groups.ts';
import { expectDone } from './expect-done.ts';
import type { Setup } from './open-fair.ts';

/** Teachers register their groups by themselves; some change their mind by the link that they got. */
export const registerGroups = (setup: Setup): Promise<void> =>
  inParallel(setup.plan.gate.groups, { atOnce: 8 }, (group) => registerGroup(group, setup));

async function registerGroup({ id, details, change }: Group, { client, ids }: Setup): Promise<void> {
  const leader = {
    name: 'Trưởng đoàn',
    email: `truong-doan-${id.slice(-6)}@example.com`,
    consents: [{ purpose: 'group-visit', version: '2022-03' }],
  };
  const { secret } = expectDone(
    await client.put(`groups/${id}`, GroupRegistered, {
      body: { ...details, leader, repeatKey: ids('repeat-key', id, morning) },
    }),
    id,
  );
  if (!change) return;
  if (secret === undefined) throw new Error(`the group ${id} got no link`);
  const path = `groups/${id}/changes/${change.id}`;
  expectDone(await client.put(path, GroupChanged, { body: change.details, token: secret }), id);
}

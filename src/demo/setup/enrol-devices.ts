import { DeviceRegistered } from '../../contract/devices.ts';
import { Enrolled, Enrolment } from '../../contract/enrolments.ts';
import type { Device } from '../plan/gate/devices.ts';
import { expectDone } from './expect-done.ts';
import type { Setup } from './open-fair.ts';

/** Registers every phone and enrols it with its one-time secret, unless it still has the token of an earlier run. */
export async function enrolDevices(setup: Setup, organiser: string): Promise<void> {
  const { client, issued } = setup;
  for (const device of setup.plan.gate.devices) {
    const { id, label, gate } = device;
    await client.put(`devices/${id}`, DeviceRegistered, { body: { label, gate }, token: organiser });
    if (!issued.tokens.has(id)) issued.tokens.set(id, await enrol(device, setup, organiser));
  }
  await setup.keepTokens();
}

/** Each enrolment is another one: a secret that was used is of no use to whoever lost the token. */
async function enrol({ id }: Device, { api, client, ids }: Setup, organiser: string): Promise<string> {
  const path = `devices/${id}/enrolments/${ids('enrolment', crypto.randomUUID(), Date.now())}`;
  const { secret } = await client.put(path, Enrolment, { body: {}, token: organiser });
  return expectDone(await api.send({ method: 'POST', path: '/api/enrolments', body: { secret } }, Enrolled), id).token;
}

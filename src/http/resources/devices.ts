import { moveDevice } from '../../commands/move-device.ts';
import { registerDevice } from '../../commands/register-device.ts';
import { revokeDevice } from '../../commands/revoke-device.ts';
import {
  DeviceBody,
  DeviceChangeBody,
  DeviceMoved,
  DeviceRegistered,
  DeviceRevocationBody,
  DeviceRevoked,
} from '../../contract/devices.ts';
import { answer } from '../reply.ts';
import { type Route, writeInFair } from '../route.ts';

const register = writeInFair({
  method: 'put',
  path: '/api/fairs/{fair}/devices/{device}',
  summary: 'Name a gate device and bind it to a gate',
  may: ['organiser'],
  body: DeviceBody,
  answer: DeviceRegistered,
  handle: async ({ params: { device }, body, context }, ports) =>
    answer(await registerDevice(ports, context, { device, ...body })),
});

const move = writeInFair({
  method: 'put',
  path: '/api/fairs/{fair}/devices/{device}/changes/{change}',
  summary: 'Bind a device to another gate',
  may: ['organiser', 'device'],
  own: 'device',
  body: DeviceChangeBody,
  answer: DeviceMoved,
  handle: async ({ params: { device, change }, body, context }, ports) =>
    answer(await moveDevice(ports, context, { device, change, ...body })),
});

/** Its token is dead before the answer is given; the reaction to this fact does the same should this node die first. */
const revoke = writeInFair({
  method: 'put',
  path: '/api/fairs/{fair}/devices/{device}/revocation',
  summary: 'Revoke a device for good',
  may: ['organiser'],
  body: DeviceRevocationBody,
  answer: DeviceRevoked,
  handle: async ({ params: { fair, device }, body, context }, ports) => {
    const handled = await revokeDevice(ports, context, { device, ...body });
    if (handled.kind === 'recorded') {
      await ports.credentials.revokeHolder({ fair, role: 'device', subject: device });
    }
    return answer(handled);
  },
});

export const devices: readonly Route[] = [register, move, revoke];

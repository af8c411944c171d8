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

/** Its token is dead as soon as the reaction to this fact has run. */
const revoke = writeInFair({
  method: 'put',
  path: '/api/fairs/{fair}/devices/{device}/revocation',
  summary: 'Revoke a device for good',
  may: ['organiser'],
  body: DeviceRevocationBody,
  answer: DeviceRevoked,
  handle: async ({ params: { device }, body, context }, ports) =>
    answer(await revokeDevice(ports, context, { device, ...body })),
});

export const devices: readonly Route[] = [register, move, revoke];

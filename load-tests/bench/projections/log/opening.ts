import type { Actor } from '../../../../events/envelope.ts';
import { fairStream, streamOf } from '../../../../src/commands/ids.ts';
import type { devicesOf } from './counters.ts';
import type { Maker } from './exhibitors.ts';
import { gates, settings, site } from './place.ts';
import type { Scribe } from './scribe.ts';

type World = {
  readonly scribe: Scribe;
  readonly organiser: Actor;
  readonly devices: ReturnType<typeof devicesOf>;
};

/** The fair, and the phones at its gates. */
export function openingMakers({ scribe, organiser, devices }: World): Maker[] {
  const { fair } = scribe;
  const common = (at: number) => ({ after: 0, actor: organiser, occurredAt: at, recordedAt: at });
  const created: Maker = (at) => {
    const data = { fair, settings, passKey: 'x'.repeat(43) };
    return scribe.write('FairCreated', data, { kind: 'fair', id: fair, stream: fairStream(fair), ...common(at) });
  };
  const registered = gates.flatMap((gate) =>
    devices[gate].flatMap((device, index): Maker[] => {
      const stream = streamOf(fair, 'device', device.id);
      const about = { kind: 'device', id: device.id, stream };
      const data = { device: device.id, label: `Cổng ${gate} ${index + 1}`, site, gate };
      return [
        (at) => scribe.write('DeviceRegistered', data, { ...about, ...common(at) }),
        (at) => {
          const enrolled = { ...about, ...common(at), kind: 'enrolment', after: 1, actor: device };
          return scribe.write('DeviceEnrolled', { device: device.id }, enrolled);
        },
      ];
    }),
  );
  return [created, ...registered];
}

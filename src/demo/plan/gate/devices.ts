import { morning } from '../calendar.ts';
import type { Chance } from '../chance.ts';
import { gates, type GateCode } from '../fair-settings.ts';
import type { FixedIds } from '../fixed-ids.ts';
import type { PlanOptions } from '../options.ts';
import { type Outage, outage } from '../outages.ts';

/** A volunteer's phone. Its clock is `skewSeconds` ahead of the true time; during an outage it decides by itself. */
export type Device = {
  readonly id: string;
  readonly label: string;
  readonly gate: GateCode;
  readonly skewSeconds: number;
  readonly outages: readonly Outage[];
};

/** One scanner copes with this many visits in a fair. */
const visitsPerScanner = 3_000;

/** Clocks that are right, nearly right, and wrong by up to five minutes (domain §7). */
const skews = [0, 184, -47, 300, -300, 12];

/** The second phone of each gate is where the network is bad; one of them comes back almost a day later. */
const outages: { readonly [Gate in GateCode]: readonly Outage[] } = {
  G1: [outage([0, '07:40'], [0, '09:10']), outage([2, '08:05'], [2, '12:00'])],
  G2: [outage([0, '13:55'], [1, '13:30']), outage([2, '15:00'], [2, '18:20'])],
  G3: [outage([0, '09:00'], [0, '11:00']), outage([1, '16:00'], [2, '08:10'])],
};

export function planDevices(options: PlanOptions, ids: FixedIds): Device[] {
  const perGate = Math.max(2, Math.ceil(options.visits / gates.length / visitsPerScanner) + 1);
  return gates.flatMap(({ code, name }, gate) =>
    Array.from({ length: perGate }, (_, number) => ({
      id: ids('device', `${code} ${number}`, morning),
      label: `${name} – máy ${number + 1}`,
      gate: code,
      skewSeconds: skews[(gate * perGate + number) % skews.length] ?? 0,
      outages: number === 1 ? outages[code] : [],
    })),
  );
}

/** Any of the phones at a gate. */
export function deviceAt(devices: readonly Device[], gate: GateCode, chance: Chance): Device {
  const device = chance.pickAny(devices.filter((each) => each.gate === gate));
  if (!device) throw new Error(`gate ${gate} has no device`);
  return device;
}

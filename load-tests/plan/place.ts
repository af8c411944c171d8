import type { Scenario } from '../scenarios.ts';
import type { Chance } from './chance.ts';
import type { Device } from './facts.ts';

/** The gates and the phones at them. */
export type Place = {
  readonly phones: readonly Device[];
  readonly isScannedOut: (gate: string) => boolean;
};

const skewSecondsMax = 300;

export function planPlace({ gates, devices, skewed }: Scenario, chance: Chance, moment: number): Place {
  const scanned = new Set(gates.filter(({ exits }) => exits === 'scanned').map(({ code }) => code));
  const phones = Array.from({ length: devices }, (_, index) => ({
    id: chance.id(moment),
    gate: (gates[index % gates.length] ?? gates[0]).code,
    skewSeconds: chance.happens(skewed) ? chance.between(-skewSecondsMax, skewSecondsMax) : 0,
  }));
  return { phones, isScannedOut: (gate) => scanned.has(gate) };
}

/** A phone at a gate whose exits are scanned, where there is one. */
export function phoneAtAnExit({ phones, isScannedOut }: Place, chance: Chance): number | undefined {
  return chance.pickAny([...phones.keys()].filter((index) => isScannedOut(phones[index]?.gate ?? '')));
}

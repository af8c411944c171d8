import { morning } from '../calendar.ts';
import type { NonEmpty } from '../chance.ts';
import { deviceAt } from './devices.ts';
import type { Scan, Showing } from './facts.ts';
import { anyGate, type Pass } from './parties.ts';
import type { World } from './scans.ts';
import { momentIn, type Slot } from './slots.ts';

type Wrong = { readonly showing: Showing; readonly reason: 'unknown-pass' | 'revoked' | 'not-yet-valid' | 'expired' };

const wrongShare = 0.015;

/** What else is printed as a QR code: a menu, a network, a barcode, a parking slip. */
const others: NonEmpty<string> = [
  'https://example.com/thuc-don',
  'WIFI:S:Hoi sach;;',
  '8934567890123',
  'Phiếu gửi xe 17',
];

/**
 * Codes that open no gate: not a pass, forged, revoked, not valid yet or no longer (domain §7).
 * @param good passes that open the gates; some of them get forged
 */
export function wrongCodes(slots: NonEmpty<Slot>, good: readonly Pass[], world: World): Scan[] {
  const { chance } = world;
  const count = Math.max(6, Math.round(good.length * wrongShare));
  return Array.from({ length: count }, (_, index) =>
    refused(wrong(index, good, world), index, chance.pick(slots), world),
  );
}

function wrong(index: number, good: readonly Pass[], { chance, ids }: World): Wrong {
  const flawed = (flaw: NonNullable<Pass['flaw']>): Wrong => ({
    showing: {
      kind: 'code',
      pass: { id: ids('flawed-pass', index, morning), category: 'individual', partySize: 1, from: 'organiser', flaw },
    },
    reason: flaw,
  });
  const other: Wrong = { showing: { kind: 'other', text: chance.pick(others) }, reason: 'unknown-pass' };
  const victim = chance.pickAny(good.filter(({ from }) => from === 'organiser'));
  const forged: Wrong = victim ? { showing: { kind: 'forged', pass: victim }, reason: 'unknown-pass' } : other;
  const kinds: NonEmpty<Wrong> = [other, forged, flawed('revoked'), other, flawed('expired'), flawed('not-yet-valid')];
  return kinds[index % kinds.length] ?? other;
}

function refused({ showing, reason }: Wrong, index: number, slot: Slot, { devices, chance, ids }: World): Scan {
  const at = momentIn(slot, chance);
  return {
    kind: 'scan',
    id: ids('wrong-code', index, at),
    at,
    device: deviceAt(devices, anyGate(chance), chance),
    showing,
    direction: 'in',
    persons: 1,
    shown: { outcome: 'refused', reason },
    means: 'refused',
  };
}

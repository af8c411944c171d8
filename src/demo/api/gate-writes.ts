import type { GateFact, Scan, Void } from '../plan/gate/facts.ts';
import type { Issued } from './issued.ts';
import type { Times } from './times.ts';
import type { Write } from './write.ts';

export type Sending = {
  readonly issued: Issued;
  readonly times: (fact: { readonly at: number }) => Times;
  readonly scans: 'decided' | 'undecided';
};

/** What a phone sends of something that happened at a gate. */
export function gateWrite(fact: GateFact, sending: Sending): Write {
  const { issued } = sending;
  const { id } = fact;
  const times = sending.times(fact);
  switch (fact.kind) {
    case 'scan':
      return { kind: 'scan', id, body: { ...scanBody(fact, sending), ...times } };
    case 'poster-scan': {
      const body = { posterCode: issued.posterCodeOf(fact.gate), persons: fact.persons, ...times };
      return { kind: 'poster-scan', id, body };
    }
    case 'walk-in': {
      const { device, category, persons } = fact;
      return { kind: 'walk-in', id, body: { gate: device.gate, direction: 'in', category, persons, ...times } };
    }
    case 'arrival': {
      const { device, group, persons } = fact;
      return { kind: 'arrival', id, group: group.id, body: { gate: device.gate, persons, ...times } };
    }
    case 'void':
      return { kind: 'void', id, body: { reason: fact.reason, ...targetOf(fact.of, issued), ...times } };
  }
}

const scanBody = (scan: Scan, { issued, scans }: Sending) => ({
  ...codeOf(scan, issued),
  gate: scan.device.gate,
  direction: scan.direction,
  persons: scan.persons,
  ...(scans === 'decided' ? { decided: scan.shown } : {}),
});

function codeOf({ showing }: Scan, issued: Issued): { readonly token: string } | { readonly shortCode: string } {
  if (showing.kind === 'other') return { token: showing.text };
  const { token, shortCode } = issued.passOf(showing.pass);
  if (showing.kind === 'typed' && shortCode !== null) return { shortCode };
  return { token: showing.kind === 'forged' ? forged(token) : token };
}

/** The last three characters are the last two bytes of the signature (base45). */
const forged = (token: string): string => `${token.slice(0, -3)}${token.endsWith('000') ? '111' : '000'}`;

function targetOf(of: Void['of'], issued: Issued) {
  switch (of.kind) {
    case 'scan':
      return { kind: of.kind, id: of.id, ...codeOf(of, issued) };
    case 'walk-in':
      return { kind: of.kind, id: of.id };
    case 'arrival':
      return { kind: of.kind, id: of.id, group: of.group.id };
  }
}

import { generateKeyPairSync, sign } from 'node:crypto';
import { FairSettings } from '../../events/fair.ts';
import { codeMarks } from '../../src/auth/code-marks.ts';
import { PosterCodes } from '../../src/auth/poster-codes.ts';
import type { CommandContext } from '../../src/commands/command.ts';
import { createFair, type FairKeys } from '../../src/commands/create-fair.ts';
import { Beginnings } from '../../src/commands/beginnings.ts';
import { FairCache } from '../../src/commands/fair-cache.ts';
import { PassReader } from '../../src/commands/pass-reader.ts';
import { PosterPace } from '../../src/commands/poster-pace.ts';
import { type PassPrinter, signPass } from '../../src/commands/print-pass.ts';
import type { CodePorts } from '../../src/commands/read-code.ts';
import type { PosterPorts } from '../../src/commands/record-poster-scan.ts';
import type { PassClaims } from '../../src/domain/pass-token.ts';
import { keyringOf } from '../../src/keys/keyring.ts';
import type { EventStore } from '../../src/store/event-store.ts';
import { memoryEventStore } from '../../src/store/memory/memory-event-store.ts';
import { eightOClock, fairId, idOf, organiser, settings } from './facts.ts';

/** A node with a running fair whose passes are really signed, and all that the gate's commands stand on. */
export type GateLog = CodePorts &
  PosterPorts &
  PassPrinter &
  FairKeys & {
    readonly posterCodes: PosterCodes;
    /** Ms since 1970; stands at eight until it is moved. */
    readonly clock: { now: number };
    readonly as: (actor?: CommandContext['actor']) => CommandContext;
    /** Another node on the same log, or on another way to it. */
    readonly otherNode: (store?: EventStore) => GateLog;
    /** The token of a pass that a visitor took. */
    readonly token: (pass: string, about?: Partial<PassClaims>) => Promise<string>;
  };

export const gateDevice = { role: 'device', id: idOf(0xd1) } as const;

/** Exits are scanned at G1, not at G2, which has a printed poster. */
export const gateSettings = FairSettings.parse({
  ...settings,
  gates: [...settings.gates, { code: 'G2', name: 'Cổng phụ', site: 'A', exits: 'not-scanned', poster: 'print' }],
});

export async function gateLog({ store }: { store?: EventStore } = {}): Promise<GateLog> {
  const clock = { now: eightOClock };
  const nodeOn = nodes(clock);
  const log = nodeOn(store ?? memoryEventStore({ clock: () => clock.now }));
  await createFair(log, log.as(), { fair: fairId, settings: gateSettings });
  return log;
}

function nodes(clock: { now: number }): (store: EventStore) => GateLog {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const codes = new Map<string, number>();
  const shared = {
    clock,
    passKeys: {
      publicKeyOf: async () => publicKey.export({ format: 'jwk' }).x ?? '',
      sign: async (_: string, message: Uint8Array) => sign(null, message, privateKey),
      ownSignaturesOf: async () => (message: Uint8Array, signature: Uint8Array) =>
        sign(null, message, privateKey).equals(signature),
    },
    shortCodes: {
      codesOf: async (_: string, passes: readonly PassClaims[]) => {
        for (const { pass } of passes) if (!codes.has(pass)) codes.set(pass, codes.size);
        return passes.map(({ pass }) => `code ${codes.get(pass)}`);
      },
    },
    shortCodeFinder: { find: async () => 'unknown' as const },
    posterCodes: new PosterCodes(keyringOf(Buffer.alloc(32, 7))),
    as: (actor: CommandContext['actor'] = organiser) => ({ fair: fairId, actor, correlation: 'test', now: clock.now }),
    token: (pass: string, about: Partial<PassClaims> = {}) => signPass(shared, { ...claimsOf(pass), ...about }),
  };
  const nodeOn = (store: EventStore): GateLog => ({
    ...shared,
    store,
    fairs: new FairCache(),
    beginnings: new Beginnings(),
    passReader: new PassReader(),
    codeMarks: codeMarks(keyringOf(Buffer.alloc(32, 7))),
    posterPace: new PosterPace(),
    otherNode: (other = store) => nodeOn(other),
  });
  return nodeOn;
}

const claimsOf = (pass: string): PassClaims => ({
  fair: fairId,
  pass,
  source: 'pass',
  category: 'individual',
  partySize: 1,
  validFrom: null,
  validUntil: null,
});

import { evolvePass, isKnownGood, unseenPass } from '../domain/pass.ts';
import type { PassClaims } from '../domain/pass-token.ts';
import { type PosterCode, recordPosterScan as decide } from '../domain/poster.ts';
import { type CommandContext, type CommandPorts, type Handled, run } from './command.ts';
import { deriveId, streamOf } from './ids.ts';
import { occurrenceOf, type ToldTimes } from './occurrence.ts';
import type { PassReader } from './pass-reader.ts';
import type { PosterPace } from './poster-pace.ts';
import { type PassSigner, signPass } from './print-pass.ts';
import type { OwnPasses } from './read-code.ts';
import { type ScanAnswer, scanAnswer } from './scan-answer.ts';

export type PosterPorts = CommandPorts &
  PassSigner & {
    readonly passReader: PassReader;
    readonly passKeys: OwnPasses;
    readonly posterPace: PosterPace;
    readonly posterCodes: {
      /** What a code on a poster says, if it is genuine and of now (ms since 1970). */
      read(fair: string, code: string, now: number): PosterCode | undefined;
    };
  };

export type PosterRequest = ToldTimes & {
  readonly scan: string;
  readonly posterCode: string;
  readonly persons?: number | undefined;
  /** Token of the pass that the phone has, if it has one. */
  readonly held?: string | undefined;
};

/** `token` is the pass with which the phone was let in, to be kept by it. */
export type PosterAnswer = ScanAnswer & { readonly token: string };

/**
 * Lets in a visitor who scanned the gate's poster: with the pass that the phone has, else with a new one. The new one's
 * id follows from the scan's, so that a repeat is the same pass even if the first answer, and its cookie, was lost.
 */
export async function recordPosterScan(
  ports: PosterPorts,
  context: Omit<CommandContext, 'actor'>,
  { scan, posterCode, persons, occurredAt, sentAt, held }: PosterRequest,
): Promise<Handled<PosterAnswer>> {
  const { fair, now } = context;
  const passKey = await ports.fairs.passKeyOf(ports.store, fair);
  if (passKey === undefined) return { kind: 'not-found' };
  const isOwn = held === undefined ? undefined : await ports.passKeys.ownSignaturesOf(fair, passKey);
  const shown = held === undefined ? undefined : ports.passReader.read(held, { fair, passKey, isOwn });
  const claims = shown?.is === 'pass' ? shown.claims : newPass(fair, scan, persons);
  const poster = ports.posterCodes.read(fair, posterCode, now);
  const told = occurrenceOf({ occurredAt, sentAt }, { now });
  const occurrence = nearNow(told, now);
  const tap = {
    scan,
    persons,
    poster,
    claims,
    occurredAt: occurrence.occurredAt,
    toldAt: told.occurredAt,
  };
  const handled = await run(
    ports,
    { ...context, actor: { role: 'public', id: claims.pass } },
    {
      kind: 'scan',
      id: scan,
      // A code that is false or out of date stays so: strangers who have none write nothing.
      ...(poster === undefined ? { refusals: 'decided-anew' } : {}),
      stream: streamOf(fair, 'pass', claims.pass),
      // One that the phone has may have been seen before, and new ones are counted as they are decided.
      begins: held === undefined,
      content: { posterCode, persons, occurredAt },
      ...occurrence,
      initial: unseenPass,
      evolve: evolvePass,
      decide: (pass, known) => {
        const isNew = poster && !isKnownGood(pass);
        const newPasses = isNew ? ports.posterPace.countWith({ fair, gate: poster.gate, pass: claims.pass }, now) : 0;
        const decision = decide(pass, { ...tap, newPasses }, known);
        return 'repeats' in decision ? { answeredBy: deriveId(fair, 'scan', decision.repeats) } : decision;
      },
      answer: scanAnswer,
    },
  );
  if (handled.kind !== 'recorded') return handled;
  return { ...handled, answer: { ...handled.answer, token: await signPass(ports, claims) } };
}

const newPass = (fair: string, scan: string, persons = 1): PassClaims => ({
  fair,
  pass: deriveId(fair, 'poster-pass', scan),
  source: 'poster',
  category: 'individual',
  partySize: persons,
  validFrom: null,
  validUntil: null,
});

const tappedWithinMs = 120_000;

/** A poster is scanned online, so a stranger's phone that tells of another time than now is not believed. */
const nearNow = (told: ReturnType<typeof occurrenceOf>, now: number): ReturnType<typeof occurrenceOf> =>
  Math.abs(told.occurredAt - now) <= tappedWithinMs ? told : { occurredAt: now, skewSeconds: 0 };

import { BatchIssued, batchPassesMax, PassIssued, PassRevoked } from '../../contract/passes.ts';
import { evening, morning } from '../plan/calendar.ts';
import type { Pass } from '../plan/gate/parties.ts';
import { expectDone } from './expect-done.ts';
import type { Setup } from './open-fair.ts';

type HandingOut = Setup & { readonly organiser: string };

const dayMs = 86_400_000;

/** Issues all passes that the organiser hands out: those alike in batches, the flawed ones one by one. */
export async function handOutPasses(setup: Setup, organiser: string): Promise<void> {
  const own = setup.plan.gate.passes.filter(({ from }) => from === 'organiser');
  const alike = Map.groupBy(
    own.filter(({ flaw }) => flaw === undefined),
    ({ category, partySize }) => `${category} ${partySize}`,
  );
  for (const [name, passes] of alike) {
    for (let at = 0; at < passes.length; at += batchPassesMax) {
      await issueBatch(passes.slice(at, at + batchPassesMax), `${name} ${at}`, { ...setup, organiser });
    }
  }
  for (const pass of own) if (pass.flaw !== undefined) await issueFlawed(pass, { ...setup, organiser });
}

async function issueBatch(
  passes: readonly Pass[],
  name: string,
  { client, ids, issued, organiser }: HandingOut,
): Promise<void> {
  const [first] = passes;
  if (!first) return;
  const body = { category: first.category, partySize: first.partySize, count: passes.length };
  const path = `passes/batches/${ids('batch', name, morning)}`;
  const answer = expectDone(await client.put(path, BatchIssued, { body, token: organiser }), name);
  for (const [index, { token, shortCode }] of answer.passes.entries()) {
    const pass = passes[index];
    if (pass) issued.passes.set(pass.id, { token, shortCode });
  }
}

async function issueFlawed(
  { id, category, partySize, flaw }: Pass,
  { client, issued, organiser }: HandingOut,
): Promise<void> {
  const terms = { category, partySize, ...validityOf(flaw) };
  issued.passes.set(
    id,
    expectDone(await client.put(`passes/${id}`, PassIssued, { body: terms, token: organiser }), id),
  );
  if (flaw !== 'revoked') return;
  const body = { reason: 'Thẻ in lỗi', occurredAt: morning };
  await client.put(`passes/${id}/revocation`, PassRevoked, { body, token: organiser });
}

/** Over before the fair begins, or beginning after it. */
function validityOf(flaw: Pass['flaw']): { readonly validUntil?: number; readonly validFrom?: number } {
  if (flaw === 'expired') return { validUntil: morning - dayMs };
  return flaw === 'not-yet-valid' ? { validFrom: evening + dayMs } : {};
}

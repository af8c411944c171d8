import { z } from 'zod';
import type { Fact } from './plan/deliveries.ts';

/** What all answers to facts have in common; a poster's brings the pass with it. */
export const FactAnswer = z.looseObject({
  outcome: z.string(),
  reason: z.string().optional(),
  token: z.string().optional(),
  position: z.int().optional(),
});
export type FactAnswer = z.infer<typeof FactAnswer>;

/**
 * The plan knows which facts are refused: scans that open no gate, and an undo that comes too late.
 * @throws Error for any other refusal, and where one was expected
 */
export function checkAnswer(fact: Fact, answer: FactAnswer): void {
  const wanted = isRefused(fact);
  if (wanted !== undefined && (answer.outcome === 'refused') !== wanted) {
    const { outcome, reason } = answer;
    throw new Error(`${fact.kind} ${fact.id} should ${wanted ? '' : 'not '}be refused: ${outcome} ${reason ?? ''}`);
  }
}

/** Undefined for what may be either: a late undo is refused only where its target has arrived before it. */
function isRefused(fact: Fact): boolean | undefined {
  if (fact.kind === 'scan') return fact.shown.outcome === 'refused';
  return fact.kind === 'void' && fact.means === 'too-late' ? undefined : false;
}

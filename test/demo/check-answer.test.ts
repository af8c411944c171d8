import { describe, expect, it } from 'vitest';
import { checkAnswer } from '../../src/demo/check-answer.ts';
import { planFair } from '../../src/demo/plan/plan-fair.ts';

const { gate, books } = planFair({ seed: 'answers', visits: 2_000, copies: 2_000 });
const taken = { outcome: 'recorded' };
const refused = { outcome: 'refused', reason: 'unknown-pass' };

describe('an answer', () => {
  it('fits a scan that the phone let in or turned away', () => {
    for (const fact of gate.facts.filter(({ kind }) => kind === 'scan')) {
      const wanted =
        fact.means === 'refused' || ('shown' in fact && fact.shown.outcome === 'refused') ? refused : taken;
      const other = wanted === refused ? taken : refused;
      expect(() => checkAnswer(fact, wanted)).not.toThrow();
      expect(() => checkAnswer(fact, other)).toThrow(`scan ${fact.id} should`);
    }
  });

  it('may be either to an undo that comes too late, which its target may follow', () => {
    const late = gate.facts.filter((fact) => fact.kind === 'void' && fact.means === 'too-late');
    expect(late.length).toBeGreaterThan(0);
    for (const fact of late) {
      expect(() => checkAnswer(fact, taken)).not.toThrow();
      expect(() => checkAnswer(fact, refused)).not.toThrow();
    }
  });

  it('is never a no to anything else', () => {
    const others = [...gate.facts.filter(({ kind, means }) => kind !== 'scan' && means !== 'too-late'), ...books.facts];
    for (const fact of others) {
      expect(() => checkAnswer(fact, taken)).not.toThrow();
      expect(() => checkAnswer(fact, { outcome: 'refused', reason: 'fair-closed' })).toThrow(
        'should not be refused: refused fair-closed',
      );
    }
  });
});

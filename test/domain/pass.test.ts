import { describe, expect, it } from 'vitest';
import type { FairEvent } from '../../events/catalogue.ts';
import { acceptScan, evolvePass, issuePass, revokePass, unseenPass } from '../../src/domain/pass.ts';
import { closedFair, eightOClock, fact, idOf, runningFair } from '../support/facts.ts';

const [pass, scan] = [idOf(0x9a), idOf(0x5c)];
const now = { fair: runningFair, occurredAt: eightOClock };
const afterClosing = { fair: closedFair, occurredAt: eightOClock + 1 };
const issue = { pass, category: 'delegate', partySize: 2 } as const;
const passAfter = (...events: readonly FairEvent[]) => events.reduce(evolvePass, unseenPass);
const admitted = (trust: 'verified' | 'unverified') =>
  fact('VisitorCheckedIn', {
    scan,
    pass: null,
    site: 'A',
    gate: 'G1',
    category: 'individual',
    partySize: 1,
    persons: 1,
    source: 'pass',
    decidedBy: 'device',
    trust,
    outcome: 'admitted',
  });

describe('a pass', () => {
  it('is issued once, before anybody used it and before closing', () => {
    expect(issuePass(unseenPass, issue, now)).toEqual({ type: 'PassIssued', data: issue });
    expect(issuePass(passAfter(fact('PassIssued', issue)), issue, now)).toEqual({ refused: 'already-used' });
    expect(issuePass(passAfter(admitted('verified')), issue, now)).toEqual({ refused: 'already-used' });
    expect(issuePass(unseenPass, issue, afterClosing)).toEqual({ refused: 'fair-closed' });
  });

  it('is revoked whether it was issued, taken or never seen', () => {
    const revocation = { pass, revocation: pass, reason: 'mất thẻ' };
    for (const state of [unseenPass, passAfter(fact('PassIssued', issue)), passAfter(admitted('verified'))]) {
      expect(revokePass(state, revocation)).toEqual({ type: 'PassRevoked', data: revocation });
    }
  });
});

describe('an unverified scan', () => {
  const acceptance = { acceptance: scan, scan };

  it('is accepted while it stands', () => {
    expect(acceptScan(passAfter(admitted('unverified')), acceptance, now)).toEqual({
      type: 'ScanAccepted',
      data: acceptance,
    });
    expect(acceptScan(passAfter(admitted('unverified')), acceptance, afterClosing)).toEqual({ refused: 'fair-closed' });
  });

  it('that was undone, was verified or never came is not', () => {
    const undone = fact('FactVoided', { void: idOf(1), kind: 'scan', target: scan, reason: 'nhầm' });
    expect(acceptScan(passAfter(admitted('unverified'), undone), acceptance, now)).toEqual({ refused: 'voided' });
    expect(acceptScan(passAfter(admitted('verified')), acceptance, now)).toEqual({ refused: 'not-unverified' });
    expect(acceptScan(unseenPass, acceptance, now)).toEqual({ missed: 'not-found' });
  });
});

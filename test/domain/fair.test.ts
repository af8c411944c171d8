import { describe, expect, it } from 'vitest';
import type { FairEvent } from '../../events/catalogue.ts';
import type { FairSettings } from '../../events/fair.ts';
import {
  closeFigures,
  createFair,
  evolveFair,
  type FairState,
  gateOf,
  grantAudit,
  isAuditGranted,
  type OpenFair,
  recordCorrection,
  reopenFigures,
  reviseFair,
  unknownFair,
} from '../../src/domain/fair.ts';
import {
  closedFair,
  eightOClock as eight,
  fact,
  fairCreated,
  fairId,
  idOf,
  minute,
  runningFair,
  settings,
} from '../support/facts.ts';

const fairAfter = (...events: readonly FairEvent[]): OpenFair => {
  const fair = events.reduce<FairState>(evolveFair, runningFair);
  if (fair.status === 'unknown') throw new Error('the fair is gone');
  return fair;
};
const [gate] = settings.gates;
const revised = (to: Partial<FairSettings>) =>
  fact('FairRevised', { fair: fairId, revision: idOf(0x4e), settings: { ...settings, ...to } });

describe('a fair', () => {
  it('is created once', () => {
    expect(createFair(unknownFair, fairCreated)).toEqual({ type: 'FairCreated', data: fairCreated });
    expect(createFair(runningFair, fairCreated)).toEqual({ refused: 'already-created' });
  });

  it('is revised by whoever has read its latest revision, until it is closed', () => {
    const revision = { fair: fairId, revision: idOf(1), settings };
    expect(reviseFair(runningFair, { ...revision, basedOn: 1 })).toEqual({ type: 'FairRevised', data: revision });
    expect(reviseFair(runningFair, { ...revision, basedOn: 2 })).toEqual({ missed: 'stale-revision' });
    expect(reviseFair(fairAfter(revised({})), { ...revision, basedOn: 1 })).toEqual({ missed: 'stale-revision' });
    expect(reviseFair(closedFair, { ...revision, basedOn: 1 })).toEqual({ refused: 'fair-closed' });
  });

  it('remembers gates that were taken away or moved, and prefers those it has', () => {
    const moved = { code: 'G1', name: 'Cổng chính', site: 'B' };
    const sites = [...settings.sites, { code: 'B', name: 'Thư viện' }];
    const gates = gate ? [{ ...gate, ...moved }] : [];
    const fair = fairAfter(
      revised({ sites, gates }),
      revised({ sites, gates: gates.map((each) => ({ ...each, code: 'G2' })) }),
    );
    expect(gateOf(fairAfter(revised({ sites, gates })), 'G1')).toMatchObject({ site: 'B' });
    expect(gateOf(fair, 'G1')).toMatchObject({ site: 'B' });
    expect(gateOf(fair, 'G2')).toMatchObject({ code: 'G2' });
    expect(gateOf(fair, 'G3')).toBeUndefined();
  });
});

describe('the figures', () => {
  it('are closed once and reopened once', () => {
    const [closing, reopening] = [{ closing: idOf(1) }, { reopening: idOf(2), reason: 'bổ sung' }];
    expect(closeFigures(runningFair, closing)).toEqual({ type: 'FiguresClosed', data: closing });
    expect(closeFigures(closedFair, closing)).toEqual({ refused: 'already-closed' });
    expect(reopenFigures(closedFair, reopening)).toEqual({ type: 'FiguresReopened', data: reopening });
    expect(reopenFigures(runningFair, reopening)).toEqual({ refused: 'not-closed' });
    expect(fairAfter(fact('FiguresClosed', closing), fact('FiguresReopened', reopening))).toEqual(runningFair);
  });

  it('are corrected at a gate and site that belong together, on a day of the fair, before closing', () => {
    const correction = {
      correction: idOf(1),
      gate: 'G1',
      day: '2026-04-21',
      category: 'pupil',
      persons: -3,
      reason: 'trùng',
    } as const;
    const data = { ...correction, site: 'A' };
    expect(recordCorrection(runningFair, correction, eight)).toEqual({ type: 'CorrectionRecorded', data });
    expect(recordCorrection(runningFair, data, eight)).toEqual({ type: 'CorrectionRecorded', data });
    expect(recordCorrection(runningFair, { ...correction, gate: 'G9' }, eight)).toMatchObject({
      wrong: [{ field: 'gate' }],
    });
    expect(recordCorrection(runningFair, { ...correction, site: 'B' }, eight)).toMatchObject({
      wrong: [{ field: 'site' }],
    });
    expect(recordCorrection(runningFair, { ...correction, day: '2026-04-24' }, eight)).toMatchObject({
      wrong: [{ field: 'day' }],
    });
    expect(recordCorrection(closedFair, correction, eight)).toHaveProperty('type');
    expect(recordCorrection(closedFair, correction, eight + 1)).toEqual({ refused: 'fair-closed' });
  });

  it('are corrected at the site a gate belonged to before it was moved', () => {
    const sites = [...settings.sites, { code: 'B', name: 'Thư viện' }];
    const fair = fairAfter(revised({ sites, gates: gate ? [{ ...gate, site: 'B' }] : [] }));
    const correction = {
      correction: idOf(1),
      gate: 'G1',
      day: '2026-04-21',
      category: 'pupil',
      persons: 3,
      reason: 'sót',
    } as const;
    expect(recordCorrection(fair, correction, eight)).toMatchObject({ data: { site: 'B' } });
    expect(recordCorrection(fair, { ...correction, site: 'A' }, eight)).toMatchObject({ data: { site: 'A' } });
  });
});

describe('an audit grant', () => {
  const grant = { grant: idOf(1), expiresAt: eight + minute, reason: 'đối chiếu' };

  it('lasts until its moment, at most 31 days', () => {
    expect(grantAudit(grant, eight)).toEqual({ type: 'AuditGranted', data: grant });
    expect(grantAudit({ ...grant, expiresAt: eight }, eight)).toMatchObject({ wrong: [{ field: 'expiresAt' }] });
    expect(grantAudit({ ...grant, expiresAt: eight + 31 * 86_400_000 }, eight)).toHaveProperty('type');
    expect(grantAudit({ ...grant, expiresAt: eight + 31 * 86_400_000 + 1 }, eight)).toHaveProperty('wrong');
    const fair = fairAfter(fact('AuditGranted', grant));
    expect([eight, eight + minute - 1, eight + minute].map((now) => isAuditGranted(fair, now))).toEqual([
      true,
      true,
      false,
    ]);
  });
});

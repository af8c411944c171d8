import type { Deed } from '../truth/deed.ts';
import { type Expected, expectedScan, type Known, siteOf } from './expected-scan.ts';

/** What a deed has to be in the log, when it is there. */
export function expectedFact(deed: Deed, known: Known): Expected {
  const { kind, id, body, item } = deed;
  const { occurredAt: _, ...said } = body;
  const exhibitor = item?.exhibitor;
  const placed = { ...said, site: siteOf(body['gate'], known) };
  switch (kind) {
    case 'scan':
      return expectedScan(deed, known);
    case 'walk-in':
      return { type: 'WalkInsCounted', data: { ...placed, count: id } };
    case 'arrival':
      return { type: 'GroupArrived', data: { ...placed, arrival: id, group: item?.group } };
    case 'void':
      return { type: 'FactVoided', data: expectedVoid(deed) };
    case 'sale':
      return { type: 'SaleRecorded', data: { ...said, sale: id, exhibitor } };
    case 'return':
      return { type: 'SaleReturned', data: { ...said, return: id, sale: item?.sale, exhibitor } };
    case 'stock-entry':
      return { type: 'StockRecorded', data: { ...said, entry: id, exhibitor } };
    case 'statement':
      return { type: 'DailyFiguresStated', data: { ...said, statement: id, day: item?.date, exhibitor } };
    case 'closing':
      return { type: 'FiguresClosed', data: { closing: id } };
    case 'reopening':
      return { type: 'FiguresReopened', data: { ...said, reopening: id } };
    case 'revision':
      return { type: 'FairRevised', data: { fair: known.before[0]?.meta.fair, revision: id, settings: body } };
    case 'revocation':
      return { type: 'PassRevoked', data: { ...said, pass: id, revocation: id } };
    case 'acceptance':
      return { type: 'ScanAccepted', data: { acceptance: id, scan: id } };
    case 'correction':
      return { type: 'CorrectionRecorded', data: { ...placed, correction: id } };
  }
}

/** An undo stands with what it undoes: the pass of a scan (none for a code that is no pass), the group, the sale. */
function expectedVoid({ id, body, shown }: Deed): Record<string, unknown> {
  const { kind, id: target, reason, group, sale } = body;
  const pass = kind === 'scan' ? { pass: shown?.is === 'pass' ? shown.pass.id : null } : {};
  return {
    void: id,
    kind,
    target,
    reason,
    ...pass,
    ...(group === undefined ? {} : { group }),
    ...(sale === undefined ? {} : { sale }),
  };
}

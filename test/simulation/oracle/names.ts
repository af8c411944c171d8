import type { FairEvent } from '../../../events/catalogue.ts';
import type { Deed } from '../truth/deed.ts';

/** Which deed an event is the fact of, by the id that the client gave; undefined where it is nobody's deed. */
export function deedOf({ type, data }: FairEvent): Pick<Deed, 'kind' | 'id'> | undefined {
  switch (type) {
    case 'VisitorCheckedIn':
    case 'VisitorCheckedOut':
    case 'ScanRefused':
      return { kind: 'scan', id: data.scan };
    case 'WalkInsCounted':
      return { kind: 'walk-in', id: data.count };
    case 'GroupArrived':
      return { kind: 'arrival', id: data.arrival };
    case 'FactVoided':
      return { kind: 'void', id: data.void };
    case 'SaleRecorded':
      return { kind: 'sale', id: data.sale };
    case 'SaleReturned':
      return { kind: 'return', id: data.return };
    case 'StockRecorded':
      return { kind: 'stock-entry', id: data.entry };
    case 'DailyFiguresStated':
      return { kind: 'statement', id: data.statement };
    case 'FiguresClosed':
      return { kind: 'closing', id: data.closing };
    case 'FiguresReopened':
      return { kind: 'reopening', id: data.reopening };
    case 'FairRevised':
      return { kind: 'revision', id: data.revision };
    case 'PassRevoked':
      return { kind: 'revocation', id: data.revocation };
    case 'ScanAccepted':
      return { kind: 'acceptance', id: data.acceptance };
    case 'CorrectionRecorded':
      return { kind: 'correction', id: data.correction };
    default:
      return undefined;
  }
}

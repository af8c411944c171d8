/** Types of events that would have changed figures, had they come before the closing; tidying up afterwards does not. */
export const figureEvents: readonly string[] = [
  'VisitorCheckedIn',
  'VisitorCheckedOut',
  'WalkInsCounted',
  'GroupArrived',
  'FactVoided',
  'ScanAccepted',
  'CorrectionRecorded',
  'CatalogueUploaded',
  'SaleRecorded',
  'SaleReturned',
  'StockRecorded',
  'DailyFiguresStated',
];

/**
 * What makes the log longer: so many of each in the demo's log (`npm run demo -- --speed max`). Its other 950 events are
 * what a fair of this size has once, however many visitors come: applications, booths, statements and the catalogues.
 */
export const demoTraffic = {
  VisitorCheckedIn: 1581,
  SaleRecorded: 1518,
  PassIssued: 966,
  WalkInsCounted: 277,
  StockRecorded: 97,
  GroupArrived: 89,
  GroupRegistered: 71,
  VisitorCheckedOut: 69,
  FactVoided: 45,
  ScanRefused: 25,
  SaleReturned: 10,
} as const;

const trafficInDemo = Object.values(demoTraffic).reduce((sum, count) => sum + count, 0);

/** How many of a kind a traffic of so many events has. */
export const shareOf = (kind: keyof typeof demoTraffic, traffic: number): number =>
  Math.round((traffic * demoTraffic[kind]) / trafficInDemo);

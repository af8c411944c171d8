import type { NonEmpty } from './plan/chance.ts';

export type Scenario = {
  readonly name: 'commune' | 'province' | 'school';
  readonly about: string;
  readonly gates: NonEmpty<{ readonly code: string; readonly exits: 'scanned' | 'not-scanned' }>;
  /** Phones at the gates; they stand at the gates in turn. */
  readonly devices: number;
  /** Exhibitors, each with one phone at its booth. */
  readonly booths: number;
  readonly groups: number;
  /** Live boards of organisers, and open pages of the public; a stream each, for as long as the load lasts. */
  readonly boards: number;
  readonly readers: number;
  /** How long it lasts unless told; what is sent in the seconds before is no part of any threshold. */
  readonly seconds: number;
  readonly warmUpSeconds: number;
  /** How many of each a second. */
  readonly rates: {
    readonly scans: number;
    readonly walkIns: number;
    readonly arrivals: number;
    readonly voids: number;
    readonly sales: number;
    readonly stock: number;
    readonly looks: number;
  };
  /** What phones gathered without network, and now deliver all at once, in so many bursts. */
  readonly offline?: {
    readonly scans: number;
    readonly walkIns: number;
    readonly hours: number;
    readonly bursts: number;
    /** How often each delivery is sent. */
    readonly deliveries: number;
  };
  /** Of all scans. What is left is a pass that is let in for the first time. */
  readonly shares: Shares;
  /** Of all writes: sent a second time, though the first was answered. */
  readonly repeated: number;
  /** Of all phones: a clock that is up to five minutes off. */
  readonly skewed: number;
  /** In ms; 99 of 100 are answered sooner. */
  readonly p99Ms: {
    readonly scan?: number;
    readonly write?: number;
    readonly look?: number;
    readonly delivery?: number;
  };
};

export type Shares = {
  /** The camera reads the pass again within seconds, and the phone gives it an id. */
  readonly readAgain: number;
  /** The same pass at another gate, or later. */
  readonly again: number;
  readonly exits: number;
  readonly wrongCodes: number;
  /** The short code is typed. */
  readonly typed: number;
};

const shares: Shares = { readAgain: 0.02, again: 0.03, exits: 0.06, wrongCodes: 0.03, typed: 0.03 };

/**
 * The numbers of the domain's table “Scenarios for load”, which adds: “Inject 3% duplicates, wrong codes, voids, clock
 * skew of ±5 minutes, arrival up to 24 hours late, and 2–5 deliveries of the same batch.”
 */
export const scenarios: { readonly [Name in Scenario['name']]: Scenario } = {
  /** 36 visits a minute at its peak, 2 commands a second, 600 scans without network at noon, 3 boards and 20 readers. */
  commune: {
    name: 'commune',
    about:
      'One gate of a commune: most people have no pass and are counted by hand; at noon a phone comes back online.',
    gates: [{ code: 'G1', exits: 'not-scanned' }],
    devices: 3,
    booths: 4,
    groups: 4,
    boards: 3,
    readers: 20,
    seconds: 60,
    warmUpSeconds: 5,
    rates: { scans: 0.5, walkIns: 1.5, arrivals: 0.1, voids: 0.1, sales: 0.3, stock: 0.1, looks: 0.5 },
    offline: { scans: 480, walkIns: 120, hours: 4, bursts: 1, deliveries: 2 },
    shares,
    repeated: 0.03,
    skewed: 0.34,
    p99Ms: { scan: 500, write: 500, delivery: 4000 },
  },
  /**
   * The opening hour of Bắc Ninh 2022, at four times its peak of 5 commands a second: 20 scans a second, which is what
   * 60 lanes let through (a lane passes 5–20 people a minute); 15 boards and 300 readers.
   */
  province: {
    name: 'province',
    about:
      'The opening of a provincial fair: 20 scans a second at three gates, counting by hand, groups, booths, boards.',
    gates: [
      { code: 'G1', exits: 'not-scanned' },
      { code: 'G2', exits: 'not-scanned' },
      { code: 'G3', exits: 'scanned' },
    ],
    devices: 60,
    booths: 22,
    groups: 20,
    boards: 15,
    readers: 300,
    seconds: 60,
    warmUpSeconds: 10,
    rates: { scans: 20, walkIns: 2, arrivals: 0.3, voids: 0.5, sales: 1, stock: 0.5, looks: 2 },
    shares,
    repeated: 0.03,
    skewed: 0.2,
    p99Ms: { scan: 50, write: 100, look: 250 },
  },
  /** 2.000 scans without network at the end, 2 boards and 30 readers; everything is delivered two or three times. */
  school: {
    name: 'school',
    about:
      'A school without network: all scans of the morning are delivered at the end, in bursts, several times over.',
    gates: [
      { code: 'G1', exits: 'not-scanned' },
      { code: 'G2', exits: 'scanned' },
    ],
    devices: 6,
    booths: 2,
    groups: 6,
    boards: 2,
    readers: 30,
    seconds: 20,
    warmUpSeconds: 2,
    rates: { scans: 0, walkIns: 0, arrivals: 0.3, voids: 0, sales: 0.2, stock: 0.2, looks: 0.5 },
    offline: { scans: 2000, walkIns: 60, hours: 5, bursts: 3, deliveries: 3 },
    shares: { ...shares, again: 0.06 },
    repeated: 0.03,
    skewed: 0.5,
    p99Ms: { write: 1000, delivery: 4000 },
  },
};

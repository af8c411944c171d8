import type { EventMeta } from '../../events/envelope.ts';
import type { FairEvent } from '../../events/catalogue.ts';
import type { Category } from '../../events/fields.ts';
import type { Refusal } from '../../events/pass.ts';
import { timeText } from './recorded.ts';

type About = {
  readonly scan: string;
  readonly pass: string | null;
  readonly gate: string;
  readonly decidedBy: 'device' | 'server';
  /** As it stands in the log, corrected; RFC 3339. */
  readonly occurredAt: string;
  /** What the correction was. */
  readonly skewSeconds: number;
};
type First = { readonly occurredAt: string; readonly gate: string };
type Let = {
  readonly persons: number;
  readonly category: Category;
  readonly partySize: number;
  readonly trust: 'verified' | 'unverified';
};

/** What a gate shows: `first` says when and where the earlier admission was. */
export type ScanAnswer =
  | (About & Let & { readonly outcome: 'admitted' | 'admitted-again'; readonly first?: First })
  | (About & Let & { readonly outcome: 'left' })
  | (About & { readonly outcome: 'refused'; readonly reason: Refusal; readonly first?: First });

export function scanAnswer(event: FairEvent): ScanAnswer {
  const times = timesOf(event);
  switch (event.type) {
    case 'VisitorCheckedIn':
      return {
        outcome: event.data.outcome,
        ...aboutOf(event.data),
        ...times,
        ...letOf(event.data),
        ...firstOf(event.data),
      };
    case 'VisitorCheckedOut':
      return { outcome: 'left', ...aboutOf(event.data), ...times, ...letOf(event.data) };
    case 'ScanRefused':
      return {
        outcome: 'refused',
        reason: event.data.reason,
        ...aboutOf(event.data),
        ...times,
        ...firstOf(event.data),
      };
    default:
      throw new Error(`event ${event.position} is no scan but a ${event.type}`);
  }
}

const timesOf = ({ occurredAt, meta }: { occurredAt: number; meta: EventMeta }) => ({
  occurredAt: timeText(occurredAt),
  skewSeconds: meta.skewSeconds ?? 0,
});

const aboutOf = ({ scan, pass, gate, decidedBy }: Pick<About, 'scan' | 'pass' | 'gate' | 'decidedBy'>) => ({
  scan,
  pass,
  gate,
  decidedBy,
});

const letOf = ({ persons, category, partySize, trust }: Let): Let => ({ persons, category, partySize, trust });

const firstOf = ({ first }: { first?: { occurredAt: number; gate: string } | undefined }): { first?: First } =>
  first ? { first: { occurredAt: timeText(first.occurredAt), gate: first.gate } } : {};

import { exhibitorKinds } from '../../../../events/application.ts';
import type { ApplicationForm } from '../../../../events/application.ts';
import type { Actor } from '../../../../events/envelope.ts';
import { boothStream, deriveId, streamOf } from '../../../../src/commands/ids.ts';
import type { Chance } from '../../../plan/chance.ts';
import { announcedAt, site } from './place.ts';
import type { LogItem, Scribe } from './scribe.ts';
import type { Truth } from './truth.ts';

/** Writes one event of the time before the fair, at the moment it is given. */
export type Maker = (at: number) => LogItem;

export type Exhibitor = {
  readonly id: string;
  readonly actor: Actor;
  /** Whether it types its sales, or only states what it sold each day. */
  readonly tells: 'each-sale' | 'each-day';
};

const counts = { submitted: 26, approved: 24, confirmed: 23, present: 22, stating: 9, booths: 42, planned: 44 };

/** Those who come in the end. */
export const exhibitorsOf = (chance: Chance): Exhibitor[] =>
  Array.from({ length: counts.submitted }, (_, index) => {
    const id = chance.id(announcedAt + index);
    return { id, actor: { role: 'till', id }, tells: index < counts.stating ? 'each-day' : 'each-sale' };
  });

export const comes = (index: number): boolean => index < counts.present;

/** From the applications to the booths being taken over, as one provincial fair has them. */
export function exhibitorMakers(
  exhibitors: readonly Exhibitor[],
  { scribe, truth, chance, organiser }: { scribe: Scribe; truth: Truth; chance: Chance; organiser: Actor },
): Maker[] {
  const versions = new Map<string, number>();
  /** Each event after those that were written to its stream before. */
  const next = (stream: string) => {
    const after = versions.get(stream) ?? 0;
    versions.set(stream, after + 1);
    return { stream, after };
  };
  const common = (at: number) => ({ occurredAt: at, recordedAt: at });
  const ofApplication = (application: string) => streamOf(scribe.fair, 'application', application);
  const ofBooth = (booth: string) => boothStream(scribe.fair, booth);

  const planned = Array.from({ length: counts.planned }, (_, index): Maker => {
    const booth = boothCode(index);
    const plan = {
      site,
      type: 'standard' as const,
      column: index % 12,
      row: Math.floor(index / 12),
      width: 1,
      height: 1,
    };
    return (at) =>
      scribe.write(
        'BoothPlanned',
        { booth, plan },
        { kind: `booth:${booth}`, id: scribe.fair, actor: organiser, ...next(ofBooth(booth)), ...common(at) },
      );
  });
  const submitted = exhibitors.map(({ id, actor }, index): Maker => {
    const representative = deriveId(scribe.fair, 'representative', id);
    return (at) =>
      scribe.write(
        'ApplicationSubmitted',
        { application: id, form: formOf(index), representative },
        { kind: 'application', id, actor, ...next(ofApplication(id)), ...common(at) },
      );
  });
  const approved = exhibitors.slice(0, counts.approved).map(({ id: application }): Maker => {
    return (at) => {
      truth.add('approved', 1);
      const review = chance.id(at);
      return scribe.write(
        'ApplicationApproved',
        { application, review },
        {
          kind: 'application-review',
          id: review,
          actor: organiser,
          ...next(ofApplication(application)),
          ...common(at),
        },
      );
    };
  });
  const given = Array.from({ length: counts.booths }, (_, index): Maker[] => {
    const booth = boothCode(index);
    const exhibitor = exhibitors[index % counts.present]?.id ?? '';
    const assignment = chance.id(announcedAt + index);
    const about = { kind: 'booth-assignment', id: assignment, actor: organiser };
    return [
      (at) => {
        truth.add('booths', 1);
        const data = { booth, assignment, exhibitor };
        return scribe.write('BoothAssigned', data, { ...about, ...next(ofBooth(booth)), ...common(at) });
      },
      (at) => {
        const data = { application: exhibitor, assignment, booth };
        const granted = { ...about, kind: 'booth-grant', ...next(ofApplication(exhibitor)) };
        return scribe.write('BoothGranted', data, { ...granted, ...common(at) });
      },
    ];
  }).flat();
  const stepped = (type: 'ParticipationConfirmed' | 'BoothTakenOver', steps: number) =>
    exhibitors.slice(0, steps).map(({ id: application, actor }): Maker => {
      return (at) => {
        if (type === 'BoothTakenOver') truth.add('present', 1);
        const step = chance.id(at);
        const about = { kind: 'application-step', id: step, actor, ...next(ofApplication(application)) };
        return scribe.write(type, { application, step }, { ...about, ...common(at) });
      };
    });
  return [
    ...planned,
    ...submitted,
    ...approved,
    ...given,
    ...stepped('ParticipationConfirmed', counts.present),
    ...stepped('BoothTakenOver', counts.present),
  ];
}

const boothCode = (index: number): string => `A${String(index + 1).padStart(2, '0')}`;

const formOf = (index: number): ApplicationForm => ({
  name: `Nhà sách số ${index + 1}`,
  shortName: `Số ${index + 1}`,
  kind: exhibitorKinds[index % exhibitorKinds.length] ?? 'publisher',
  taxCode: String(2_400_000_000 + index),
  province: index % 3 === 0 ? '24' : '01',
  boothType: 'standard',
  boothsWanted: 2,
  powerWatts: 500,
  staff: 4,
  activities: '',
  commitments: { version: '2025-1' },
});

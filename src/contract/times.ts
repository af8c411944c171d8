import { Moment } from '../../events/fields.ts';

const sentAt = Moment.optional().describe(
  'When this delivery was sent, by the same clock as occurredAt; without it that clock is taken to be right',
);

/** The times of something that a device saw happen. */
export const deviceTimes = { occurredAt: Moment, sentAt };

/** The times of something that happens as it is sent, unless it says otherwise. */
export const ownTimes = { occurredAt: Moment.optional(), sentAt };

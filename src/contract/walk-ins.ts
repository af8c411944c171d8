import { z } from 'zod';
import { closedRefusals } from '../../events/fair.ts';
import { Category, Code, Direction, Id, Persons } from '../../events/fields.ts';
import { Position, refused, Time } from './answers.ts';
import { deviceTimes } from './times.ts';

export const WalkInBody = z.strictObject({
  gate: Code,
  direction: Direction.default('in'),
  category: Category.default('individual'),
  persons: Persons,
  ...deviceTimes,
});
export const WalkInsCounted = z.union([
  z.object({
    outcome: z.literal('counted'),
    count: Id,
    gate: Code,
    persons: Persons,
    occurredAt: Time,
    position: Position,
  }),
  refused(closedRefusals),
]);

import type { EventType, FairEvent } from '../../../events/catalogue.ts';
import { startOfDay } from '../../domain/local-time.ts';

/**
 * Whether an event that is known belongs to what was true at a moment. What happened belongs to it by its own time. What
 * says how facts count, or that one never was, holds for all of them whenever it was said: the rules of the fair, undos
 * and acceptances, the limits of passes, closings. A statement holds from the end of its day (metric dictionary), and
 * the lines of a catalogue from the end of its upload.
 * @param trueAt ms
 */
export function holdsAt(event: FairEvent, trueAt: number): boolean {
  if (event.type === 'DailyFiguresStated') return startOfDay(event.data.day) + dayMs <= trueAt;
  return isTimeless(event.type) || event.occurredAt <= trueAt;
}

/** Whether events of a type hold whenever they were said. */
export const isTimeless = (type: string): boolean => timeless.has(type);

/** No day of Vietnam's is longer or shorter. */
const dayMs = 86_400_000;

const timeless: ReadonlySet<string> = new Set<EventType>([
  'FairCreated',
  'FairRevised',
  'FiguresClosed',
  'FiguresReopened',
  'FactVoided',
  'ScanAccepted',
  'PassIssued',
  'PassRevoked',
  'CatalogueChunkUploaded',
]);

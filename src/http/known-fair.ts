import type { FairSettings } from '../../events/fair.ts';
import type { FiguresDocument } from '../contract/figures.ts';
import type { Ports } from './ports.ts';
import { Problem } from './problems.ts';

/** @throws Problem 404 for a fair that does not exist. */
export async function knownFair(
  { fairs, store }: Pick<Ports, 'fairs' | 'store'>,
  fair: string,
): Promise<{ readonly settings: FairSettings }> {
  const found = await fairs.load(store, fair);
  if (found.status === 'unknown') throw new Problem('not-found');
  return found;
}

/** @throws Problem 404 for a fair that does not exist; 503 for one that is too new to have been counted. */
export async function figuresOf(
  ports: Pick<Ports, 'fairs' | 'store' | 'figures'>,
  fair: string,
): Promise<FiguresDocument> {
  const document = await ports.figures.document(fair);
  if (document) return document;
  await knownFair(ports, fair);
  throw new Problem('busy', { retryAfterSeconds: 1, detail: 'The figures of this fair are being counted.' });
}

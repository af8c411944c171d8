import * as z from 'zod';
import type { Role } from '../../../events/envelope.ts';
import type { Figure, FigureKey, FiguresDocument } from '../../contract/figures.ts';
import { FairBrief } from '../fair-view.ts';
import { languages } from '../language.ts';

/**
 * What the board needs besides the figures. The server writes it into `data-board`, the live island reads it there
 * and draws the same components again: one truth for the first view and for every update.
 */
export const BoardSettings = z.object({
  language: z.enum(languages),
  fair: FairBrief,
  /** Whether the facts behind a number may be listed for this reader. */
  facts: z.enum(['listed', 'hidden']),
});
export type BoardSettings = z.infer<typeof BoardSettings>;

export type BoardView = BoardSettings & { readonly figures: FiguresDocument };

/** Totals are for viewers; the facts behind them for those who answer for them. */
export const factsFor = (role: Role): BoardSettings['facts'] =>
  role === 'owner' || role === 'organiser' || role === 'auditor' ? 'listed' : 'hidden';

export const figureOf = (figures: FiguresDocument, key: FigureKey): Figure | undefined =>
  figures.figures.find((figure) => figure.key === key);

import type { FiguresDocument } from '../../contract/figures.ts';
import { formatNumber } from '../format.ts';
import { messagesIn } from '../messages/messages.ts';
import type { BoardView } from './board-view.ts';
import { Opens } from './opens.tsx';

export type AttentionKind = keyof FiguresDocument['attention'];

export const attentionKinds = [
  'parked',
  'conflicts',
  'unverified',
  'late',
  'repeatReads',
  'outsideDays',
  'afterClosing',
] as const satisfies readonly AttentionKind[];

/** Facts that change no figure by themselves, where there are any. */
export const Attention = ({ view: { figures, language } }: { view: BoardView }) => {
  const words = messagesIn(language).board;
  const present = attentionKinds.filter((kind) => figures.attention[kind] > 0);
  if (present.length === 0) return null;
  return (
    <section class="attention" id="attention" aria-labelledby="attention-title">
      <h2 id="attention-title">{words.attention}</h2>
      <ul>
        {present.map((kind) => (
          <li>
            <Opens about={kind} language={language} class="ledger-line">
              <span class="opens-name">{words.attentionKinds[kind].name}</span>
              <span class="ledger-value num">{formatNumber(figures.attention[kind], language)}</span>
            </Opens>
          </li>
        ))}
      </ul>
    </section>
  );
};

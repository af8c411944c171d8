import { formatNumber } from '../format.ts';
import { messagesIn } from '../messages/messages.ts';
import type { BoardView } from './board-view.ts';

const kinds = ['conflicts', 'unverified', 'late', 'repeatReads', 'afterClosing'] as const;

/** Facts that change no figure by themselves, where there are any. */
export const Attention = ({ view: { figures, language } }: { view: BoardView }) => {
  const words = messagesIn(language).board;
  const present = kinds.filter((kind) => figures.attention[kind] > 0);
  if (present.length === 0) return null;
  return (
    <section class="attention" id="attention" aria-labelledby="attention-title">
      <h2 id="attention-title">{words.attention}</h2>
      <dl>
        {present.map((kind) => (
          <div>
            <dt>{words.attentionKinds[kind]}</dt>
            <dd class="num">{formatNumber(figures.attention[kind], language)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
};

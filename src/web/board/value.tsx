import type { Figure } from '../../contract/figures.ts';
import { formatMoney, formatNumber } from '../format.ts';
import type { Language } from '../language.ts';
import { messagesIn } from '../messages/messages.ts';

/** A figure's exact value in digits, money with its sign; a dash where nobody collects it. */
export const formatValue = (figure: Figure | undefined, language: Language): string => {
  if (figure === undefined || figure.value === null) return '–';
  return figure.unit === 'dong' ? formatMoney(figure.value, language) : formatNumber(figure.value, language);
};

/** What must be said beside a value: that it is a lower bound, or that something in it was not counted. */
export const hedgesOf = (figure: Figure | undefined, language: Language): string[] => {
  const words = messagesIn(language);
  if (figure === undefined || figure.value === null) return [];
  return [...(figure.bound === 'at-least' ? [words.atLeast] : []), ...(figure.estimate ? [words.estimate] : [])];
};

/** The value with what must be said beside it; “chưa thu thập” where there is none. */
export const Value = ({ figure, language }: { figure: Figure | undefined; language: Language }) => {
  const words = messagesIn(language);
  if (figure === undefined || figure.value === null) return <span class="absent">{words.status['not-collected']}</span>;
  const hedges = hedgesOf(figure, language);
  return (
    <>
      {hedges.length === 0 ? null : <span class="hedge">{hedges.join(', ')} </span>}
      <span class="num" data-beat={figure.key}>
        {formatValue(figure, language)}
      </span>
    </>
  );
};

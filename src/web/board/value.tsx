import type { Figure } from '../../contract/figures.ts';
import { formatMoney, formatNumber } from '../format.ts';
import type { Language } from '../language.ts';
import { messagesIn } from '../messages/messages.ts';

/** A figure's exact value in digits, money with its sign; a dash where nobody collects it. */
export const formatValue = (figure: Figure | undefined, language: Language): string => {
  if (figure === undefined || figure.value === null) return '–';
  return figure.unit === 'dong' ? formatMoney(figure.value, language) : formatNumber(figure.value, language);
};

/** The value with what must be said beside it: “ít nhất”, “ước tính”, “chưa thu thập”. */
export const Value = ({ figure, language }: { figure: Figure | undefined; language: Language }) => {
  const words = messagesIn(language);
  if (figure === undefined || figure.value === null) return <span class="absent">{words.status['not-collected']}</span>;
  return (
    <>
      {figure.bound === 'at-least' ? <span class="hedge">{words.atLeast} </span> : null}
      <span class="num" data-beat={figure.key}>
        {formatValue(figure, language)}
      </span>
      {figure.estimate ? <span class="hedge"> {words.estimate}</span> : null}
    </>
  );
};

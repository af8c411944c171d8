import { formatDay, formatMinute, formatNumber } from '../format.ts';
import type { Language } from '../language.ts';
import { messagesIn } from '../messages/messages.ts';
import type { Curve, CurvePlan } from './curve-scale.ts';

/** The same numbers as the chart's, for whoever cannot or need not see it. */
export const CurveTable = ({ plan, language }: { plan: CurvePlan; language: Language }) => {
  const words = messagesIn(language).board;
  const days = plan.before === undefined ? [plan.shown] : [plan.shown, plan.before];
  const minutes = [...new Set(days.flatMap(({ buckets }) => buckets.map(({ minute }) => minute)))].sort(
    (a, b) => a - b,
  );
  return (
    <details class="behind" id="curve-table">
      <summary>{words.curveTable}</summary>
      <table class="ruled">
        <caption class="visually-hidden">{words.curve}</caption>
        <thead>
          <tr>
            <th scope="col">{words.curveFrom}</th>
            {days.map(({ day }) => (
              <th scope="col" class="num">
                {formatDay(day)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {minutes.map((minute) => (
            <tr>
              <th scope="row" class="num">
                {formatMinute(minute)}
              </th>
              {days.map((day) => (
                <td class="num">{isAhead(plan, day, minute) ? '–' : formatNumber(visitsAt(day, minute), language)}</td>
              ))}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{words.curveTotal}</th>
            {days.map(({ buckets }) => (
              <td class="num">
                {formatNumber(
                  buckets.reduce((sum, { visits }) => sum + visits, 0),
                  language,
                )}
              </td>
            ))}
          </tr>
        </tfoot>
      </table>
    </details>
  );
};

/** Ten minutes that have not begun yet hold no zero. */
const isAhead = ({ now, shown }: CurvePlan, { day }: Curve, minute: number): boolean =>
  day === shown.day && now !== undefined && minute > now;

const visitsAt = ({ buckets }: Curve, minute: number): number =>
  buckets.find((bucket) => bucket.minute === minute)?.visits ?? 0;

import type { Figure, PublicFigures } from '../../contract/figures.ts';
import { formatMoment, formatNumber } from '../format.ts';
import type { Language } from '../language.ts';
import { liveWordsIn } from '../messages/live-words.ts';

/** What the public sees of the figures: total visits, their status and when they were true. */
export type Total = Pick<PublicFigures, 'asOf' | 'status'> & { readonly visits: Pick<Figure, 'value'> };

/** Drawn by the server first, then by the live island after every change. */
export const VisitsTotal = ({ total: { visits, status, asOf }, language }: { total: Total; language: Language }) => {
  const words = liveWordsIn(language);
  return (
    <>
      {visits.value === null || visits.value === 0 ? (
        <p class="total-none" id="total-none">
          {words.notOpen}
        </p>
      ) : (
        <p class="total-value" id="total-value">
          <b class="num" data-beat="visits">
            {formatNumber(visits.value, language)}
          </b>
          <span>{words.soFar}</span>
        </p>
      )}
      <p class="total-note">
        <span class={`stamp stamp-${status}`}>{words.status[status]}</span>{' '}
        <span class="num">{words.asOf(formatMoment(asOf))}</span>
      </p>
      <output class="connection" id="connection" data-keep="" data-state="connecting">
        {words.connection.connecting}
      </output>
    </>
  );
};

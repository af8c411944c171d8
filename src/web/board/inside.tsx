import type { FiguresDocument } from '../../contract/figures.ts';
import { formatNumber, formatPercent } from '../format.ts';
import type { Language } from '../language.ts';
import { messagesIn } from '../messages/messages.ts';
import { Bar } from './bar.tsx';
import type { BoardView } from './board-view.ts';
import { FirstRows } from './first-rows.tsx';
import { Opens } from './opens.tsx';

/** Each site's people against what fits, the fullest first. */
export const Inside = ({ view: { figures, language } }: { view: BoardView }) => {
  const words = messagesIn(language).board;
  const sites = [...figures.inside].sort((a, b) => fillOf(b) - fillOf(a));
  return (
    <section class="inside" id="inside" aria-labelledby="inside-title">
      <h2 id="inside-title">
        <Opens about="inside-now" language={language}>
          <span class="opens-name">{words.inside}</span>
        </Opens>
      </h2>
      {sites.length === 0 ? <p class="quiet">{words.nothingYet}</p> : null}
      <FirstRows
        rows={sites}
        id="inside-more"
        language={language}
        list={(shown) => (
          <ul class="gauges">
            {shown.map((site) => (
              <Gauge site={site} language={language} />
            ))}
          </ul>
        )}
      />
    </section>
  );
};

type Site = FiguresDocument['inside'][number];

const NEARLY_FULL = 0.9;

const fillOf = ({ now, capacity }: Site): number => (capacity === null ? -1 : now / capacity);

const toneOf = (fill: number) => (fill > 1 ? 'full' : fill >= NEARLY_FULL ? 'nearly-full' : undefined);

const Gauge = ({ site, language }: { site: Site; language: Language }) => {
  const words = messagesIn(language).board;
  const fill = fillOf(site);
  const tone = toneOf(fill);
  return (
    <li>
      <span class="gauge-name">{site.name}</span>
      <span class="gauge-now num" data-beat={`inside-${site.site}`}>
        {formatNumber(site.now, language)}
      </span>
      {site.capacity === null ? null : <Bar share={fill} {...(tone === undefined ? {} : { tone })} />}
      <span class="gauge-room">
        {site.capacity === null
          ? words.noCapacity
          : words.ofCapacity(formatNumber(site.capacity, language), formatPercent(fill, language))}
        {tone === undefined ? null : (
          <b class={`alert alert-${tone}`}> {tone === 'full' ? words.full : words.nearlyFull}</b>
        )}
      </span>
    </li>
  );
};

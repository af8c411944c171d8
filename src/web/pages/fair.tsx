import type { PublicFigures } from '../../contract/figures.ts';
import { type FairView, nameIn } from '../fair-view.ts';
import { VisitsTotal } from '../fair/total.tsx';
import { formatDay, formatDays, weekdayOf } from '../format.ts';
import type { Language } from '../language.ts';
import { messagesIn } from '../messages/messages.ts';
import { Icon } from '../ornaments/icons.tsx';
import { Rooster } from '../ornaments/rooster.tsx';
import { boardPath } from '../paths.ts';
import { type Frame, Layout } from './layout.tsx';

/** `board`: whether this viewer may open the fair's board. */
export type FairPageProps = Frame & {
  readonly fair: FairView;
  readonly figures: PublicFigures;
  readonly board: 'linked' | 'hidden';
};

/** The public page of a fair, `GET /fairs/{fair}`: what, when, where, and how many so far. */
export const fairPage = ({ fair, figures, board, ...frame }: FairPageProps) => {
  const { language } = frame;
  const words = messagesIn(language);
  const name = nameIn(fair.name, language);
  return (
    <Layout {...frame} title={name} description={`${name}, ${formatDays(fair.days)}`} island="public-live.js">
      <article class="sheet fair">
        <header class="fair-top wide">
          <Rooster />
          <h1>{name}</h1>
        </header>
        <div class="fair-columns wide">
          <section class="total print-son" aria-labelledby="total-title">
            <h2 id="total-title" class="visually-hidden">
              {words.dictionary.visits.name}
            </h2>
            <div id="total" data-fair={fair.id} data-language={language} aria-live="off">
              <VisitsTotal total={figures} language={language} />
            </div>
            <noscript>
              <p class="notice">{words.noScript}</p>
            </noscript>
          </section>
          <dl class="fair-facts">
            <When fair={fair} language={language} />
            <Where fair={fair} language={language} />
          </dl>
        </div>
        {board === 'linked' ? (
          <p>
            <a class="button" href={boardPath(fair.id)}>
              {words.fairPage.board}
            </a>
          </p>
        ) : null}
        <details class="behind counted">
          <summary>{words.fairPage.howCounted}</summary>
          <p>{words.dictionary.visits.rule}</p>
          <p>
            {words.fairPage.source}: {words.dictionary.visits.source}
          </p>
        </details>
      </article>
    </Layout>
  );
};

type PartProps = { readonly fair: FairView; readonly language: Language };

const When = ({ fair, language }: PartProps) => {
  const words = messagesIn(language);
  return (
    <div>
      <dt>
        <Icon name="calendar" /> {words.fairPage.when}
      </dt>
      <dd>
        <ul class="days">
          {fair.days.map((day) => (
            <li>
              {words.weekdays[weekdayOf(day)]}, <span class="num">{formatDay(day)}</span>
            </li>
          ))}
        </ul>
        <p>{words.fairPage.hours(fair.opens, fair.closes)}</p>
      </dd>
    </div>
  );
};

/** The address, and the sites where there are several or nothing else says where. */
const Where = ({ fair, language }: PartProps) => (
  <div>
    <dt>
      <Icon name="place" /> {messagesIn(language).fairPage.where}
    </dt>
    <dd>
      {fair.address === undefined ? null : <p>{fair.address}</p>}
      {fair.sites.length < 2 && fair.address !== undefined ? null : (
        <ul class="sites">
          {fair.sites.map(({ name }) => (
            <li>{name}</li>
          ))}
        </ul>
      )}
    </dd>
  </div>
);

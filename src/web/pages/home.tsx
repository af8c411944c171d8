import { type FairBrief, nameIn } from '../fair-view.ts';
import { formatDay, formatDays, formatNumber } from '../format.ts';
import type { Language } from '../language.ts';
import { messagesIn } from '../messages/messages.ts';
import { boardPath, fairPath } from '../paths.ts';
import { type Frame, Layout } from './layout.tsx';

/** A fair of the list; `visits` is its public total, null before the first one. */
export type ListedFair = {
  readonly fair: FairBrief & { readonly address?: string | undefined };
  readonly visits: number | null;
};

/** `today`: the local day, `yyyy-mm-dd`. `boards`: ids of the fairs whose board this viewer may open. */
export type HomePageProps = Frame & {
  readonly fairs: readonly ListedFair[];
  readonly today: string;
  readonly boards: readonly string[];
};

/** The list of fairs, `GET /`, once there is one; before that it is the welcome page. */
export const homePage = ({ fairs, today, boards, ...frame }: HomePageProps) => {
  const words = messagesIn(frame.language);
  const groups = [
    { id: 'now', title: words.homePage.now, fairs: fairs.filter(({ fair }) => whenIs(fair, today) === 'now') },
    {
      id: 'upcoming',
      title: words.homePage.upcoming,
      fairs: fairs.filter(({ fair }) => whenIs(fair, today) === 'upcoming').sort(byFirstDay),
    },
    {
      id: 'past',
      title: words.homePage.past,
      fairs: fairs
        .filter(({ fair }) => whenIs(fair, today) === 'past')
        .sort(byFirstDay)
        .toReversed(),
    },
  ].filter((group) => group.fairs.length > 0);
  return (
    <Layout {...frame} title={words.siteName}>
      <div class="sheet">
        <h1>{words.homePage.title}</h1>
        {groups.map((group) => (
          <section class="fair-group" aria-labelledby={`fairs-${group.id}`}>
            <h2 id={`fairs-${group.id}`}>{group.title}</h2>
            <ul class="fair-list">
              {group.fairs.map((listed) => (
                <Entry
                  listed={listed}
                  language={frame.language}
                  board={boards.includes(listed.fair.id) ? 'linked' : 'hidden'}
                />
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Layout>
  );
};

const whenIs = ({ days }: FairBrief, today: string): 'now' | 'upcoming' | 'past' =>
  today < (days[0] ?? '') ? 'upcoming' : today > (days.at(-1) ?? '') ? 'past' : 'now';

const byFirstDay = (a: ListedFair, b: ListedFair): number => ((a.fair.days[0] ?? '') < (b.fair.days[0] ?? '') ? -1 : 1);

type EntryProps = { readonly listed: ListedFair; readonly language: Language; readonly board: 'linked' | 'hidden' };

const Entry = ({ listed: { fair, visits }, language, board }: EntryProps) => {
  const words = messagesIn(language);
  const [day, month] = formatDay(fair.days[0] ?? '').split('/');
  return (
    <li class="fair-entry">
      <p class="date-block num" aria-hidden="true">
        <b>{day}</b>
        <span>
          {month}/{(fair.days[0] ?? '').slice(0, 4)}
        </span>
      </p>
      <div class="fair-entry-text">
        <h3>
          <a href={fairPath(fair.id)}>{nameIn(fair.name, language)}</a>
        </h3>
        <p>
          {formatDays(fair.days)}
          {fair.address === undefined ? null : <>. {fair.address}</>}
        </p>
        {board === 'linked' ? (
          <p>
            <a href={boardPath(fair.id)}>{words.homePage.board}</a>
          </p>
        ) : null}
      </div>
      {visits === null ? null : (
        <p class="fair-entry-visits">
          <b class="num">{formatNumber(visits, language)}</b> <span>{words.dictionary.visits.name.toLowerCase()}</span>
        </p>
      )}
    </li>
  );
};

import type { Breakdown, FigureKey } from '../../contract/figures.ts';
import { formatDay, formatNumber, formatPercent } from '../format.ts';
import type { Language } from '../language.ts';
import { messagesIn, wordFor } from '../messages/messages.ts';
import { Bar } from './bar.tsx';
import type { BoardView } from './board-view.ts';
import { FirstRows } from './first-rows.tsx';
import { Opens } from './opens.tsx';

/** One figure by one dimension each, as tables whose bars show the share. */
export const Breakdowns = ({ view }: { view: BoardView }) => {
  const words = messagesIn(view.language).board;
  return (
    <section class="breakdowns" id="breakdowns">
      <Tally view={view} figure="visits" by="gate" title={words.places} />
      <Tally view={view} figure="visits" by="category" title={words.categories} />
      <Tally view={view} figure="visits" by="source" title={words.sources} />
      <Tally view={view} figure="visits" by="day" title={words.days} />
      <Tally view={view} figure="visits" by="site" title={words.sites} />
      <Tally view={view} figure="organisations-present" by="kind" title={words.kinds} />
      <Tally view={view} figure="organisations-present" by="province" title={words.provinces} />
    </section>
  );
};

type TallyProps = {
  readonly view: BoardView;
  readonly figure: FigureKey;
  readonly by: Breakdown['by'];
  readonly title: string;
};

/** Largest first; days in their order. A breakdown with a single row says nothing that the total does not. */
const Tally = ({ view, figure, by, title }: TallyProps) => {
  const found = view.figures.breakdowns.find((breakdown) => breakdown.figure === figure && breakdown.by === by);
  if (found === undefined || (found.rows.length < 2 && by !== 'gate' && by !== 'category')) return null;
  const { language } = view;
  const total = found.rows.reduce((sum, { value }) => sum + Math.max(0, value), 0);
  const rows = [...found.rows].sort((a, b) => (by === 'day' ? (a.key < b.key ? -1 : 1) : b.value - a.value));
  const id = `tally-${figure}-${by}`;
  return (
    <section class="tally" id={id} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>
        <Opens about={figure} language={language}>
          <span class="opens-name">{title}</span>
        </Opens>
      </h2>
      {rows.length === 0 ? <p class="quiet">{messagesIn(language).board.nothingYet}</p> : null}
      <FirstRows
        rows={rows}
        id={`${id}-more`}
        language={language}
        list={(shown) => (
          <table class="ruled">
            <thead class="visually-hidden">
              <tr>
                <th scope="col">{title}</th>
                <th scope="col">{messagesIn(language).dictionary[figure].name}</th>
                <th scope="col">{messagesIn(language).board.share}</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((row) => (
                <Row label={labelOf(row, by, language)} value={row.value} total={total} language={language} />
              ))}
            </tbody>
          </table>
        )}
      />
    </section>
  );
};

type RowProps = { readonly label: string; readonly value: number; readonly total: number; readonly language: Language };

const Row = ({ label, value, total, language }: RowProps) => (
  <tr>
    <th scope="row">{label}</th>
    <td class="num">{formatNumber(value, language)}</td>
    <td class="tally-share">
      <span>
        <Bar share={total === 0 ? 0 : value / total} />
        <span class="num">{total === 0 ? '–' : formatPercent(value / total, language)}</span>
      </span>
    </td>
  </tr>
);

const labelOf = ({ key, label }: Breakdown['rows'][number], by: Breakdown['by'], language: Language): string =>
  by === 'day' ? formatDay(key) : (label ?? wordFor(messagesIn(language).breakdown, key));

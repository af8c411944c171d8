import { attribute, text } from './markup.ts';

export type Curve = {
  readonly name: string;
  /** CSS class that gives it its colour and its dashes. */
  readonly style: 'first' | 'second' | 'third';
  /** One value a second; null where there is none. */
  readonly values: readonly (number | null)[];
};

export type Chart = {
  readonly id: string;
  readonly title: string;
  readonly note: string;
  readonly unit: string;
  readonly curves: readonly Curve[];
  /** A value that must not be reached. */
  readonly limit?: { readonly name: string; readonly value: number } | undefined;
  /** Seconds at which something happened. */
  readonly marks: readonly { readonly name: string; readonly second: number }[];
};

/**
 * A chart that fits any width: the lines are SVG and stretch, the words are HTML and do not. Behind it is its table.
 */
export function chart(drawn: Chart): string {
  const { id, title, note, curves, limit, marks, unit } = drawn;
  const seconds = Math.max(2, ...curves.map(({ values }) => values.length));
  const top = niceTop(
    Math.max(1, limit?.value ?? 0, ...curves.flatMap(({ values }) => values.map((value) => value ?? 0))),
  );
  const x = (second: number) => round((second / (seconds - 1)) * 100);
  const y = (value: number) => round(100 - (value / top) * 100);
  const grid = [0, 0.25, 0.5, 0.75, 1].map((share) => share * top);
  return `<figure class="chart" aria-labelledby="${attribute(id)}">
<figcaption id="${attribute(id)}"><b>${text(title)}</b> ${text(note)}</figcaption>
<p class="legend">${curves.map(({ name, style }) => `<span class="key ${style}">${text(name)}</span>`).join('')}${limit ? `<span class="key limit">${text(limit.name)}</span>` : ''}${marks.map(({ name }) => `<span class="key mark">${text(name)}</span>`).join('')}</p>
<div class="plot">
<div class="scale" aria-hidden="true">${grid.map((value) => `<span style="top:${y(value)}%">${text(amount(value))}</span>`).join('')}</div>
<svg viewBox="0 0 100 100" preserveAspectRatio="none" role="img" aria-label="${attribute(`${title}, ${unit}`)}">
${grid.map((value) => `<path class="grid" d="M0 ${y(value)}H100"/>`).join('')}
${marks.map(({ second }) => `<path class="mark" d="M${x(second)} 0V100"/>`).join('')}
${limit ? `<path class="limit" d="M0 ${y(limit.value)}H100"/>` : ''}
${curves.map(({ values, style }) => `<path class="line ${style}" d="${pathOf(values, { x, y })}"/>`).join('\n')}
</svg>
<div class="times" aria-hidden="true">${[0, 0.25, 0.5, 0.75, 1].map((share) => `<span style="left:${round(share * 100)}%">${Math.round(share * (seconds - 1))} s</span>`).join('')}</div>
</div>
<details><summary>The numbers (${text(unit)})</summary>${tableOf(drawn)}</details>
</figure>`;
}

type Scale = { readonly x: (second: number) => number; readonly y: (value: number) => number };

/** A line with a gap wherever there is no value; a value alone is a dot. */
function pathOf(values: readonly (number | null)[], { x, y }: Scale): string {
  return values
    .map((value, second) => {
      if (value === null) return '';
      const joins = (values[second - 1] ?? null) !== null;
      return `${joins ? 'L' : 'M'}${x(second)} ${y(value)}${joins ? '' : 'h0'}`;
    })
    .join('');
}

function tableOf({ curves }: Chart): string {
  const seconds = Math.max(0, ...curves.map(({ values }) => values.length));
  const rows = Array.from({ length: seconds }, (_, second) => {
    const cells = curves.map(({ values }) => `<td>${text(amount(values[second] ?? null))}</td>`).join('');
    return `<tr><th scope="row">${second}</th>${cells}</tr>`;
  });
  const head = curves.map(({ name }) => `<th scope="col">${text(name)}</th>`).join('');
  return `<div class="wide" tabindex="0"><table><thead><tr><th scope="col">second</th>${head}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

const amount = (value: number | null): string =>
  value === null ? '–' : value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 1 : 0 });

const round = (value: number): number => Math.round(value * 100) / 100;

/** The next 1, 2, 2.5, 4, 5 or 8 times a power of ten, so that quarters of it are round. */
function niceTop(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 4, 8, 10].find((step) => step * power >= value) ?? 10) * power;
}

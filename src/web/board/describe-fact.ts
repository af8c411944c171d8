import type { Fact } from '../../contract/facts.ts';
import { formatDay, formatMoney, formatNumber } from '../format.ts';
import type { Language } from '../language.ts';
import { messagesIn, wordFor } from '../messages/messages.ts';

const told = [
  'persons',
  'category',
  'source',
  'outcome',
  'direction',
  'kind',
  'copies',
  'copiesSold',
  'copiesDonated',
  'revenue',
  'lines',
  'booth',
  'day',
  'gate',
  'reason',
] as const;

/** What a fact's data say, in a few words: “4 người, đối tượng: Gia đình, cổng: A1”. Ids are left to the raw data. */
export const describeFact = ({ data }: Fact, language: Language): string =>
  told
    .map((field) => ({ field, text: textOf(field, data[field], language) }))
    .filter(({ text }) => text !== undefined)
    .map(({ field, text }) => `${messagesIn(language).events.fields[field]}: ${text}`)
    .join(', ');

const textOf = (field: (typeof told)[number], value: unknown, language: Language): string | undefined => {
  const { events, breakdown } = messagesIn(language);
  if (Array.isArray(value)) return formatNumber(value.length, language);
  if (typeof value === 'number')
    return field === 'revenue' ? formatMoney(value, language) : formatNumber(value, language);
  if (typeof value !== 'string') return undefined;
  return field === 'day' ? formatDay(value) : wordFor({ ...breakdown, ...events.values }, value);
};

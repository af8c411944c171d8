import { LogKeys } from '../../contract/receipts.ts';
import { htmlOf } from '../html.ts';
import { type Language, languages } from '../language.ts';
import { formatNumber } from '../format.ts';
import { verifyWordsIn } from '../messages/verify-words.ts';
import { logKeysPath, receiptPath } from '../paths.ts';
import { canCheck, checkReceipt } from '../receipt/check-receipt.ts';
import { ReceiptResult, ReceiptStopped, type StopReason } from '../receipt/result.tsx';

type Place = {
  readonly language: Language;
  readonly form: HTMLFormElement;
  readonly text: HTMLTextAreaElement;
  readonly file: HTMLInputElement;
  readonly result: HTMLElement;
};

/** Checks receipts that are pasted, chosen, dropped, or named by their position in the address: `/verify#123`. */
const startVerifying = (place: Place): void => {
  const { form, text, file } = place;
  form.hidden = false;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void check(place);
  });
  file.addEventListener('change', () => void readFile(place, file.files?.[0]));
  form.addEventListener('dragover', (event) => event.preventDefault());
  form.addEventListener('drop', (event) => {
    event.preventDefault();
    void readFile(place, event.dataTransfer?.files[0]);
  });
  text.addEventListener('input', () => place.result.replaceChildren());
  addEventListener('hashchange', () => void fetchNamed(place));
  void fetchNamed(place);
};

/** @param source where the receipt was fetched from */
const check = async ({ language, text, result }: Place, source?: string): Promise<void> => {
  if (text.value.trim() === '') return stop({ language, result }, 'empty');
  if (!canCheck()) return stop({ language, result }, 'cannot');
  result.textContent = verifyWordsIn(language).check.working;
  const checked = await checkReceipt(text.value, await publishedKeys());
  show(result, htmlOf(ReceiptResult({ checked, language, source })));
};

const fileBytesMax = 1_000_000;

const readFile = async (place: Place, file: File | undefined): Promise<void> => {
  if (file === undefined) return;
  const content = file.size > fileBytesMax ? undefined : await file.text().catch(() => undefined);
  place.file.value = '';
  if (content === undefined) return stop(place, 'unreadable');
  place.text.value = content;
  await check(place);
};

const fetchNamed = async (place: Place): Promise<void> => {
  const position = /^#([1-9]\d{0,14})$/.exec(location.hash)?.[1];
  if (position === undefined) return;
  const { language, result, text } = place;
  result.textContent = verifyWordsIn(language).check.fetching(formatNumber(Number(position), language));
  const response = await fetch(receiptPath(position)).catch(() => undefined);
  if (!response?.ok) return stop(place, stopReasonOf(response?.status));
  text.value = JSON.stringify(await response.json(), undefined, 2);
  await check(place, receiptPath(position));
};

const stopReasonOf = (status: number | undefined): StopReason => {
  if (status === 401 || status === 403 || status === 404) return 'forbidden';
  if (status === 503) return 'unsealed';
  return status === undefined ? 'failed' : 'refused';
};

/** @returns undefined where the server does not answer: a receipt is checked without it, too */
const publishedKeys = async (): Promise<LogKeys['keys'] | undefined> => {
  try {
    return LogKeys.parse(await (await fetch(logKeysPath)).json()).keys;
  } catch {
    return undefined;
  }
};

const stop = ({ language, result }: Pick<Place, 'language' | 'result'>, reason: StopReason): void =>
  show(result, htmlOf(ReceiptStopped({ reason, language })));

const show = (result: HTMLElement, html: string): void => {
  result.innerHTML = html;
  result.querySelector<HTMLElement>('.verdict-title')?.focus();
};

const find = (): Place | undefined => {
  const around = document.querySelector<HTMLElement>('#receipt');
  const language = languages.find((known) => known === around?.dataset['language']);
  const form = document.querySelector<HTMLFormElement>('#receipt-form');
  const text = document.querySelector<HTMLTextAreaElement>('#receipt-text');
  const file = document.querySelector<HTMLInputElement>('#receipt-file');
  const result = document.querySelector<HTMLElement>('#receipt-result');
  return language && form && text && file && result ? { language, form, text, file, result } : undefined;
};

const place = find();
if (place !== undefined) startVerifying(place);

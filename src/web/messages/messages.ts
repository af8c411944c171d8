import type { Language } from '../language.ts';
import { en } from './en.ts';
import { vi } from './vi.ts';

/** Everything a page says, in one language. Both languages have the same keys; the compiler holds that. */
export type Messages = typeof vi;

export const messagesIn = (language: Language): Messages => ({ vi, en })[language];

/** The word for a code of a breakdown (category, kind …), or the code itself where there is no word. */
export const wordFor = (words: Readonly<Record<string, string>>, code: string): string =>
  Object.hasOwn(words, code) ? (words[code] ?? code) : code;

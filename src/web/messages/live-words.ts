import type { Language } from '../language.ts';
import { liveEn } from './live-en.ts';
import { liveVi } from './live-vi.ts';

/** The few words that the public page needs live, in one language. */
export const liveWordsIn = (language: Language): typeof liveVi => ({ vi: liveVi, en: liveEn })[language];

import type { Language } from '../language.ts';
import { eventsEn } from './events-en.ts';
import { eventsVi } from './events-vi.ts';
import { verifyEn } from './verify-en.ts';
import { verifyVi } from './verify-vi.ts';

/** What checking a receipt takes, in one language, the names of facts included. */
export const verifyWordsIn = (language: Language) =>
  ({ vi: { ...verifyVi, factNames: eventsVi.names }, en: { ...verifyEn, factNames: eventsEn.names } })[language];

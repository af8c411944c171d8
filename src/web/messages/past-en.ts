import type { pastVi } from './past-vi.ts';

export const pastEn: typeof pastVi = {
  title: 'Figures at a moment',
  open: 'Look back at a moment',
  lead: 'All figures of the fair can be looked back at: what had happened by then, and what was known then.',
  asOf: 'True at',
  asOfHint: 'Counts only what had happened by this moment. Left empty: everything.',
  knownAt: 'As known at',
  knownAtHint: 'Counts only what had been recorded by this moment. Left empty: all that is known by now.',
  zone: 'Vietnam time.',
  show: 'Show the figures',
  bannerTitle: 'Figures of the past, not those of now',
  banner: (asOf, knownAt) => `True at ${asOf}, as known at ${knownAt}.`,
  back: 'Back to the figures of now',
  wrong: 'A moment needs a day and a time, and cannot lie in the future.',
  unknown: 'Nothing was known of this fair then.',
  thatDay: 'that day',
};

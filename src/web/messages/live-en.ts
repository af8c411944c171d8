import type { liveVi } from './live-vi.ts';

export const liveEn: typeof liveVi = {
  asOf: (moment) => `Figures at ${moment}`,
  soFar: 'visits up to now',
  notOpen: 'No visit has been recorded yet.',
  status: {
    provisional: 'Provisional figures',
    final: 'Final figures',
    incomplete: 'Incomplete figures',
    'not-collected': 'Not collected',
  },
  connection: {
    connecting: 'Connecting…',
    live: 'Updating live',
    reconnecting: 'Connection lost, trying again. These are the last figures received.',
    offline: 'This device has no network. These are the last figures received.',
    'signed-out': 'Your session has ended. Open your sign-in link again to go on watching.',
    outdated: 'There is a new version. Reload the page to go on watching.',
  },
};

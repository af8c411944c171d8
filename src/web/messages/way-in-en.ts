import type { problemsVi, signInVi, welcomeVi } from './way-in-vi.ts';

export const welcomeEn: typeof welcomeVi = {
  title: 'The system is ready',
  lead: 'The database is empty. A few steps lead to the first live board.',
  leadSignedIn: 'You are signed in. There is no fair yet; make the first one.',
  openLink: 'Open the one-time link',
  openLinkText:
    'The terminal in which you ran npm start has printed a link. Open it on this computer and press the button to become the first owner.',
  openLinkLost: 'Is the link gone? Make a new one:',
  openLinkDone: 'Done: you are signed in.',
  makeFair: 'Make a fair through the API',
  makeFairText:
    'Get an access token, then send the fair. Put in the right name, days, sites and gates. Sending it again does not make a second fair.',
  token: 'Access token (printed once, keep it secret)',
  request: 'Make the fair',
  allRequests: 'The whole API',
  demo: 'Or look around with sample figures',
  demoText:
    'The Bắc Ninh 2022 book fair is replayed from its first fact, in a data folder of its own; your data are left alone.',
};

export const signInEn: typeof signInVi = {
  title: 'Sign in',
  lead: 'Press the button to enter on this device. A sign-in link works once; the link of an application or a group lasts.',
  button: 'Enter',
  working: 'Signing in…',
  welcome: 'Signed in. Opening the page…',
  noSecret: 'The link is incomplete',
  noSecretText:
    'This address lacks the code at its end. Open the whole link again, from the message or the terminal that gave it to you.',
  used: 'The link no longer works',
  usedText:
    'It has been used or has expired. Ask the organiser for a new one; the owner makes it with this command, and the id of the fair:',
  failed: 'Not signed in yet',
  failedText: 'The system could not be reached. Check your network and press again; the link still works.',
  again: 'Try again',
  noScript: 'Signing in needs JavaScript.',
};

export const problemsEn: typeof problemsVi = {
  'not-found': {
    title: 'There is no such page',
    text: 'The address may be mistyped, or the page is only shown to people who are signed in.',
  },
  forbidden: {
    title: 'This page is not for you to see yet',
    text: 'What you may see does not include this page. Ask the organiser if you need it.',
  },
  unauthorised: {
    title: 'Please sign in',
    text: 'This page is for people who may see the figures. Open the sign-in link that the organiser sent you.',
  },
  busy: {
    title: 'The system is busy',
    text: 'Very many people are here right now. Wait a few seconds and reload. Nothing recorded is lost.',
  },
  failed: {
    title: 'Something went wrong',
    text: 'The fault has been written down. Nothing recorded is lost. Reload the page; if it happens again, send the request id below to the owner.',
  },
  request: 'Request id',
  home: 'Go to the home page',
  reload: 'Reload the page',
};

import type { verifyVi } from './verify-vi.ts';

export const verifyEn: typeof verifyVi = {
  title: 'Verify',
  description: 'Check the receipt of a fact in the sealed log, in your own browser.',
  lead: 'Every fact of a book fair goes into a log that only grows: nothing in it is changed or taken out. Every few seconds the log is sealed with a digital signature. Whoever holds a receipt can check it without trusting the server.',
  check: {
    title: 'Check a receipt',
    hint: 'Paste the receipt below, or choose its file. It is checked in this browser and sent nowhere.',
    label: 'The receipt (JSON)',
    file: 'Choose a receipt file',
    button: 'Check',
    working: 'Checking…',
    fetching: (position) => `Fetching the receipt of fact ${position}…`,
    noScript: 'Checking a receipt on this page needs JavaScript.',
  },
  verdict: {
    good: {
      title: 'The receipt is true',
      text: 'This fact is in the sealed log, exactly as it was recorded.',
    },
    bad: {
      title: 'The receipt is not true',
      text: 'Do not rely on this receipt. The step that failed is named below.',
    },
    open: {
      title: 'Not fully checked yet',
      text: 'The parts of the receipt agree, but its key could not be compared with this system’s.',
    },
  },
  stopped: {
    empty: { title: 'There is no receipt yet', text: 'Paste a receipt or choose its file, then press “Check”.' },
    cannot: {
      title: 'This browser cannot check it',
      text: 'It takes a recent browser and an address that begins with https:// (or the page opened on the server itself).',
    },
    unreadable: {
      title: 'The file cannot be read',
      text: 'It is too large (over 1 MB) or did not open. Choose another.',
    },
    forbidden: {
      title: 'The receipt could not be fetched',
      text: 'Receipts are given to organisers and auditors. Sign in, or paste a receipt that you were given.',
    },
    unsealed: {
      title: 'This fact is not sealed yet',
      text: 'It is younger than the latest seal. Try again in a few seconds.',
    },
    refused: {
      title: 'The receipt could not be fetched',
      text: 'The system is busy or has failed. Try again in a few minutes.',
    },
    failed: {
      title: 'The receipt could not be fetched',
      text: 'The system could not be reached. Check your network and try again.',
    },
  },
  steps: {
    readable: {
      name: 'The receipt is complete',
      good: () => 'It has the fact, the seal, the path of hashes and the keys.',
      bad: () => 'This is no receipt, or a part of it is missing.',
      open: () => 'Not looked at.',
    },
    included: {
      name: 'The fact is in the sealed log',
      good: (_key, size) => `The fact’s hash leads to the root of the ${size} facts that were sealed.`,
      bad: () => 'The fact’s hash does not lead to the sealed root: the fact, its place or the path has been changed.',
      open: () => 'Not looked at, because another step failed.',
    },
    signed: {
      name: 'The seal is validly signed',
      good: (key) => `Signed (Ed25519) with key ${key}.`,
      bad: () => 'None of the receipt’s keys has signed this seal: the seal or the key has been replaced.',
      open: () => 'Not looked at, because another step failed.',
    },
    published: {
      name: 'The key is this system’s',
      good: (key) => `Key ${key} is one that this system publishes for this seal.`,
      bad: (key) =>
        `This system does not publish key ${key} for this seal: the key had been replaced by then, or the receipt is another system’s, or forged.`,
      open: (key) =>
        key === ''
          ? 'Not looked at, because another step failed.'
          : `The system could not be asked. Compare key ${key} with the one that you have kept.`,
    },
  },
  outcome: { good: 'Passed', bad: 'Failed', open: 'Not checked' },
  fact: {
    title: 'What the receipt says',
    what: 'Fact',
    occurred: 'Happened at',
    recorded: 'Recorded at',
    position: 'Number in the log',
    sealed: 'Sealed',
    sealedSize: (size, origin) => `the first ${size} facts of ${origin}`,
    hash: 'The fact’s hash',
    whole: 'Show it in full',
    save: 'Save this receipt',
  },
  proved: {
    title: 'What is proved',
    points: [
      'The fact of the receipt was in the log when it was sealed, to the letter and in its place.',
      'Changing, removing, inserting or swapping sealed facts changes the root. Whoever keeps an old seal will notice, even if the whole database is rewritten.',
      'Every figure is counted again from the log. The verifying command names each fact and each figure that differs.',
    ],
  },
  notProved: {
    title: 'What is not proved',
    points: [
      'That what was recorded is what happened. A seal only shows that it has not been changed since.',
      'Facts younger than the latest seal, usually a few seconds.',
      'If the sealing key leaks, somebody could sign another log. So keep a seal outside the system.',
      'Who is who: the log and its receipts hold no personal data.',
    ],
  },
  keep: {
    title: 'Keep a seal',
    text: 'Open the current seal, save it as a file and keep it outside the system: in an e-mail, on a drive, on paper. It is a few lines of text and no secret.',
    current: 'The current seal',
    keys: 'Published keys',
    later: 'Later the administrator compares the whole log and its figures with that seal:',
  },
  receipts: {
    title: 'Where do receipts come from?',
    text: 'Organisers and auditors open a number on the live board, look at the facts behind it and choose “Verify this fact”. A receipt may be handed to anybody.',
  },
};

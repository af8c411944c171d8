/** Every page there is. A page that does not exist has no path here, so nothing can link to it. */
export const homePath = '/';
export const signInPath = '/sign-in';
export const docsPath = '/docs';
export const verifyPath = '/verify';
export const fairPath = (fair: string): string => `/fairs/${fair}`;
export const boardPath = (fair: string): string => `/fairs/${fair}/board`;
export const pastPath = (fair: string): string => `/fairs/${fair}/past`;

/** What the islands ask the server for. */
export const sessionsPath = '/api/sessions';
export const signOutPath = '/api/sessions/revocation';
export const livePath = (fair: string): string => `/api/fairs/${fair}/live`;
export const figuresPath = (fair: string): string => `/api/fairs/${fair}/figures`;
export const factsPath = (fair: string, figure: string): string => `${figuresPath(fair)}/${figure}/events`;
export const checkpointPath = '/api/log/checkpoint';
export const logKeysPath = '/api/log/keys';
export const receiptPath = (position: string): string => `/api/log/receipts/${position}`;

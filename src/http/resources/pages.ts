import { htmlOf } from '../../web/html.ts';
import { signInPath } from '../../web/paths.ts';
import { signInPage } from '../../web/pages/sign-in.tsx';
import { frameOf, htmlResponse, pageQuery } from '../frame.ts';
import { readAnywhere, type Route } from '../route.ts';

const signIn = readAnywhere({
  path: signInPath,
  summary: 'Where a one-time link leads; nothing is used up before its button is pressed',
  may: ['public'],
  query: pageQuery,
  handle: async (asked, ports) => htmlResponse(htmlOf(signInPage(frameOf(asked, ports))), asked),
});

export const pages: readonly Route[] = [signIn];

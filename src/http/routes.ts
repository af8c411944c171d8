import { enrolments } from './resources/enrolments.ts';
import { sessions } from './resources/sessions.ts';
import { tokens } from './resources/tokens.ts';
import type { Route } from './route.ts';

/** Every route there is, a line a resource; `test/http/every-route.test.ts` asks each for its contract test. */
export const routes: readonly Route[] = [...enrolments, ...sessions, ...tokens];

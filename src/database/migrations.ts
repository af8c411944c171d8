import type { Migration } from './migration.ts';
import { appRole } from './migrations/0001-app-role.ts';
import { log } from './migrations/0002-log.ts';

/** In the order in which they are applied. A new one gets a file, the next number, and the last line here. */
export const migrations: readonly Migration[] = [appRole, log];

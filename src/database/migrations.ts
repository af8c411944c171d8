import type { Migration } from './migration.ts';
import { appRole } from './migrations/0001-app-role.ts';
import { log } from './migrations/0002-log.ts';
import { auth } from './migrations/0003-auth.ts';
import { vault } from './migrations/0004-vault.ts';
import { passes } from './migrations/0005-passes.ts';
import { projections } from './migrations/0006-projections.ts';
import { reactions } from './migrations/0007-reactions.ts';
import { awaitedContacts } from './migrations/0008-awaited-contacts.ts';
import { seal } from './migrations/0009-seal.ts';
import { kurrent } from './migrations/0010-kurrent.ts';
import { conditions } from './migrations/0011-conditions.ts';

/** In the order in which they are applied. A new one gets a file, the next number, and the last line here. */
export const migrations: readonly Migration[] = [
  appRole,
  log,
  auth,
  vault,
  passes,
  projections,
  reactions,
  awaitedContacts,
  seal,
  kurrent,
  conditions,
];

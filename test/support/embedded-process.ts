import { createInterface } from 'node:readline';
import { openDatabase } from '../../src/database/open.ts';

/** A process of its own that opens the embedded database: `<folder> server|tool`. Says `open <ownerUrl>`, stops when stdin ends. */
const [dataDir = '', role] = process.argv.slice(2);
try {
  const database = await openDatabase(
    { dataDir, databaseUrl: undefined, databaseOwnerUrl: undefined },
    { as: role === 'server' ? 'server' : 'tool' },
  );
  process.stdout.write(`open ${database.ownerUrl}\n`);
  for await (const line of createInterface(process.stdin)) if (line === 'stop') break;
  await database.stop();
  process.stdout.write('stopped\n');
} catch (error) {
  process.stdout.write(`${String(error)}\n`);
  process.exitCode = 1;
}

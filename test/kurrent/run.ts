import { spawnSync } from 'node:child_process';

/** `npm run test:kurrent`: the tests of the KurrentDB adapter, against the server at KURRENTDB_URL. */
if (!process.env['KURRENTDB_URL']) {
  process.stdout.write(
    [
      'Skipped: KURRENTDB_URL is not set, so there is no KurrentDB to ask.',
      'With KURRENTDB_URL=esdb://localhost:2113?tls=false this runs, against that server: the contract of the log, the demo,',
      'and dropped connections. docs/kurrentdb.md says how to start one.',
      'npm test has run the same against a small server that speaks the protocol, which is not KurrentDB.\n',
    ].join('\n'),
  );
  process.exit(0);
}
const { status } = spawnSync(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', '--project', 'node', 'test/store/kurrent', 'test/kurrent'],
  { stdio: 'inherit' },
);
process.exit(status ?? 1);

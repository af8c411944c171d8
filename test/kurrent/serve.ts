import { parseArgs } from 'node:util';
import { startKurrentServer } from './server/kurrent-server.ts';

const { values } = parseArgs({ options: { port: { type: 'string', default: '0' } } });
const { url } = await startKurrentServer({ port: Number(values.port) });
process.stdout.write(`This is not KurrentDB: a test server that speaks its client's protocol, in memory.\n${url}\n`);

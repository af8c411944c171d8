import { readConfig } from './config.ts';
import { firstLink } from './first-link.ts';
import { createLog } from './log.ts';
import { startNode } from './node.ts';
import { runUntilSignal, tell } from './run-until-signal.ts';

await runUntilSignal(async (fail) => {
  const config = readConfig(process.env);
  const log = createLog(config);
  const node = await startNode(config, { log, onLost: fail });
  tell(`Hội Sách: ${node.address}`);
  const link = await firstLink(node.ports, node.address);
  if (link !== undefined)
    tell(`\nMở liên kết này một lần để trở thành chủ hệ thống (open once to become the owner):\n${link}\n`);
  return node;
});

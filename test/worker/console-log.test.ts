import { describe, expect, test } from 'vitest';
import { createLog } from '../../src/log.ts';
import { consoleLog } from '../../src/worker/console-log.ts';

const lines = (write: (log: Pick<ReturnType<typeof createLog>, 'info' | 'warn' | 'error'>) => void) => {
  const [onWorkers, onNode]: [string[], string[]] = [[], []];
  write(consoleLog({ logLevel: 'info' }, (line) => onWorkers.push(line)));
  write(createLog({ logLevel: 'info' }, { write: (line) => void onNode.push(line) }));
  const withoutTime = (line: string): unknown => ({ ...JSON.parse(line), time: undefined });
  return { onWorkers: onWorkers.map(withoutTime), onNode: onNode.map(withoutTime), text: onWorkers.join('\n') };
};

describe('the log of a Worker', () => {
  test('has the lines that the log of a node has', () => {
    const { onWorkers, onNode } = lines((log) => {
      log.info({ requestId: 'r', route: '/api/fairs/{fair}', status: 200, durationMs: 1.5 }, 'request');
      log.warn('a sentence');
      log.error({ position: 7, nested: { fair: 'f' } }, 'an event is parked');
    });
    expect(onWorkers).toEqual(onNode);
  });

  test('holds no secret at any depth', () => {
    const { onWorkers, onNode, text } = lines((log) => {
      log.info({ token: 'hst_1', about: { phone: '0987654321', list: [{ shortCode: 'ABCD' }] } }, 'tried');
      log.warn({ url: 'postgres://app:pa55@db/x' }, 'lost postgres://app:pa55@db/x');
    });
    expect(onWorkers[0]).toEqual(onNode[0]);
    expect(text).not.toMatch(/hst_1|0987654321|ABCD|pa55/);
  });

  test('tells an error by its kind, words, code and cause', () => {
    const cause = Object.assign(new Error('refused by postgres://app:pa55@db/x'), { code: '08006' });
    const { onWorkers, text } = lines((log) => log.error({ err: new TypeError('no answer', { cause }) }, 'failed'));
    expect(onWorkers[0]).toMatchObject({
      level: 'error',
      err: { type: 'TypeError', message: 'no answer', cause: { code: '08006' } },
      msg: 'failed',
    });
    expect(text).not.toContain('pa55');
  });

  test('is silent below its level', () => {
    const said: string[] = [];
    const log = consoleLog({ logLevel: 'error' }, (line) => said.push(line));
    log.info('nothing');
    log.warn('nothing');
    log.error('something');
    expect(said).toHaveLength(1);
  });
});

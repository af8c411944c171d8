import { describe, expect, it } from 'vitest';
import { createLog } from '../src/log.ts';

const linesOf = (write: (log: ReturnType<typeof createLog>) => void): string => {
  const lines: string[] = [];
  write(createLog({ logLevel: 'trace' }, { write: (line: string) => lines.push(line) }));
  return lines.join('');
};

describe('the log', () => {
  it('is a line of JSON with time, level, message and fields', () => {
    const line: unknown = JSON.parse(linesOf((log) => log.info({ fair: 'bac-ninh', status: 200 }, 'answered')));
    expect(line).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/),
      fair: 'bac-ninh',
      status: 200,
      msg: 'answered',
    });
  });

  it.each([
    [{ authorization: 'Bearer planted' }],
    [{ request: { headers: { cookie: 'session=planted' } } }],
    [{ response: { headers: { 'set-cookie': ['session=planted'] } } }],
    [{ body: { items: [{ token: 'planted' }] } }],
    [{ oneTimeSecret: 'planted' }],
    [{ contact: { name: 'planted', phone: 'planted' } }],
    [{ application: { representative: { name: 'planted' } } }],
    [{ visitor: { email: 'planted' } }],
    [{ a: { b: { c: { d: { e: { password: 'planted' } } } } } }],
    [{ link: 'postgres://hoi_sach_app:planted@db/fair' }],
    [{ err: new Error('connect postgres://hoi_sach_app:planted@db/fair failed') }],
    [{ err: Object.assign(new Error('refused'), { token: 'planted', config: { password: 'planted' } }) }],
  ])('keeps the secret out of %j', (fields) => {
    const line = linesOf((log) => log.error(fields, 'refused'));
    expect(line).toContain('refused');
    expect(line).not.toContain('planted');
    expect(line).toContain('[redacted]');
  });

  it('keeps the fields of a child out just the same', () => {
    const line = linesOf((log) => log.child({ token: 'planted', requestId: 'r1' }).info('answered'));
    expect(line).not.toContain('planted');
    expect(line).toContain('r1');
    const grandchild = linesOf((log) =>
      log
        .child({ requestId: 'r1' })
        .child({ contact: { phone: 'planted' } })
        .info('answered'),
    );
    expect(grandchild).not.toContain('planted');
    expect(grandchild).toContain('r1');
  });

  it('shows numbers of secret things, which are no secrets', () => {
    expect(linesOf((log) => log.info({ tokens: 3, contacts: 0 }, 'counted'))).toContain('"tokens":3,"contacts":0');
  });
});

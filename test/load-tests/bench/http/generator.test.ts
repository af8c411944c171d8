import { createServer, type Server } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { drive, isAdmission, isWhole } from '../../../../load-tests/bench/http/generator.ts';

const admitted = JSON.stringify({ outcome: 'admitted' });
const requests = (count: number) =>
  Array.from({ length: count }, (_, at) =>
    Buffer.from(`PUT /${at} HTTP/1.1\r\nhost: here\r\ncontent-length: 2\r\n\r\n{}`),
  );

describe('the load generator', () => {
  let server: Server | undefined;
  afterEach(() => server?.close());
  const serve = async (answer: (path: string) => string) => {
    const asked: string[] = [];
    server = createServer((request, response) => {
      const path = request.url ?? '';
      asked.push(path);
      request.resume().on('end', () => {
        const body = answer(path);
        response.writeHead(200, { 'content-length': Buffer.byteLength(body) });
        // In two pieces, as a network may deliver it.
        response.write(body.slice(0, 5));
        setImmediate(() => response.end(body.slice(5)));
      });
    });
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    return { port: address.port, asked };
  };

  it('sends every request once and counts its answers', async () => {
    const { port, asked } = await serve(() => admitted);
    const load = { port, requests: requests(50), connections: 4, seconds: 20, over: 'once' } as const;
    const { answers, milliseconds, perSecond } = await drive(load);
    expect(answers).toBe(50);
    expect(milliseconds).toHaveLength(50);
    expect(perSecond).toBeGreaterThan(0);
    expect(asked.toSorted()).toEqual(Array.from({ length: 50 }, (_, at) => `/${at}`).toSorted());
  });

  it('begins again where that is asked, until the time is over', async () => {
    const { port, asked } = await serve(() => admitted);
    const { answers } = await drive({ port, requests: requests(1), connections: 2, seconds: 0.2, over: 'again' });
    expect(asked).toHaveLength(answers);
    expect(answers).toBeGreaterThan(1);
  });

  it('fails at the first answer that is no admission', async () => {
    const { port } = await serve((path) => (path === '/7' ? '{"outcome":"refused"}' : admitted));
    const load = { port, requests: requests(10), connections: 1, seconds: 20, over: 'once' } as const;
    await expect(drive(load)).rejects.toThrow(/no admission: .*refused/s);
  });

  it('takes an answer for whole when all its bytes are there, and never one of unknown length', () => {
    const head = 'HTTP/1.1 200 OK\r\nContent-Length: 4\r\n';
    expect(isWhole(head)).toBe(false);
    expect(isWhole(`${head}\r\nabc`)).toBe(false);
    expect(isWhole(`${head}\r\nabcd`)).toBe(true);
    expect(() => isWhole('HTTP/1.1 200 OK\r\n\r\n')).toThrow(/without its length/);
  });

  it('takes only a 200 for an admission', () => {
    expect(isAdmission(`HTTP/1.1 200 OK\r\n\r\n${admitted}`)).toBe(true);
    expect(isAdmission(`HTTP/1.1 503 Busy\r\n\r\n${admitted}`)).toBe(false);
    expect(isAdmission('HTTP/1.1 200 OK\r\n\r\n{"outcome":"admitted-again"}')).toBe(false);
  });
});

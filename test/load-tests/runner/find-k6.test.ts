import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findK6 } from '../../../load-tests/runner/find-k6.ts';

describe('k6', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hoi-sach-k6-'));
    vi.stubEnv('PATH', folder);
    vi.stubEnv('HOME', folder);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const program = async (path: string, says: string) => {
    await mkdir(join(path, '..'), { recursive: true });
    await writeFile(path, `#!/bin/sh\necho '${says}'\n`);
    await chmod(path, 0o755);
  };

  it('is the one on the PATH', async () => {
    await program(join(folder, 'k6'), 'k6 v1.8.1');
    await expect(findK6()).resolves.toEqual({ path: 'k6', version: 'k6 v1.8.1' });
  });

  it('is else the one among the programs of Go, wherever Go has them', async () => {
    await program(join(folder, 'go'), join(folder, 'gopath'));
    await program(join(folder, 'gopath/bin/k6'), 'k6 v1.8.0');
    await expect(findK6()).resolves.toEqual({ path: join(folder, 'gopath/bin/k6'), version: 'k6 v1.8.0' });
  });

  it('is there where Go has its programs by default, even if Go itself is not on the PATH', async () => {
    await program(join(folder, 'go/bin/k6'), 'k6 v1.8.1');
    await expect(findK6()).resolves.toEqual({ path: join(folder, 'go/bin/k6'), version: 'k6 v1.8.1' });
  });

  it('is else told how to get', async () => {
    await expect(findK6()).rejects.toThrow(/go install go\.k6\.io\/k6@v1\.8\.1[\s\S]*https:\/\/grafana\.com\/docs\/k6/);
  });
});

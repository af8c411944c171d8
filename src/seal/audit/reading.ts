import type { Finding, Unread } from './finding.ts';

/** Reads what somebody may have made unreadable: that is a finding then, and the rest is compared all the same. */
export class Reading {
  readonly findings: Finding[] = [];

  /** @throws where it is the connection that failed, and not what is read */
  async of<Answer>(where: Unread, read: () => Promise<Answer>, otherwise: Answer): Promise<Answer> {
    try {
      return await read();
    } catch (error) {
      this.failed(where, error);
      return otherwise;
    }
  }

  failed(where: Unread, error: unknown): void {
    if (!isAboutContent(error)) throw error;
    const why = error.message;
    const isKnown = this.findings.some(
      (known) => known.kind === 'unreadable' && known.where === where && known.why === why,
    );
    if (!isKnown) this.findings.push({ kind: 'unreadable', where, why });
  }
}

/** Whether it is what was read that cannot be read, and not that somebody did not answer. */
export const isAboutContent = (error: unknown): error is Error => error instanceof Error && !isSilence(error);

/**
 * SQLSTATE classes of connections, logins, races, resources and of a server that shuts down, and errors of the operating
 * system. Of a connection that broke, or a server that does not answer, pg and its pool say so without a code.
 */
function isSilence(error: Error): boolean {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return (
    /^((08|25|28|3D|40|53|55|57|58)[0-9A-Z]{3}|E[A-Z0-9_]+)$/.test(code) ||
    error.name === 'StoreUnreachable' ||
    /^(Connection terminated|Query read timeout|timeout (expired|exceeded))/.test(error.message)
  );
}

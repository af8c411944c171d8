import { mkdir, writeFile } from 'node:fs/promises';
import { Session } from 'node:inspector/promises';
import { join } from 'node:path';

/** Does something, and writes where this thread spent the time as `FOLDER/NAME.cpuprofile`, if there is a folder. */
export async function profiled<Result>(
  folder: string | undefined,
  name: string,
  act: () => Promise<Result>,
): Promise<Result> {
  if (folder === undefined) return act();
  const session = new Session();
  session.connect();
  try {
    await session.post('Profiler.enable');
    await session.post('Profiler.start');
    const result = await act();
    const { profile } = await session.post('Profiler.stop');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, `${name}.cpuprofile`), JSON.stringify(profile));
    return result;
  } finally {
    session.disconnect();
  }
}

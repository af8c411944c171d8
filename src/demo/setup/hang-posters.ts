import { Poster } from '../../contract/posters.ts';
import { gates } from '../plan/fair-settings.ts';
import type { Setup } from './open-fair.ts';

/** Fetches what is printed on the poster of each gate. */
export async function hangPosters({ client, issued }: Setup, organiser: string): Promise<void> {
  for (const { code } of gates) {
    const { print } = await client.get(`gates/${code}/poster`, Poster, { token: organiser });
    if (print) issued.posterCodes.set(code, print.code);
  }
}

import { FairCreated } from '../../contract/fairs.ts';
import { Token } from '../../contract/tokens.ts';
import type { ApiClient } from '../api/client.ts';
import type { FairClient } from '../api/fair-client.ts';
import type { Issued } from '../api/issued.ts';
import { morning } from '../plan/calendar.ts';
import type { FixedIds } from '../plan/fixed-ids.ts';
import type { Plan } from '../plan/plan-fair.ts';

/** What the steps of setting up share. `issued` gathers what the platform gives out. */
export type Setup = {
  readonly api: ApiClient;
  readonly client: FairClient;
  readonly plan: Plan;
  readonly ids: FixedIds;
  readonly issued: Issued;
  /** Called when the gates' phones have their tokens, which are given only once. */
  readonly keepTokens: () => Promise<void>;
};

/** The owner founds the fair and appoints an organiser, who does the rest. @returns the organiser's bearer token */
export async function openFair({ client, plan, ids }: Setup, ownerToken: string): Promise<string> {
  await client.put('', FairCreated, { body: plan.settings, token: ownerToken });
  const body = { role: 'organiser', as: 'token' };
  const path = `tokens/${ids('organiser', 0, morning)}`;
  const { secret } = await client.put(path, Token, { body, token: ownerToken });
  return secret;
}

import { FiguresDocument } from '../contract/figures.ts';
import { Token } from '../contract/tokens.ts';
import { ApiClient } from './api/client.ts';
import { FairClient } from './api/fair-client.ts';
import type { DemoOptions } from './options.ts';
import { planIds } from './plan/plan-fair.ts';
import { type FairRun, runFair } from './run-fair.ts';

type Presenting = Omit<FairRun, 'onOpened' | 'options'> & {
  readonly options: DemoOptions;
  /** Prints a line. */
  readonly tell: (line: string) => void;
};

/** Lets the fair happen, says where it can be watched, and ends with its sentence or its figures. */
export async function presentFair({ tell, ...run }: Presenting): Promise<void> {
  const { options, origin, ownerToken: token, plan, signal } = run;
  const client = new FairClient(new ApiClient({ origins: [origin], attemptsMax: 40, signal }), plan.fair);
  const onOpened = async () => {
    if (options.afterwards === 'keep-serving') tell(invitation(await organiserLink(client, run)));
  };
  const { position } = await runFair({ ...run, onOpened });
  const figures = await client.get(`figures?after=${position}`, FiguresDocument, { token });
  tell(options.print === 'json' ? JSON.stringify(figures) : `\n${figures.sentence.vi}\n${figures.sentence.en}\n`);
}

/** A link is good once, so every run asks for another. */
async function organiserLink(client: FairClient, { options, ownerToken }: Omit<Presenting, 'tell'>): Promise<string> {
  const id = planIds(options.plan)('link', crypto.randomUUID(), Date.now());
  const body = { role: 'organiser', as: 'link' };
  const { link } = await client.put(`tokens/${id}`, Token, { body, token: ownerToken });
  if (link === undefined) throw new Error('a link was asked for');
  return link;
}

const invitation = (link: string): string =>
  `Hội Sách: ${new URL(link).origin}

Hội sách Bắc Ninh 2022 đang diễn ra. Mở liên kết này một lần để theo dõi trực tiếp
(the fair is going on; open once to watch it live):
${link}
`;

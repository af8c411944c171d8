import { token } from '../../src/cli/token.ts';
import { readConfig } from '../../src/config.ts';

/** A token as the command line makes it. */
export async function ownersToken(environment: Readonly<Record<string, string>>): Promise<string> {
  const said: string[] = [];
  await token.run(['--role', 'owner'], { config: readConfig(environment), tell: (line) => said.push(line) });
  return said.join('');
}

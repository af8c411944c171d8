import { request } from 'node:http';

export type NodeSeen = { readonly node: number; readonly pid: number; readonly projects: boolean };

/** What the nodes behind an address say of themselves. */
export async function nodesOf(origin: string): Promise<NodeSeen[]> {
  const { text } = await askAnew(`${origin}/metrics`);
  const projecting = new Set([...text.matchAll(/^node_projects\{node="(\d+)"\} 1$/gm)].map(([, node]) => Number(node)));
  return [...text.matchAll(/^node_info\{node="(\d+)",pid="(\d+)"\} 1$/gm)].map(([, node, pid]) => ({
    node: Number(node),
    pid: Number(pid),
    projects: projecting.has(Number(node)),
  }));
}

/** Asks over a connection of its own, so that each question may be answered by another node. */
export const askAnew = (
  url: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ readonly status: number; readonly text: string }> =>
  new Promise((resolve, reject) => {
    const asking = request(url, { agent: false, headers }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part: string) => (text += part));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text })).on('error', reject);
    });
    asking.on('error', reject).end();
  });

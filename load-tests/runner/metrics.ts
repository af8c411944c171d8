export type NodeState = {
  readonly node: string;
  readonly pid: number;
  /** Whether it is the one that moves the figures on. */
  readonly projects: boolean;
};

/** A node that is killed answers nothing any more. */
const patienceMs = 2000;

/** The nodes behind a port, as `/metrics` tells this machine. */
export async function readNodes(origin: string): Promise<NodeState[]> {
  const response = await fetch(`${origin}/metrics`, { signal: AbortSignal.timeout(patienceMs) });
  const text = await response.text();
  const projects = new Map(samples(text, 'node_projects').map(({ labels, value }) => [labels.get('node'), value]));
  return samples(text, 'node_info').map(({ labels }) => {
    const node = labels.get('node') ?? '';
    return { node, pid: Number(labels.get('pid')), projects: projects.get(node) === 1 };
  });
}

type Sample = { readonly labels: ReadonlyMap<string, string>; readonly value: number };

/** Of the text format of Prometheus: `name{label="value",…} number`. */
function samples(text: string, name: string): Sample[] {
  const lines = text.matchAll(new RegExp(`^${name}\\{([^}]*)\\} (\\S+)$`, 'gm'));
  return [...lines].map(([, labels = '', value]) => ({
    labels: new Map([...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, key = '', text = '']) => [key, text])),
    value: Number(value),
  }));
}

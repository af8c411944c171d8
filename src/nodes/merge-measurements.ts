/**
 * Joins what several registries say in Prometheus' text format: one block a metric, which begins with its help and
 * type, with the samples of all. Their labels must tell them apart.
 */
export function mergeMeasurements(texts: readonly string[]): string {
  const blocks = new Map<string, string[]>();
  for (const block of texts.flatMap((text) => text.trimEnd().split('\n\n'))) {
    const lines = block.split('\n');
    const head = lines.filter((line) => line.startsWith('#')).join('\n');
    const samples = blocks.get(head) ?? [];
    blocks.set(head, samples);
    samples.push(...lines.filter((line) => line !== '' && !line.startsWith('#')));
  }
  return [...blocks].map(([head, samples]) => [head, ...samples].join('\n')).join('\n\n') + '\n';
}

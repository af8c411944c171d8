/**
 * The import table of ARCHITECTURE.md. A layer's name is its folder; the first entry that matches a path is its layer.
 * `may` lists the layers a layer may import besides itself, `packages` (where given) the only npm packages it may use.
 */
type Layer = {
  readonly name: string;
  readonly path: RegExp;
  readonly may: readonly string[];
  readonly types?: readonly string[];
  readonly packages?: readonly string[];
};

const EVERYTHING = ['*'];
const PLUMBING = ['config', 'log'];

export const layers: readonly Layer[] = [
  { name: 'events', path: /^events\//, may: [], packages: ['zod'] },
  { name: 'tables', path: /^projections\/(table|definition|page-table|columns)\.ts$/, may: [], packages: ['kysely'] },
  {
    name: 'queries',
    path: /^projections\/[^/]+\/(queries|tables)(\.|\/)/,
    may: ['events', 'domain', 'tables'],
    packages: ['kysely'],
  },
  { name: 'projections', path: /^projections\//, may: ['events', 'domain', 'queries', 'tables'], packages: ['kysely'] },
  { name: 'domain', path: /^src\/domain\//, may: ['events'], packages: [] },
  { name: 'commands', path: /^src\/commands\//, may: ['domain', 'store', 'events', 'vault', 'queries', ...PLUMBING] },
  { name: 'reactions', path: /^src\/reactions\//, may: ['commands', 'events', 'store', 'database', ...PLUMBING] },
  { name: 'store', path: /^src\/store\//, may: ['events', 'database', ...PLUMBING] },
  {
    name: 'projector',
    path: /^src\/projector\//,
    may: ['store', 'projections', 'queries', 'tables', 'database', 'events', ...PLUMBING],
  },
  {
    name: 'figures',
    path: /^src\/figures\//,
    may: ['projections', 'queries', 'tables', 'store', 'domain', 'events', 'contract'],
  },
  { name: 'seal', path: /^src\/seal\//, may: ['store', 'figures', 'database', 'keys', 'events', ...PLUMBING] },
  { name: 'keys', path: /^src\/keys\//, may: PLUMBING },
  { name: 'vault', path: /^src\/vault\//, may: ['database', 'keys', 'contract', ...PLUMBING] },
  { name: 'auth', path: /^src\/auth\//, may: ['database', 'keys', 'events', 'domain', ...PLUMBING] },
  { name: 'database', path: /^src\/database\//, may: PLUMBING },
  { name: 'contract', path: /^src\/contract\//, may: ['events'], packages: ['zod', '@hono/zod-openapi'] },
  {
    name: 'http',
    path: /^src\/http\//,
    may: [
      'commands',
      'queries',
      'figures',
      'contract',
      'web',
      'auth',
      'vault',
      'seal',
      'reports',
      'projector',
      'events',
      ...PLUMBING,
    ],
  },
  {
    name: 'offline',
    path: /^src\/web\/(scanner|till)\//,
    may: ['web', 'contract', 'domain', 'events'],
    types: ['figures', 'queries'],
  },
  { name: 'web', path: /^src\/web\//, may: ['contract'], types: ['figures', 'queries', 'events'] },
  { name: 'reports', path: /^src\/reports\//, may: ['figures', 'queries'] },
  { name: 'config', path: /^src\/config\.ts$/, may: [], packages: ['zod'] },
  { name: 'log', path: /^src\/(log|redaction)\.ts$/, may: ['config'], packages: ['pino'] },
  { name: 'roots', path: /^src\/[^/]+\.tsx?$/, may: EVERYTHING },
  { name: 'nodes', path: /^src\/nodes\//, may: EVERYTHING },
  { name: 'worker', path: /^src\/worker\//, may: EVERYTHING },
  { name: 'cli', path: /^src\/cli\//, may: EVERYTHING },
  { name: 'demo', path: /^src\/demo\//, may: ['contract', 'events', 'domain', ...PLUMBING] },
  { name: 'bench', path: /^load-tests\/bench\//, may: EVERYTHING },
  { name: 'load-tests', path: /^load-tests\//, may: [] },
  { name: 'test', path: /^test\//, may: EVERYTHING },
  { name: 'lint', path: /^lint\//, may: [] },
];

/**
 * Why `from` may not import `to`, as a sentence, or undefined where it may.
 * Both are paths relative to the root of the repository, or `to` is the bare name of an npm package.
 */
export const refusal = (from: string, to: string, kind: 'value' | 'type'): string | undefined => {
  const importer = layerOf(from);
  if (importer === undefined) return isTopLevelFile(from) ? undefined : `${from} ${NO_LAYER}`;
  if (!to.includes('/') || to.startsWith('@')) return packageRefusal(importer, to);
  const imported = layerOf(to);
  if (imported === undefined) return `${to} ${NO_LAYER}`;
  if (crossesQuestions(from, to)) return 'a projection answers one question and imports no other';
  if (imported.name === importer.name || importer.may.includes('*') || importer.may.includes(imported.name))
    return undefined;
  if (kind === 'type' && importer.types?.includes(imported.name)) return undefined;
  return `${importer.name} may not import ${imported.name} (it may import ${allowed(importer)})`;
};

const NO_LAYER = 'belongs to no layer';

/** The tools' own configuration: vitest.config.ts and the like. */
const isTopLevelFile = (path: string): boolean => !path.includes('/');

const packageRefusal = (importer: Layer, name: string): string | undefined =>
  importer.packages === undefined || importer.packages.includes(name)
    ? undefined
    : `${importer.name} may not use the package ${name} (it may use ${importer.packages.join(', ') || 'none'})`;

const layerOf = (path: string): Layer | undefined => layers.find((layer) => layer.path.test(path));

const QUESTION = /^projections\/([^/]+)\//;

const crossesQuestions = (from: string, to: string): boolean => {
  const [own, other] = [QUESTION.exec(from)?.[1], QUESTION.exec(to)?.[1]];
  return own !== undefined && other !== undefined && own !== other;
};

const allowed = (layer: Layer): string => layer.may.join(', ') || 'nothing';

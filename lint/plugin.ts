import { isBuiltin } from 'node:module';
import { dirname, relative, resolve } from 'node:path';
import { refusal } from './layers.ts';

type Literal = { readonly type: string; readonly value?: unknown };
type Specifier = { readonly type: string; readonly importKind?: string; readonly exportKind?: string };
type ImportNode = {
  readonly source: Literal | null;
  readonly importKind?: string;
  readonly exportKind?: string;
  readonly specifiers?: readonly Specifier[];
};
type Context = {
  readonly filename: string;
  report(problem: { readonly node: object; readonly message: string }): void;
};

const root = dirname(import.meta.dirname);

/** Holds the direction of imports: every import, re-export and dynamic import is looked up in `layers`. */
const importDirection = {
  create(context: Context) {
    const from = relative(root, context.filename);
    const check = (node: ImportNode) => {
      if (typeof node.source?.value !== 'string') return;
      const to = target(context.filename, node.source.value);
      const reason = to === undefined ? undefined : refusal(from, to, importsOnlyTypes(node) ? 'type' : 'value');
      if (reason !== undefined) context.report({ node, message: `${reason}; see lint/layers.ts` });
    };
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
    };
  },
};

/** A path from the root of the repository, the name of an npm package, or undefined for Node's own modules. */
const target = (filename: string, specifier: string): string | undefined => {
  if (specifier.startsWith('.')) return relative(root, resolve(dirname(filename), specifier));
  if (isBuiltin(specifier)) return undefined;
  const [first = specifier, second] = specifier.split('/');
  return first.startsWith('@') && second !== undefined ? `${first}/${second}` : first;
};

const importsOnlyTypes = (node: ImportNode): boolean =>
  node.importKind === 'type' ||
  node.exportKind === 'type' ||
  (node.specifiers !== undefined &&
    node.specifiers.length > 0 &&
    node.specifiers.every(({ importKind, exportKind }) => importKind === 'type' || exportKind === 'type'));

export default { meta: { name: 'hoi-sach' }, rules: { 'import-direction': importDirection } };

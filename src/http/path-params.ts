import { z } from 'zod';
import { Id } from '../../events/fields.ts';
import { parsePart } from './field-errors.ts';
import type { FieldError } from './problems.ts';

export type NamesIn<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | NamesIn<Rest>
  : never;
export type ParamsOf<Path extends string> = { readonly [Name in NamesIn<Path>]: string };
type Values = Readonly<Record<string, string>>;

export type PathParams<Path extends string> = {
  readonly schema: z.ZodObject;
  readonly parse: (raw: Values, errors: FieldError[]) => (ParamsOf<Path> & Values) | undefined;
};

/** The parameters of a path like `/api/fairs/{fair}/booths/{code}`; each is an id unless `special` says otherwise. */
export function pathParams<Path extends string>(
  path: Path,
  special: { readonly [Name in NamesIn<Path>]?: z.ZodType<string> } = {},
): PathParams<Path> {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const others: Readonly<Record<string, z.ZodType<string> | undefined>> = special;
  const schema = z.object(Object.fromEntries(names.map((name) => [name, others[name] ?? Id])));
  const isComplete = (values: Values): values is ParamsOf<Path> & Values => names.every((name) => name in values);
  return {
    schema,
    parse(raw, errors) {
      const parsed = parsePart<Values>(schema, raw, { part: 'path', errors });
      return parsed && isComplete(parsed.value) ? parsed.value : undefined;
    },
  };
}

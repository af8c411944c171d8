import type { z } from 'zod';
import { type FieldError, Problem } from './problems.ts';

type Part = 'path' | 'query' | 'body' | 'item';
type Issue = z.core.$ZodIssue;

/** Reads one part of a request; what is wrong is added to `errors`, and the answer is then undefined. */
export function parsePart<Output>(
  schema: z.ZodType<Output>,
  input: unknown,
  { part, errors }: { part: Part; errors: FieldError[] },
): { readonly value: Output } | undefined {
  const parsed = schema.safeParse(input, { error: describedUnion, reportInput: false });
  if (parsed.success) return { value: parsed.data };
  errors.push(...parsed.error.issues.flatMap((issue) => toFieldErrors(issue, [part])));
  return undefined;
}

export const badRequest = (errors: readonly FieldError[]): Problem => new Problem('bad-request', { errors });

/** “No branch fits” helps nobody; a union that describes itself says what would. */
const describedUnion = (issue: z.core.$ZodRawIssue): string | undefined => {
  if (issue.code !== 'invalid_union') return undefined;
  const description = issue.inst !== undefined && 'description' in issue.inst ? issue.inst.description : undefined;
  return typeof description === 'string' ? `must be ${description}` : undefined;
};

function toFieldErrors(issue: Issue, parent: readonly PropertyKey[]): FieldError[] {
  const path = [...parent, ...issue.path];
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ path: join([...path, key]), message: 'is not a field of this request' }));
  if (issue.code === 'invalid_union' && issue.errors.length > 0 && issue.message === 'Invalid input')
    return closestBranch(issue.errors, path);
  return [{ path: join(path), message: issue.message }];
}

/** Of a union's branches, the one with the deepest error: the client meant that one. */
function closestBranch(branches: readonly (readonly Issue[])[], path: readonly PropertyKey[]): FieldError[] {
  const depth = (issues: readonly Issue[]): number => Math.max(0, ...issues.map((issue) => issue.path.length));
  const [closest = []] = [...branches].sort((a, b) => depth(b) - depth(a));
  return closest.flatMap((issue) => toFieldErrors(issue, path));
}

/** `body.lines[17].gtin`: items count from 0. */
const join = (path: readonly PropertyKey[]): string =>
  path.map((key, index) => (typeof key === 'number' ? `[${key}]` : `${index === 0 ? '' : '.'}${String(key)}`)).join('');

import { z } from 'zod';

/** As much of a JSON Schema (2020-12) as our own schemas make. */
export type Shape = z.infer<typeof Shape>;
export const Shape = z.object({
  get properties() {
    return z.record(z.string(), Shape).optional();
  },
  get items() {
    return Shape.optional();
  },
  get oneOf() {
    return z.array(Shape).optional();
  },
  get anyOf() {
    return z.array(Shape).optional();
  },
  get allOf() {
    return z.array(Shape).optional();
  },
  type: z.union([z.string(), z.array(z.string())]).optional(),
  format: z.string().optional(),
  enum: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
  pattern: z.string().optional(),
  description: z.string().optional(),
  default: z.unknown().optional(),
  required: z.array(z.string()).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  minLength: z.number().optional(),
  maxLength: z.number().optional(),
  minItems: z.number().optional(),
  maxItems: z.number().optional(),
});

/** The fields of a body, a line each; fields of fields stand below, indented by their full name. */
export const SchemaView = ({ shape }: { readonly shape: Shape }) => {
  const variants = shape.oneOf ?? shape.anyOf;
  if (variants) {
    return (
      <ol class="variants">
        {variants.map((variant) => (
          <li>
            <SchemaView shape={variant} />
          </li>
        ))}
      </ol>
    );
  }
  const fields = fieldsOf(shape, '');
  if (fields.length === 0) return <p class="quiet">{shape.properties ? 'An empty object: {}' : typeOf(shape)}</p>;
  return (
    <table class="ruled fields">
      <thead>
        <tr>
          <th scope="col">Field</th>
          <th scope="col">Type</th>
          <th scope="col">Rules</th>
        </tr>
      </thead>
      <tbody>
        {fields.map(({ name, field, presence }) => (
          <tr>
            <th scope="row">
              <code>{name}</code>
            </th>
            <td>{typeOf(field)}</td>
            <td>{[presence, ...rulesOf(field)].filter(Boolean).join('; ')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

type Field = { readonly name: string; readonly field: Shape; readonly presence: 'required' | 'optional' };

const fieldsOf = ({ properties = {}, required = [] }: Shape, parent: string): Field[] =>
  Object.entries(properties).flatMap(([key, field]) => {
    const name = `${parent}${key}`;
    const presence = required.includes(key) ? ('required' as const) : ('optional' as const);
    return [{ name, field, presence }, ...fieldsOf(field, `${name}.`), ...fieldsOf(field.items ?? {}, `${name}[].`)];
  });

const typeOf = (shape: Shape): string => {
  if (shape.const !== undefined) return JSON.stringify(shape.const);
  if (shape.enum) return shape.enum.map((value) => JSON.stringify(value)).join(' | ');
  const variants = shape.oneOf ?? shape.anyOf;
  if (variants) return [...new Set(variants.map(typeOf))].join(' | ');
  const plain = [shape.type ?? 'any'].flat().join(' | ');
  if (shape.items) return `${typeOf(shape.items)}[]`;
  return shape.format ? `${plain} (${shape.format})` : plain;
};

const rulesOf = (shape: Shape): string[] => [
  ...range(shape.minimum, shape.maximum, ''),
  ...range(shape.minLength, shape.maxLength, ' characters'),
  ...range(shape.minItems, shape.maxItems, ' items'),
  ...(shape.pattern === undefined ? [] : [`matches ${shape.pattern}`]),
  ...(shape.default === undefined ? [] : [`${JSON.stringify(shape.default)} unless told`]),
  ...(shape.description === undefined ? [] : [shape.description]),
];

const range = (least: number | undefined, most: number | undefined, unit: string): string[] => {
  if (least === undefined && most === undefined) return [];
  if (least === undefined) return [`at most ${most}${unit}`];
  return [most === undefined ? `at least ${least}${unit}` : `${least}–${most}${unit}`];
};

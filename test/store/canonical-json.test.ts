import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../src/store/canonical-json.ts';

const keys = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('__proto__', 'constructor', 'toJSON', '0', '00', '10', '9', '-1', '1a', ':', 'é', '😀', '\ufb33'),
);
const { value: values } = fc.letrec<{ value: unknown; list: unknown[]; record: Record<string, unknown> }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.oneof(fc.string({ unit: 'binary' }), fc.double(), fc.integer(), fc.boolean(), fc.constantFrom(null, undefined)),
    tie('list'),
    tie('record'),
  ),
  list: fc.array(tie('value'), { maxLength: 5 }),
  record: fc.dictionary(keys, tie('value'), { maxKeys: 8 }),
}));

const saidBy = (write: (value: object) => unknown, value: object): unknown => {
  try {
    return write(value);
  } catch {
    return 'refused';
  }
};

describe('the canonical form', () => {
  it('is that of the library, byte by byte, and what the one refuses the other does too', () => {
    fc.assert(
      fc.property(fc.dictionary(keys, values, { maxKeys: 8 }), (value) => {
        expect(saidBy(canonicalJson, value)).toBe(saidBy(canonicalize, value));
      }),
      { numRuns: 1000 },
    );
  });

  it('is that of RFC 8785 §3.2.2 and §3.2.3', () => {
    const numbers = [333333333.3333333, 1e30, 4.5, 2e-3, 0.000000000000000000000000001];
    const text = '\u20ac$\u000f\nA\'B"\\\\"/';
    expect(canonicalJson({ numbers, string: text, literals: [null, true, false] })).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
    const sorted = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '😀': 5, '\u0080': 6, '\u00f6': 7 };
    expect(canonicalJson(sorted)).toBe('{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}');
  });

  it('takes what knows its own form, and refuses what has none', () => {
    expect(canonicalJson({ b: new Date(0), a: [undefined, new Map()] })).toBe(
      '{"a":[null,{}],"b":"1970-01-01T00:00:00.000Z"}',
    );
    const circle: Record<string, unknown> = {};
    circle['itself'] = circle;
    expect(() => canonicalJson(circle)).toThrow(RangeError);
    expect(() => canonicalJson({ a: Number.POSITIVE_INFINITY })).toThrow(/Infinity/);
    expect(() => canonicalJson({ a: 'half \ud800' })).toThrow(/surrogate/);
    expect(() => canonicalJson(() => {})).toThrow(TypeError);
  });

  it('leaves out what is not there, as a field that nobody gave', () => {
    expect(canonicalJson({ b: undefined, a: { d: undefined } })).toBe('{"a":{}}');
  });
});

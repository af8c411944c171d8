import type { Chance } from '../../../src/demo/plan/chance.ts';
import type { Deed, Shown } from '../truth/deed.ts';

/** What an undo says of its target, as the phone has it: what was read, or the pass that the reading gave. */
export function undoOf(
  target: Deed,
  chance: Chance,
): { readonly body: Record<string, unknown>; readonly shown?: Shown } {
  const about = { kind: target.kind, id: target.id, reason: 'bấm nhầm' };
  const { item, shown } = target;
  if (target.kind === 'arrival') return { body: { ...about, group: item?.group } };
  if (target.kind === 'return') return { body: { ...about, exhibitor: item?.exhibitor, sale: item?.sale } };
  if (target.kind === 'sale' || target.kind === 'stock-entry')
    return { body: { ...about, exhibitor: item?.exhibitor } };
  if (target.kind !== 'scan' || !shown) return { body: about };
  const byPass = shown.is === 'pass' && chance.happens(0.5);
  const { token, shortCode } = target.body;
  return {
    shown,
    body: { ...about, ...(byPass ? { pass: shown.pass.id } : token === undefined ? { shortCode } : { token }) },
  };
}

import type { FigureKey } from '../../contract/figures.ts';

/** One entry of the metric dictionary in plain words: what the figure is called, how it is counted, from which facts. */
export type Definition = { readonly name: string; readonly rule: string; readonly source: string };
export type Dictionary = Readonly<Record<FigureKey, Definition>>;

/** k6 has a console of its own, which its types leave out. */
declare const console: { readonly log: (line: string) => void };

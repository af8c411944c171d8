/** How a line names a title: by barcode, by the exhibitor's own code, or by name alone. */
type Named = { readonly gtin: string | null; readonly code: string | null; readonly name: string };

/** What makes two lines the same title: the GTIN across all exhibitors; else, within one, its code or the name. */
export function titleOf(exhibitor: string, { gtin, code, name }: Named): string {
  if (gtin !== null) return gtin;
  return code === null ? `name ${exhibitor} ${folded(name)}` : `code ${exhibitor} ${code}`;
}

/** What people call a title: its GTIN, the exhibitor's code, or nothing. */
export function codeOf(title: string): string {
  if (title.startsWith('name ')) return '';
  return title.startsWith('code ') ? title.slice(title.indexOf(' ', 'code '.length) + 1) : title;
}

const folded = (name: string): string => name.normalize('NFC').replaceAll(/\s+/g, ' ').trim().toLocaleLowerCase('vi');

/** Text inside an element. */
export const text = (raw: string): string =>
  raw.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** A value between double quotes. */
export const attribute = (raw: string): string => text(raw).replaceAll('"', '&quot;');

/** Codes that people hold up by mistake and that must never be kept. */
export type ForeignCode = 'citizen-id' | 'payment';

/**
 * Recognises a citizen's identity card (12 digits and a bar, Circular 17/2024/TT-BCA) and a VietQR payment code (EMVCo
 * merchant-presented mode with the application id of NAPAS). A scanner refuses them without storing anything.
 */
export function foreignCode(text: string): ForeignCode | undefined {
  if (/^\d{12}\|/.test(text)) return 'citizen-id';
  return text.startsWith('000201') && text.includes('A000000727') ? 'payment' : undefined;
}

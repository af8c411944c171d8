import { type PassClaims, passToken, signedPart } from '../domain/pass-token.ts';

/** Signs with the fair's key; the same message gets the same signature. */
export type PassSigner = {
  readonly passKeys: { sign(fair: string, message: Uint8Array): Promise<Uint8Array> };
};

export type PassPrinter = PassSigner & {
  /** Gives a pass its short code; asked again, the same. */
  readonly shortCodes: { codeOf(claims: PassClaims): Promise<string> };
};

/** What stands on a pass: the text of its QR code, and under it the short code. */
export type PrintedPass = { readonly token: string; readonly shortCode: string };

export const printPass = async (ports: PassPrinter, claims: PassClaims): Promise<PrintedPass> => ({
  token: await signPass(ports, claims),
  shortCode: await ports.shortCodes.codeOf(claims),
});

export async function signPass({ passKeys }: PassSigner, claims: PassClaims): Promise<string> {
  const signed = signedPart(claims);
  return passToken(signed, await passKeys.sign(claims.fair, signed));
}

import { z } from 'zod';
import { line } from '../../events/fields.ts';

/** Mobile numbers as people write them: 10 digits from 03, 05, 07, 08 or 09, or +84 and 9; blanks, dots and hyphens are theirs. */
const Phone = z
  .string()
  .max(30)
  .transform((typed) => typed.replaceAll(/[\s.()-]/g, '').replace(/^(?:\+84|0084|84(?=\d{9}$)|0)/, '+84'))
  .pipe(
    z
      .string()
      .regex(/^\+84[35789]\d{8}$/, 'must be a mobile number of 10 digits that begins with 03, 05, 07, 08 or 09'),
  );

/** What somebody agreed to, and in which words: the version names the text that was shown. */
const Consent = z.strictObject({
  purpose: z.enum(['application', 'group-visit', 'news']),
  version: line(40),
});

/** How to reach somebody. It goes into the vault and nowhere else. */
export const Contact = z
  .strictObject({
    name: line(120),
    phone: Phone.optional(),
    email: z.email('must be an e-mail address').max(254).optional(),
    /** A household's tax code is its head's citizen number. */
    citizenNumber: z
      .string()
      .regex(/^\d{12}$/, 'must be 12 digits')
      .optional(),
    consents: z.array(Consent).min(1).max(5),
  })
  .refine((contact) => contact.phone !== undefined || contact.email !== undefined, {
    path: ['phone'],
    message: 'a phone number or an e-mail address is needed',
  });
export type Contact = z.infer<typeof Contact>;

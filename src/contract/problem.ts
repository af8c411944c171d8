import { z } from 'zod';

/** A problem document (RFC 9457): every answer that is no 2xx or 3xx. */
export const Problem = z.object({
  /** `urn:hoi-sach:problem:` and the kind. */
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
  /** One a bad field: where it is, and what would be right. */
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  /** Also in `X-Request-Id`; names the request in our logs. */
  requestId: z.string(),
});

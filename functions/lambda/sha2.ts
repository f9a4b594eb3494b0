/** SHA-256 by Node, in the place of the portable one where nothing is drawn: there it hashes secrets, and no stream is seeded. */
import { createHash } from 'node:crypto';

export const sha256 = (data: Uint8Array): Uint8Array =>
  new Uint8Array(createHash('sha256').update(data).digest());

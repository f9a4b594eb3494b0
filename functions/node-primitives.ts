/** Node's own HMAC and AES-GCM: several times faster than portable code, and hardened against timing. */
import { createCipheriv, createDecipheriv, createHmac, createSecretKey } from 'node:crypto';
import type { Primitives } from '../lib/token/primitives.ts';

const TAG_BYTES = 16;
const ALGORITHM = 'aes-256-gcm';

export const nodePrimitives: Primitives = {
  keyedHmac(key) {
    const secret = createSecretKey(key);
    return (data) => createHmac('sha256', secret).update(data).digest();
  },
  keyedGcm(key) {
    // A key object is made once: from raw bytes every call would pay for it several times over.
    const secret = createSecretKey(key);
    return {
      seal(nonce, aad, plain, into) {
        const cipher = createCipheriv(ALGORITHM, secret, nonce).setAAD(aad);
        into.set(cipher.update(plain));
        cipher.final();
        into.set(cipher.getAuthTag(), plain.length);
      },
      open(nonce, aad, sealed) {
        const at = sealed.length - TAG_BYTES;
        const decipher = createDecipheriv(ALGORITHM, secret, nonce, { authTagLength: TAG_BYTES }).setAAD(aad);
        decipher.setAuthTag(sealed.subarray(at));
        const plain = decipher.update(sealed.subarray(0, at));
        decipher.final();
        return plain;
      },
    };
  },
};

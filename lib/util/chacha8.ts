/**
 * Blocks of ChaCha8 (D. J. Bernstein, 2008; layout as in RFC 8439), the nonce zero. @noble/ciphers has the same and takes ten times as
 * long a call, for its buffers: a picture calls a dozen times. A test compares the two.
 */
const [EXPA, ND_3, TWO_BY, TE_K] = [0x61707865, 0x3320646e, 0x79622d32, 0x6b206574] as const;

const state = new Int32Array(16);

/** The 16 words of block `counter` into `out`; `key`: 8 words. */
export function chacha8(key: Uint32Array, counter: number, out: Uint32Array): void {
  const x = state;
  x[0] = EXPA;
  x[1] = ND_3;
  x[2] = TWO_BY;
  x[3] = TE_K;
  for (let i = 0; i < 8; i++) x[4 + i] = key[i]!;
  x[12] = counter;
  x[13] = x[14] = x[15] = 0;
  for (let i = 0; i < 16; i++) out[i] = x[i]!;
  for (let round = 0; round < 8; round += 2) {
    for (let i = 0; i < 4; i++) quarter(x, i, 4 + i, 8 + i, 12 + i);
    for (let i = 0; i < 4; i++) quarter(x, i, 4 + ((i + 1) & 3), 8 + ((i + 2) & 3), 12 + ((i + 3) & 3));
  }
  for (let i = 0; i < 16; i++) out[i]! += x[i]!;
}

function quarter(x: Int32Array, a: number, b: number, c: number, d: number): void {
  let [p, q, r, s] = [x[a]!, x[b]!, x[c]!, x[d]!];
  p = (p + q) | 0;
  s = rotate(s ^ p, 16);
  r = (r + s) | 0;
  q = rotate(q ^ r, 12);
  p = (p + q) | 0;
  s = rotate(s ^ p, 8);
  r = (r + s) | 0;
  q = rotate(q ^ r, 7);
  x[a] = p;
  x[b] = q;
  x[c] = r;
  x[d] = s;
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

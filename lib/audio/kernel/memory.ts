/** Where everything lies. Nothing is allocated; the host sizes the memory and puts what it decodes behind `DATA`. */

/** Samples at 8 kHz of the longest take: 25 s. */
export const MOST: i32 = 200000;

export const STEPS: usize = 0x400; // i32[89], sizes of ADPCM steps
export const POWERS: usize = 0x600; // f32[256], what a byte of hiss means
export const HALF_BAND: usize = 0xa00; // f32[16], taps of the interpolator
export const MARKS: usize = 0x1000; // f32[4096], where grains have their middle; the sign bit says unvoiced
export const PADDING: usize = 0x2000; // bytes of silence on either side of a clip and of the take
export const SCRATCH: usize = 0x8000; // f32, one clip as it is going to be cut
export const BUS: usize = 0x60000; // f32, the take
export const HISS: usize = 0x130000; // f32, its power above 4 kHz, one value for 64 samples
export const ECHO: usize = 0x140000; // f32, the take in its room
export const OUT: usize = 0x210000; // samples as they go into the file
export const DATA: usize = 0x2e0000; // packs and what is decoded from them

/** Samples that `SCRATCH` can hold. */
export const LONGEST: i32 = 80000;

/** Samples between two grains at most. */
export const WIDEST: i32 = 400;

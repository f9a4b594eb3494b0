/**
 * Where everything lies in the kernel's one memory. Nothing is ever allocated: each plane is as large as the largest picture
 * (1024 on a side, 512 Ki pixels) needs, and the gaps between planes stay untouched, so a test can put canaries there.
 * The host sizes the memory once: `DATA` and whatever packs it places after it.
 */
export const MAX_SIDE: i32 = 1024;
export const MAX_PIXELS: i32 = 524288;

// Small tables
export const CRC: usize = 0x400; // u32[8][256]
export const LENGTHS: usize = 0x2400; // u32[259], match length → symbol, extra bits
export const WAVES: usize = 0x3880; // f32[2][5][4], see warp.ts
export const PALETTE: usize = 0x3a00; // u8[256][3], what edges are mixed in
export const SHOWN: usize = 0x3d00; // u8[256][3], what the file shows
export const LIT_COUNT: usize = 0x4600; // u32[288]
export const DIST_COUNT: usize = 0x4a80; // u32[32]
export const CL_COUNT: usize = 0x4b00; // u32[32]
export const LIT_CODE: usize = 0x4b80; // u32[288], bits | length << 24
export const DIST_CODE: usize = 0x5000; // u32[32]
export const CL_CODE: usize = 0x5080; // u32[32]
export const FIXED_LIT: usize = 0x5100; // u32[288]
export const FIXED_DIST: usize = 0x5580; // u32[32]
export const RADIX: usize = 0x5f00; // u32[256]
export const RUNS: usize = 0x6300; // u16[640], run-length coded code lengths
export const TOKENS: usize = 0x7000; // u16[32768]
export const CUTS: usize = 0x17200; // f32[64][4], see pieces.ts
export const SETS: usize = 0x17600; // u8[32][40]
export const BANDS: usize = 0x17b00; // u8[1024], one row of pieces.ts

// Planes, 256 bytes apart
export const COVER: usize = 0x18000; // i16, differences of coverage along a row
export const LEVELS: usize = 0x138100; // u8, resolved coverage, one spare row above and below
export const INDEX: usize = 0x1c9200; // u8, the picture
export const RAW: usize = 0x259300; // filtered rows, as deflate eats them
export const MIX: usize = 0x2d9c00; // u8[256][256][16], nearest palette entry of a blend
export const OUT: usize = 0x3d9d00; // the file
// Room is left for a file of the largest picture (1.5 MiB and its rows' ends)
export const POINTS: usize = 0x55b000; // f32[2][544], see path.ts
export const GRID: usize = 0x55c200; // i32[2][544], the same bent and on the grid
export const EDGES: usize = 0x55d400; // i32[5][4], see coverage.ts
export const BENT: usize = 0x55d480; // a copy of WAVES
export const MARKS: usize = 0x55d600; // u64[1024], for every row which blocks of 16 columns of COVER are not empty
export const TIMES: usize = 0x55f600; // u32[2][1024], how often each token comes
export const ENTRIES: usize = 0x561600; // u64[769], what it becomes
export const DATA: usize = 0x563000; // packs, written by the host

/** The gaps that must stay untouched: address of gap `i`, 256 bytes each; 0 past the last. */
export function guard(i: i32): usize {
  if (i === 0) return TOKENS + 0x10000;
  if (i === 1) return LEVELS - 0x100;
  if (i === 2) return INDEX - 0x100;
  if (i === 3) return RAW - 0x100;
  if (i === 4) return MIX - 0x100;
  if (i === 5) return OUT - 0x100;
  if (i === 6) return DATA - 0x100;
  return 0;
}

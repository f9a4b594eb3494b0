/** Packs of outlines: fonts or icons, made by infra/build (the bytes are described in infra/build/outlines.ts). */

/** A face. The columns run along `characters`, one entry a character; all lengths in 1/1024 em. */
export interface PackedFace {
  readonly name: string;
  readonly family: string;
  readonly capHeight: number;
  readonly characters: string;
  readonly advances: readonly number[];
  /** Where each glyph's contours begin, from the start of the outlines. */
  readonly offsets: readonly number[];
  /** left, top, right, bottom of each glyph, four entries a character; y down, baseline 0. */
  readonly bounds: readonly number[];
}

/** An icon in a box of 1024 units. Layers are painted in order. */
export interface PackedIcon {
  readonly name: string;
  readonly layers: readonly PackedLayer[];
}

/** color: index into the palette the icons were made for; rule 0: non-zero, 1: even-odd. */
export type PackedLayer = readonly [color: number, offset: number, rule?: 0 | 1];

export interface PackHeader {
  readonly faces?: readonly PackedFace[];
  readonly icons?: readonly PackedIcon[];
  /** Icon packs: the colours the layers mean, 6 hexadecimal digits each. */
  readonly palette?: readonly string[];
}

/** Splits a pack. Throws TypeError when it is none. */
export function readPack(file: Uint8Array): { header: PackHeader; outlines: Uint8Array } {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (file.length < 8 || view.getUint32(0, true) !== 0x4b504747)
    throw new TypeError('not a pack of outlines: expected it to begin with GGPK');
  const start = 8 + view.getUint32(4, true);
  const header = JSON.parse(new TextDecoder().decode(file.subarray(8, start))) as PackHeader;
  return { header, outlines: file.subarray(start) };
}

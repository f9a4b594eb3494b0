/** Packs of outlines: fonts or icons, made by infra/build (the bytes are described in infra/build/pack.ts). */

/** A face. Its outlines are in the order of its characters, one each; all lengths in 1/1024 em. */
export interface PackedFace {
  readonly name: string;
  readonly family: string;
  readonly capHeight: number;
  readonly characters: string;
  /** One entry a character. */
  readonly advances: readonly number[];
  /**
   * How far each glyph's box reaches beyond the points of its outline, which are rounded: one hexadecimal digit a character,
   * 1 left + 2 top + 4 right + 8 bottom, each one unit.
   */
  readonly slack: string;
}

/** An icon in a box of 1024 units. Its outlines are its layers, painted in order. */
export interface PackedIcon {
  readonly name: string;
  /** The colour of each layer, an index into the palette the icons were made for; -1 - colour where the rule is even-odd. */
  readonly layers: readonly number[];
}

/** How many of each there are. */
export interface Counts {
  readonly outlines: number;
  readonly segments: number;
  readonly values: number;
  /** Bytes of all outlines as the kernel reads them. */
  readonly expanded: number;
}

export interface PackHeader {
  /** Faces or icons; the outlines of the first come first. */
  readonly faces?: readonly PackedFace[];
  readonly icons?: readonly PackedIcon[];
  /** Icon packs: the colours the layers mean, 6 hexadecimal digits each. */
  readonly palette?: readonly string[];
  readonly counts: Counts;
}

export interface Pack {
  readonly header: PackHeader;
  /** What the kernel expands. */
  readonly planes: Uint8Array;
}

/** Splits a pack. Throws TypeError when it is none. */
export function readPack(file: Uint8Array): Pack {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (file.length < 8 || view.getUint32(0, true) !== 0x32504747)
    throw new TypeError('not a pack of outlines: expected it to begin with GGP2');
  const start = 8 + view.getUint32(4, true);
  const header = JSON.parse(new TextDecoder().decode(file.subarray(8, start))) as PackHeader;
  return { header, planes: file.subarray(start) };
}

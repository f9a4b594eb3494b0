/** How a camera was held: the Exif tag 0x0112, and turning pixels as it says. */

/** Reads a TIFF block, with or without the six bytes "Exif\0\0" before it. What cannot be read means 1, as stored. */
export function orientationIn(block: Uint8Array): number {
  const start = block[0] === 0x45 && block[1] === 0x78 ? 6 : 0;
  const view = new DataView(block.buffer, block.byteOffset + start, Math.max(0, block.length - start));
  if (view.byteLength < 14) return 1;
  const little = view.getUint16(0) === 0x4949;
  const list = view.getUint32(4, little);
  if (list + 2 > view.byteLength) return 1;
  const count = view.getUint16(list, little);
  for (let i = 0; i < count; i++) {
    const entry = list + 2 + i * 12;
    if (entry + 12 > view.byteLength) return 1;
    if (view.getUint16(entry, little) !== 0x0112) continue;
    const value = view.getUint16(entry + 8, little);
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}

export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Four bytes a pixel, rows from the top. */
  readonly rgba: Uint8Array;
}

/** Whether `orientation` lays the picture on its side. */
export const isSideways = (orientation: number) => orientation >= 5;

/** The picture as the photographer saw it. */
export function upright(picture: Pixels, orientation: number): Pixels {
  if (orientation === 1) return picture;
  const { width, height } = picture;
  const from = new Uint32Array(picture.rgba.buffer, picture.rgba.byteOffset, width * height);
  const to = new Uint32Array(width * height);
  const side = isSideways(orientation);
  const [across, down] = side ? [height, width] : [width, height];
  const mirrorX = [2, 3, 7, 8].includes(orientation);
  const mirrorY = [3, 4, 6, 7].includes(orientation);
  for (let y = 0; y < down; y++)
    for (let x = 0; x < across; x++) {
      const [column, row] = side ? [y, x] : [x, y];
      const sourceX = mirrorX ? width - 1 - column : column;
      const sourceY = mirrorY ? height - 1 - row : row;
      to[y * across + x] = from[sourceY * width + sourceX]!;
    }
  return { width: across, height: down, rgba: new Uint8Array(to.buffer) };
}

/** Faces and icons out of packs. A glyph or an icon is expanded when it is first asked for. */
import type { Box, Place } from './outlines.ts';
import type { PackedFace, PackedIcon } from './pack.ts';

export interface Glyph {
  /** Address in the kernel's memory. */
  readonly at: number;
  readonly advance: number;
  readonly box: Box;
}

export interface Face extends Pick<PackedFace, 'name' | 'family' | 'capHeight' | 'characters'> {
  glyph(character: string): Glyph | undefined;
}

export interface Layer {
  readonly color: number;
  /** Address in the kernel's memory. */
  readonly at: number;
  /** 0: non-zero, 1: even-odd. */
  readonly rule: 0 | 1;
}

export interface Icon {
  readonly name: string;
  /** Painted in order. */
  readonly layers: readonly Layer[];
}

export function unpackFaces(packed: readonly PackedFace[], place: Place): Face[] {
  let first = 0;
  return packed.map((face) => {
    const unpacked = unpackFace(face, first, place);
    first += face.advances.length;
    return unpacked;
  });
}

function unpackFace(
  { name, family, capHeight, characters, ...more }: PackedFace,
  first: number,
  place: Place,
): Face {
  const { advances, slack } = more;
  const glyphs = new Map<string, Glyph>();
  let places: ReadonlyMap<string, number> | undefined;
  return {
    name,
    family,
    capHeight,
    characters,
    glyph(character) {
      const known = glyphs.get(character);
      if (known) return known;
      places ??= new Map([...characters].map((one, i) => [one, i]));
      const i = places.get(character);
      if (i === undefined) return undefined;
      const { at, box } = place(first + i);
      const beyond = Number.parseInt(slack[i]!, 16);
      const glyph: Glyph = {
        at,
        advance: advances[i]!,
        box: [
          box[0] - (beyond & 1),
          box[1] - ((beyond >> 1) & 1),
          box[2] + ((beyond >> 2) & 1),
          box[3] + (beyond >> 3),
        ],
      };
      glyphs.set(character, glyph);
      return glyph;
    },
  };
}

export function unpackIcons(packed: readonly PackedIcon[], place: Place): Icon[] {
  let first = 0;
  return packed.map(({ name, layers: colors }) => {
    const own = first;
    first += colors.length;
    let layers: readonly Layer[] | undefined;
    return {
      name,
      get layers() {
        layers ??= colors.map((color, i): Layer => {
          const { at } = place(own + i);
          return color < 0 ? { color: -1 - color, at, rule: 1 } : { color, at, rule: 0 };
        });
        return layers;
      },
    };
  });
}

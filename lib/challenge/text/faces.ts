/** The packed faces, and which one gives a glyph that another lacks. */
import type { Renderer } from '../../render/renderer.ts';

/** Holds the Chinese characters; the scenes' face, so that they are packed once. */
export const HANZI_FACE = 'scene-zh';
/** Holds + − × = ? as well. */
const SIGN_FACE = 'Roboto Bold';

/** The face itself, or the one that stands in for it. Throws when nobody has the character. */
export function faceFor(renderer: Renderer, face: number, character: string): number {
  if (has(renderer, face, character)) return face;
  const other = [SIGN_FACE, HANZI_FACE]
    .map((name) => renderer.face(name))
    .find((one) => has(renderer, one, character));
  if (other === undefined) throw new RangeError(`no face has ${JSON.stringify(character)}`);
  return other;
}

const has = (renderer: Renderer, face: number, character: string): boolean =>
  renderer.faces[face]!.characters.includes(character);

/** What the stages draw on: a surface, and the inks that its indices mean. */
import type { RampSurface } from '../../../render/renderer.ts';
import type { Random } from '../../../util/random.ts';
import type { Size } from '../preset.ts';
import { drawColor, type Effect, type Rgb } from './values.ts';

const LEVELS = 16;
/** As many inks as indices allow, dots and border apart. */
const MOST_INKS = 13;
/** Colours that dots of any colour have. */
const DOT_COLORS = 16;

export class Canvas implements Size {
  readonly surface: RampSurface;
  readonly width: number;
  readonly height: number;
  /** Pixels to one of the look's own. */
  readonly scale: number;
  readonly #ground: Rgb;
  readonly #inks: Rgb[] = [];
  readonly #solids: Rgb[] = [];

  constructor(surface: RampSurface, scale: number, ground: Rgb, inks: readonly Rgb[]) {
    this.surface = surface;
    this.width = surface.width;
    this.height = surface.height;
    this.scale = scale;
    this.#ground = ground;
    for (const ink of inks) this.ink(ink);
  }

  /** The number of an ink. Where there are too many already, one of those. */
  ink(color: Rgb): number {
    const known = this.#inks.findIndex((ink) => ink.every((channel, i) => channel === color[i]));
    if (known >= 0) return known;
    if (this.#inks.length === MOST_INKS) return MOST_INKS - 1;
    return this.#inks.push(color) - 1;
  }

  /** Composes what was collected: in ink `of`, or as the effect says. */
  apply(effect: Effect, random: Random, of = 0): void {
    if (effect === 'ink') this.#lay(of);
    else if (effect === 'ground') this.surface.erase();
    else if (effect === 'invert') this.surface.invert();
    else this.#lay(this.ink(drawColor(effect, random)));
  }

  #lay(ink: number): void {
    if (ink === 0 && this.#inks.length === 1) this.surface.unite();
    else this.surface.lay(LEVELS * ink);
  }

  /** Hard-edged, after everything with soft edges. */
  stamp(color: Rgb): void {
    this.surface.stamp(this.#solid(color));
  }

  dots(share: number, effect: Effect, random: Random): void {
    const count = Math.round(this.width * this.height * share);
    if (count === 0) return;
    const seed = random.uint32();
    if (typeof effect === 'string') {
      const first = effect === 'ground' ? 0 : 1;
      this.surface.scatter({ count, seed, first, range: effect === 'ground' ? 1 : LEVELS - 1 });
      return;
    }
    const colors = 'from' in effect ? DOT_COLORS : effect.length;
    const palette =
      'from' in effect ? Array.from({ length: colors }, () => drawColor(effect, random)) : effect;
    const [first] = palette.map((color) => this.#solid(color));
    this.surface.scatter({ count, seed, first: first!, range: colors });
  }

  specks(share: number, strength: number, random: Random): void {
    const count = Math.round(this.width * this.height * share);
    this.surface.scatter({ count, seed: random.uint32(), first: 1, range: strength });
  }

  #solid(color: Rgb): number {
    return LEVELS * this.#inks.length + this.#solids.push(color) - 1;
  }

  palette(): Uint8Array {
    const inks = this.#inks.length;
    const palette = new Uint8Array(3 * (LEVELS * inks + this.#solids.length));
    const ground = this.#ground;
    let at = 0;
    for (const ink of this.#inks)
      for (let level = 0; level < LEVELS; level++)
        for (let k = 0; k < 3; k++, at++)
          palette[at] = (ground[k]! * (LEVELS - 1 - level) + ink[k]! * level + 7) / (LEVELS - 1);
    for (const [i, color] of this.#solids.entries()) palette.set(color, 3 * (LEVELS * inks + i));
    return palette;
  }
}

/** The surface for text. */
import type { Engine } from './engine.ts';
import { Surface } from './surface.ts';
import type { Palette, PictureFormat, RampSurface, Rule, Scatter, Stripes } from './types.ts';

const INK = 15;

export class Ramp extends Surface implements RampSurface {
  /** No index above this one can be in the picture. */
  #highest: number;

  constructor(engine: Engine, width: number, height: number, ground: number) {
    checkIndex(ground);
    super(engine, width, height, ground);
    this.#highest = ground;
  }

  unite(rule: Rule = 'non-zero'): void {
    this.#raise(this.#highest | INK);
    this.engine.kernel.unite(rule === 'even-odd' ? 1 : 0);
  }

  invert(rule: Rule = 'non-zero'): void {
    this.#raise(this.#highest | INK);
    this.engine.kernel.invert(rule === 'even-odd' ? 1 : 0);
  }

  erase(rule: Rule = 'non-zero'): void {
    this.engine.kernel.erase(rule === 'even-odd' ? 1 : 0);
  }

  soften(times: number): void {
    this.engine.kernel.soften(times);
  }

  rerender({ amplitude, frequency, phaseX, phaseY }: Parameters<RampSurface['rerender']>[0]): void {
    if (!this.engine.kernel.rerender(amplitude, frequency, phaseX, phaseY))
      throw new RangeError(`rerender: expected a smaller picture than ${this.width}×${this.height}`);
  }

  outline(): void {
    this.#raise(this.#highest | INK);
    this.engine.kernel.outline();
  }

  hatch({ fx, fy, phase, share }: Stripes): void {
    this.#raise(INK);
    const turns = (value: number) => Math.round(value * 65536) | 0;
    this.engine.kernel.hatch(turns(fx), turns(fy), turns(phase), Math.round(share * 256));
  }

  lay(base: number): void {
    if (base % 16 !== 0 || !(base >= 0 && base <= 240))
      throw new RangeError(`lay: expected 0, 16 … 240, got ${base}`);
    this.#raise(base + INK);
    this.engine.kernel.lay(base);
  }

  stamp(index: number): void {
    checkIndex(index);
    this.#raise(index);
    this.engine.kernel.stamp(index);
  }

  scatter({ count, seed, first, range, combine = false }: Scatter): void {
    checkIndex(first);
    checkIndex(first + range - 1);
    const top = first + range - 1;
    this.#raise(combine ? bitsOf(top | this.#highest) : top);
    this.engine.kernel.scatter(count, seed, first, range, combine ? 1 : 0);
  }

  encode(format: PictureFormat, palette: Palette): Uint8Array<ArrayBuffer> {
    return this.write(format, palette, this.#highest);
  }

  #raise(index: number): void {
    if (index > this.#highest) this.#highest = index;
  }
}

/** The largest number with as many bits. */
function bitsOf(value: number): number {
  return 2 ** (32 - Math.clz32(value)) - 1;
}

function checkIndex(index: number): void {
  if (!(Number.isInteger(index) && index >= 0 && index < 256))
    throw new RangeError(`index: expected 0 … 255, got ${index}`);
}

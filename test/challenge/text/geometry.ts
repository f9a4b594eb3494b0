/** A renderer that notes the box of everything composed, so that a test can ask whether a glyph was cut. */
import type { Box, RampSurface, Renderer } from '../../../lib/render/types.ts';

export interface Spy {
  readonly renderer: Renderer;
  /** Boxes since the last call, with the picture's size. */
  take(): { box: Box; width: number; height: number }[];
}

export function spyOn(renderer: Renderer): Spy {
  let seen: { box: Box; width: number; height: number }[] = [];
  const watch = (surface: RampSurface): RampSurface => {
    const note = (swell: number) => {
      const box = surface.extent();
      if (!box) return;
      const { left, top, right, bottom } = box;
      seen.push({
        box: { left: left - swell, top: top - swell, right: right + swell, bottom: bottom + swell },
        width: surface.width,
        height: surface.height,
      });
    };
    return new Proxy(surface, {
      get(target, key) {
        const value = Reflect.get(target, key, target);
        if (typeof value !== 'function') return value;
        return (...args: unknown[]) => {
          const result = Reflect.apply(value, target, args);
          // Glyphs and icons are united, outlined or hatched; lines, flips and points may cross the border
          if (key === 'unite') note(0);
          else if (key === 'outline' || key === 'hatch') note(1);
          else if (key === 'stamp' || key === 'invert') surface.extent();
          return result;
        };
      },
    });
  };
  return {
    renderer: { ...renderer, ramp: (...args) => watch(renderer.ramp(...args)) },
    take() {
      const taken = seen;
      seen = [];
      return taken;
    },
  };
}

/** What lies outside its picture. */
export const outside = (seen: ReturnType<Spy['take']>) =>
  seen.filter(
    ({ box, width, height }) =>
      !(box.left >= 0 && box.top >= 0 && box.right <= width && box.bottom <= height),
  );

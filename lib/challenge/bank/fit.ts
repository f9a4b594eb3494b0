/** Where a photo of any form goes in the scene's place, and what of it may be cut off. */
import type { Size } from '../../render/photo.ts';
import { BAR_TOP, HEADER, WIDTH } from '../scene/layout.ts';

/** The scene's place, from the header to the options. */
export const VIEW = { top: HEADER.height, width: WIDTH, height: BAR_TOP - HEADER.height } as const;

/** A photo fills the view where that costs it no more than this share of its width or height; else it is shown whole, between two bands. */
const MOST_CUT = 0.15;

/** What is kept of a photo beyond what is shown: room to shift and enlarge it each time by a little. */
export const SPARE = 1.06;

/** How large the photo's shown part is, in pixels of the picture. */
export function shownSize(photo: Size): Size {
  const across = VIEW.width / photo.width;
  const down = VIEW.height / photo.height;
  const [whole, filling] = [Math.min(across, down), Math.max(across, down)];
  if (whole >= filling * (1 - MOST_CUT)) return { width: VIEW.width, height: VIEW.height };
  return {
    width: Math.min(VIEW.width, Math.round(photo.width * whole)),
    height: Math.min(VIEW.height, Math.round(photo.height * whole)),
  };
}

/** How large the photo is kept: just larger than it is shown, in its own proportions. */
export function keptSize(photo: Size): Size {
  const shown = shownSize(photo);
  const scale = Math.max(shown.width / photo.width, shown.height / photo.height) * SPARE;
  return { width: Math.ceil(photo.width * scale), height: Math.ceil(photo.height * scale) };
}

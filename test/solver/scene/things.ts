/**
 * Which thing in the scene is which option. The icons are public and drawn without noise, so that the share of each colour tells
 * them apart: no learning is needed. (What a question names is taken as read.)
 */

import { contentOf, THUMB_PLAN } from '../../../lib/challenge/scene/layout.ts';
import type { SceneObject } from '../../../lib/challenge/scene/objects.ts';
import { palette } from '../../../lib/challenge/scene/paint.ts';
import { type Pixels, pixelsOf, type Spot, WHITE } from './pixels.ts';
import { look } from './specimen.ts';

type Shares = ReadonlyMap<number, number>;

/** Shares of colours in a circle, without those that a scene has anyway. */
function shares({ at, theme }: Pixels, middle: Spot, radius: number): Shares {
  const counts = new Map<number, number>();
  let all = 0;
  for (let y = -radius; y <= radius; y++)
    for (let x = -radius; x <= radius; x++) {
      const color = at(middle.x + x, middle.y + y);
      if (x * x + y * y > radius * radius || [WHITE, theme.ground, theme.shade].includes(color)) continue;
      counts.set(color, (counts.get(color) ?? 0) + 1);
      all++;
    }
  return new Map([...counts].map(([color, count]) => [color, count / all]));
}

const distance = (a: Shares, b: Shares) =>
  [...new Set([...a.keys(), ...b.keys()])].reduce(
    (sum, color) => sum + Math.abs((a.get(color) ?? 0) - (b.get(color) ?? 0)),
    0,
  );

/** For each option, the spot that looks most like it; each spot once. */
export function spotsOfOptions(pixels: Pixels, spots: readonly Spot[], radius: number): Spot[] {
  const options = THUMB_PLAN.cards.map((card) => {
    const { x, y, width, height } = contentOf(card);
    return shares(pixels, { x: x + width / 2, y: y + height / 2 }, 31);
  });
  const seen = spots.map((spot) => shares(pixels, spot, radius));
  const pairs = options.flatMap((option, i) => seen.map((one, j) => ({ i, j, far: distance(option, one) })));
  const chosen = new Map<number, Spot>();
  const used = new Set<number>();
  for (const { i, j } of pairs.sort((a, b) => a.far - b.far)) {
    if (chosen.has(i) || used.has(j)) continue;
    chosen.set(i, spots[j]!);
    used.add(j);
  }
  return options.map((_, i) => chosen.get(i) ?? { x: -1, y: -1 });
}

/** The spot that looks most like an object whose name was read. */
export function spotOf(pixels: Pixels, spots: readonly Spot[], radius: number, object: SceneObject): Spot {
  const surface = look.renderer.paint(100, 100, palette, WHITE);
  surface.icon(look.icons.get(object.name)!, [0.05, 0, 0, 0.05, 24, 24]);
  const wanted = shares(pixelsOf(surface.encode('png')), { x: 50, y: 50 }, 40);
  const far = spots.map((spot) => distance(wanted, shares(pixels, spot, radius)));
  return spots[far.indexOf(Math.min(...far))]!;
}

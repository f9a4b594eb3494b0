/**
 * "In which box are the two rings linked": in each box two rings cross twice. One passes over and then under the other: linked. One
 * passes over both times: it only lies on top. Every crossing is drawn the same way, in linked and in loose rings alike, so nothing but
 * what passes over what tells them apart.
 */
import type { PaintSurface } from '../../../render/types.ts';
import type { Random } from '../../../util/random.ts';
import { cosTurns, sinTurns } from '../../../util/trig.ts';
import { ask } from '../asked.ts';
import { COATS } from '../colors.ts';
import { INK } from '../drawing/inks.ts';
import { PANEL, PANEL_CLAIMS, PANELS, paintSheets } from '../drawing/panels.ts';
import type { Draft, Family } from '../graph.ts';

/** From a ring's middle to the middle of its band, in pixels. */
const RADIUS = 58;
/** Width of a band without and with its edges. */
const [BAND, EDGED] = [17, 24];

/** Blue, yellow, purple, red: unlike in brightness too. */
const FILLS = [COATS[1]![1]!, COATS[4]![0]!, COATS[3]![2]!, COATS[0]![1]!];

type Spot = readonly [x: number, y: number];

/** Two rings in a box; places are from its corner. */
interface Pair {
  readonly middles: readonly [Spot, Spot];
  /** Where their bands cross, and which of the two passes over there. */
  readonly crossings: readonly { readonly at: Spot; readonly over: number }[];
  readonly colors: readonly number[];
}

export const links: Family = (random): Draft => {
  const right = random.below(4);
  const colors = random.sample(FILLS, 2);
  const pairs = PANELS.map((_, i) => pair(random, i === right, random.shuffle(colors)));
  return {
    items: [],
    drawing: {
      holds: () => false,
      holdsPanel: (i) => new Set(pairs[i]!.crossings.map(({ over }) => over)).size === 2,
      flaw: () => pairs.map(flawIn).find((found) => found !== undefined),
      paint(surface) {
        paintSheets(surface);
        for (const [i, box] of PANELS.entries()) paintPair(surface, pairs[i]!, [box.x, box.y]);
      },
    },
    question: ask(random, 'links'),
    claims: PANEL_CLAIMS,
    right,
  };
};

function pair(random: Random, linked: boolean, colors: readonly number[]): Pair {
  const middles = middlesFor(random);
  const over = random.below(2);
  const [first, second] = meet(...middles);
  const crossings = [
    { at: first, over },
    { at: second, over: linked ? 1 - over : over },
  ];
  return { middles, crossings, colors };
}

/** Turned any way that leaves both in their box. */
function middlesFor(random: Random): [Spot, Spot] {
  for (;;) {
    const turn = random.unit();
    const half = random.between(36, 42);
    const [dx, dy] = [half * cosTurns(turn), half * sinTurns(turn)];
    const x = PANEL.width / 2 + random.between(0, 18);
    const y = PANEL.height / 2 + random.between(-8, 8);
    const middles: [Spot, Spot] = [
      [x - dx, y - dy],
      [x + dx, y + dy],
    ];
    if (middles.every(isInside)) return middles;
  }
}

/** Off the edges of the box by eight pixels, and off its letter. */
function isInside([x, y]: Spot): boolean {
  const reach = RADIUS + EDGED / 2 + 8;
  if (x < reach || x > PANEL.width - reach || y < reach || y > PANEL.height - reach) return false;
  return distance([x, y], [24, 24]) > reach + 16;
}

/** The two points where the middle lines of two rings cross. */
function meet([ax, ay]: Spot, [bx, by]: Spot): [Spot, Spot] {
  const [dx, dy] = [bx - ax, by - ay];
  const far = Math.sqrt(dx * dx + dy * dy);
  const half = Math.sqrt(RADIUS * RADIUS - (far * far) / 4) / far;
  const [x, y] = [ax + dx / 2, ay + dy / 2];
  return [
    [x - dy * half, y + dx * half],
    [x + dy * half, y - dx * half],
  ];
}

function flawIn({ middles, crossings }: Pair): string | undefined {
  const strays = crossings.some(({ at }) =>
    middles.some((middle) => Math.abs(distance(at, middle) - RADIUS) > 0.01),
  );
  if (strays || crossings.length !== 2) return 'a crossing is not where the rings cross';
  return distance(crossings[0]!.at, crossings[1]!.at) < 60 ? 'crossings are too close' : undefined;
}

const distance = ([ax, ay]: Spot, [bx, by]: Spot) => Math.sqrt((ax - bx) * (ax - bx) + (ay - by) * (ay - by));

function paintPair(surface: PaintSurface, { middles, crossings, colors }: Pair, [left, top]: Spot): void {
  const moved = ([x, y]: Spot): Spot => [left + x, top + y];
  for (const [ring, middle] of middles.entries())
    for (const [width, color] of [
      [EDGED, INK],
      [BAND, colors[ring]!],
    ] as const) {
      surface.circle(...moved(middle), RADIUS + width / 2);
      surface.circle(...moved(middle), RADIUS - width / 2);
      surface.fill(color, 1, 'even-odd');
    }
  for (const { at, over } of crossings) {
    // The band runs on beyond its edges: they end on edges that are there already, and no seam shows
    surface.polyline(arc(moved(middles[over]!), moved(at), 0.75 * EDGED), EDGED);
    surface.fill(INK);
    surface.polyline(arc(moved(middles[over]!), moved(at), 1.2 * EDGED), BAND);
    surface.fill(colors[over]!);
  }
}

/** Points of a ring, `half` pixels to either side of one. */
function arc([x, y]: Spot, at: Spot, half: number): number[] {
  const [rx, ry] = [at[0] - x, at[1] - y];
  return [-1, -0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75, 1].flatMap((part) => {
    const turn = (part * half) / (RADIUS * 2 * Math.PI);
    const [c, s] = [cosTurns(turn), sinTurns(turn)];
    return [x + rx * c - ry * s, y + rx * s + ry * c];
  });
}

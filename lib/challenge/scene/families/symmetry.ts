/**
 * "In which box is the right half a mirror image of the left". All four begin as mirror images, of their own; in three of them some
 * dots of either half are then moved, far enough to be seen, and never close to another dot: a touch would give them away.
 */
import type { PaintSurface } from '../../../render/types.ts';
import type { Random } from '../../../util/random.ts';
import { ask } from '../asked.ts';
import { COATS, type Theme } from '../colors.ts';
import { CORNER, PANEL, PANEL_CLAIMS, PANELS, paintAxes, paintSheets } from '../drawing/panels.ts';
import type { Draft, Family } from '../graph.ts';

interface Style {
  readonly pairs: number;
  readonly moved: number;
  readonly radius: number;
  /** Least distance of the middles of two dots. */
  readonly apart: number;
  /** How far a dot is moved, in pixels. */
  readonly from: number;
  readonly to: number;
  readonly colored: boolean;
}

const STYLES: readonly Style[] = [
  { pairs: 9, moved: 4, radius: 11, apart: 32, from: 30, to: 70, colored: true },
  { pairs: 24, moved: 12, radius: 5.5, apart: 18, from: 24, to: 60, colored: false },
];

interface Dot {
  /** From the middle of its box. */
  readonly x: number;
  /** From the upper edge of its box. */
  readonly y: number;
  readonly ink: number;
}

export const symmetry: Family = (random, difficulty): Draft => {
  const style = STYLES[difficulty === 1 ? 0 : 1]!;
  const right = random.below(4);
  const panels = PANELS.map((_, i) => draw(random, style, i !== right));
  return {
    items: [],
    drawing: {
      holds: () => false,
      holdsPanel: (i) => strays(panels[i]!, 0.5) === 0,
      flaw: () => flawIn(panels, style),
      paint: (surface, theme) => paint(surface, theme, panels, style),
    },
    question: ask(random, 'symmetry'),
    claims: PANEL_CLAIMS,
    right,
  };
};

function draw(random: Random, style: Style, broken: boolean): Dot[] {
  for (;;) {
    const dots = mirrored(random, style);
    if (!broken) return dots;
    const moved = move(random, dots, style);
    if (moved) return moved;
  }
}

const INKS = COATS.map((coat) => coat[2]!);
const EDGE = 18;

/** Off the edges, the axis and the corners. */
function isInside(x: number, y: number): boolean {
  if (x < EDGE || x > PANEL.width / 2 - EDGE || y < EDGE || y > PANEL.height - EDGE) return false;
  return x < PANEL.width / 2 - CORNER || y > CORNER;
}

function mirrored(random: Random, { pairs, apart, colored }: Style): Dot[] {
  const half: Dot[] = [];
  for (let tries = 0; half.length < pairs; tries++) {
    if (tries > 60 * pairs) half.length = tries = 0;
    const x = random.integer(EDGE, PANEL.width / 2 - EDGE);
    const y = random.integer(EDGE, PANEL.height - EDGE);
    if (isInside(x, y) && isFree(half, x, y, apart))
      half.push({ x, y, ink: colored ? half.length % INKS.length : -1 });
  }
  return half.flatMap((dot) => [dot, { ...dot, x: -dot.x }]);
}

/** Undefined when there is no room. Of each pair one dot at most is moved. */
function move(random: Random, dots: readonly Dot[], { moved, apart, from, to }: Style): Dot[] | undefined {
  const changed = dots.slice();
  const pairs = random.sample(
    Array.from({ length: dots.length / 2 }, (_, i) => i),
    moved,
  );
  for (const pair of pairs) {
    const at = 2 * pair + random.below(2);
    const old = changed[at]!;
    let found: Dot | undefined;
    for (let tries = 0; tries < 80 && !found; tries++) {
      const x = old.x + random.integer(-to, to);
      const y = old.y + random.integer(-to, to);
      const far = (x - old.x) * (x - old.x) + (y - old.y) * (y - old.y);
      if (far < from * from || far > to * to || x * old.x < 0 || !isInside(Math.abs(x), y)) continue;
      // Nor may it become the mirror image of any other
      if (isFree(changed, x, y, apart, at) && isFree(changed, -x, y, apart, at)) found = { ...old, x, y };
    }
    if (!found) return undefined;
    changed[at] = found;
  }
  return changed;
}

/** Whether nothing but dot number `except` lies within `apart` of a point. */
function isFree(dots: readonly Dot[], x: number, y: number, apart: number, except = -1): boolean {
  for (let i = 0; i < dots.length; i++) if (i !== except && within(dots[i]!, x, y, apart)) return false;
  return true;
}

const within = (dot: Dot, x: number, y: number, reach: number) =>
  (dot.x - x) * (dot.x - x) + (dot.y - y) * (dot.y - y) < reach * reach;

/** How many dots have no twin nearer than `tolerance` to where the mirror shows them. */
function strays(dots: readonly Dot[], tolerance: number): number {
  return dots.filter((dot) => isFree(dots, -dot.x, dot.y, tolerance)).length;
}

function flawIn(panels: readonly (readonly Dot[])[], { moved, apart, pairs }: Style): string | undefined {
  for (const dots of panels) {
    if (dots.length !== 2 * pairs) return 'dots are missing';
    const doubtful = strays(dots, 0.5) > 0 && strays(dots, apart) < 2 * moved;
    if (doubtful) return 'nearly a mirror image';
    if (dots.some((dot, i) => !isFree(dots, dot.x, dot.y, apart, i))) return 'dots are too close';
  }
  return undefined;
}

function paint(
  surface: PaintSurface,
  theme: Theme,
  panels: readonly (readonly Dot[])[],
  { radius }: Style,
): void {
  paintSheets(surface);
  paintAxes(surface, theme);
  for (const [i, box] of PANELS.entries())
    for (const { x, y, ink } of panels[i]!) {
      surface.circle(box.x + box.width / 2 + x, box.y + y, radius);
      surface.fill(INKS[ink] ?? theme.hue);
    }
}

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
  /** How far a moved dot at least lies off every place that would make it the mirror image of another. */
  readonly clear: number;
  /** How far a dot is moved, in pixels. */
  readonly from: number;
  readonly to: number;
  readonly colored: boolean;
}

const STYLES: readonly Style[] = [
  { pairs: 9, moved: 4, radius: 11, apart: 32, clear: 24, from: 30, to: 70, colored: true },
  { pairs: 24, moved: 12, radius: 5.5, apart: 17, clear: 13, from: 22, to: 60, colored: false },
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
    // Tried in the right box too: only such as could be broken, or room to move would tell them apart
    const moved = move(random, dots, style);
    if (moved) return broken ? moved : dots;
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

/**
 * Undefined when there is no room. Two dots of one half are moved at a time, one as far and as steep as the other but the opposite
 * way: the middle of all dots stays where a mirror image has it, and is no hint. Of each pair one dot at most is moved.
 */
function move(random: Random, dots: readonly Dot[], style: Style): Dot[] | undefined {
  const changed = dots.slice();
  const { moved, from, to } = style;
  const pairs = random.shuffle([...Array(dots.length / 2).keys()]);
  let done = 0;
  // Two that find no room stay, and the next two are tried
  for (let i = 0; i + 1 < pairs.length && done < moved; i += 2) {
    const half = random.below(2);
    const [one, other] = [2 * pairs[i]! + half, 2 * pairs[i + 1]! + half];
    for (let tries = 0; tries < 60; tries++) {
      const [x, y] = [random.integer(-to, to), random.integer(-to, to)];
      const far = x * x + y * y;
      if (far < from * from || far > to * to) continue;
      const before = [changed[one]!, changed[other]!] as const;
      if (shift(changed, one, x, y, style) && shift(changed, other, -x, -y, style)) {
        done += 2;
        break;
      }
      changed[one] = before[0];
      changed[other] = before[1];
    }
  }
  return done === moved ? changed : undefined;
}

/** Moves a dot, where there is room: in its half, off all dots, and off what would make it the mirror image of another. */
function shift(dots: Dot[], at: number, byX: number, byY: number, { apart, clear }: Style): boolean {
  const old = dots[at]!;
  const [x, y] = [old.x + byX, old.y + byY];
  if (x * old.x < 0 || !isInside(Math.abs(x), y)) return false;
  if (!isFree(dots, x, y, apart, at) || !isFree(dots, -x, y, clear, at)) return false;
  dots[at] = { ...old, x, y };
  return true;
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

function flawIn(
  panels: readonly (readonly Dot[])[],
  { moved, apart, clear, pairs }: Style,
): string | undefined {
  for (const dots of panels) {
    if (dots.length !== 2 * pairs) return 'dots are missing';
    const doubtful = strays(dots, 0.5) > 0 && strays(dots, clear) < 2 * moved;
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

/**
 * What a hand's way over the box looks like: a trail that goes on where it was, no faster than a hand, and rests at its end.
 * Whether it rests at the right place is another matter; nothing here knows the place.
 */

/** x and y in pixels of the box, t in milliseconds from the first point. */
export type TrailPoint = readonly [x: number, y: number, t: number];
export type Trail = readonly TrailPoint[];

export const TRAIL = {
  leastPoints: 8,
  mostPoints: 512,
  /** Pixels between two points. */
  jump: 60,
  /** Pixels a millisecond. */
  speed: 6,
  /** Milliseconds that the trail stays within `still` pixels of its end. */
  rest: 400,
  still: 4,
  /** Milliseconds in all. */
  longest: 300_000,
} as const;

/** What was expected and is not so; undefined when the trail is one. */
export function trailProblem(trail: Trail, width: number, height: number): string | undefined {
  const { leastPoints, mostPoints, jump, speed, rest, still, longest } = TRAIL;
  if (trail.length < leastPoints || trail.length > mostPoints)
    return `${leastPoints} to ${mostPoints} points [x, y, t_ms]`;
  if (trail[0]![2] !== 0) return 't to begin with 0';
  for (let i = 0; i < trail.length; i++) {
    const [x, y, t] = trail[i]!;
    if (!(x >= 0 && x <= width && y >= 0 && y <= height))
      return `every point within the box, 0 … ${width} by 0 … ${height}`;
    if (!(t >= 0 && t <= longest)) return `t from 0 to ${longest}`;
    if (i === 0) continue;
    const [beforeX, beforeY, beforeT] = trail[i - 1]!;
    if (t <= beforeT) return 't to grow from point to point';
    const squared = (x - beforeX) ** 2 + (y - beforeY) ** 2;
    if (squared > jump ** 2) return `at most ${jump} pixels from point to point`;
    if (squared > (speed * (t - beforeT)) ** 2) return `at most ${speed} pixels a millisecond`;
  }
  const [endX, endY, endT] = trail.at(-1)!;
  let since = endT;
  for (let i = trail.length - 2; i >= 0; i--) {
    const [x, y, t] = trail[i]!;
    if ((x - endX) ** 2 + (y - endY) ** 2 > still ** 2) break;
    since = t;
  }
  if (endT - since >= rest) return undefined;
  return `the last ${rest} ms within ${still} pixels of the end`;
}

/** Keeps the pointer's way over the box in the form that the service takes: at most so many points, none farther than a hand moves. */
import type { Point } from '../contract.ts';

const MOST = 400;
const JUMP = 55;
const SPEED = 5.5;
/** In pixels of the box; the service allows a little more. */
const STILL = 3;

export function createTrail() {
  let points: [x: number, y: number, t: number][] = [];
  let begun = 0;

  return {
    add(x: number, y: number, time = performance.now()): void {
      const here: (typeof points)[0] = [Math.round(x * 10) / 10, Math.round(y * 10) / 10, 0];
      const last = points.at(-1);
      if (last) {
        here[2] = Math.max(last[2] + 1, Math.round(time - begun));
        const far = Math.hypot(here[0] - last[0], here[1] - last[1]);
        // A pointer that went round outside the box begins a new trail
        if (far > JUMP || far > SPEED * (here[2] - last[2])) points = [];
      }
      if (points.length === 0) {
        begun = time;
        here[2] = 0;
      }
      points.push(here);
      if (points.length > MOST) points.shift();
    },
    take: (): Point[] => points.map(([x, y, t]) => [x, y, t - points[0]![2]]),
    /** How long the trail has rested where it ends, in milliseconds. */
    rested(): number {
      const end = points.at(-1);
      if (!end) return 0;
      const moved = points.findLastIndex(([x, y]) => Math.hypot(x - end[0], y - end[1]) > STILL);
      return end[2] - (points[moved + 1] ?? end)[2];
    },
  };
}

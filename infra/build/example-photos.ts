/**
 * `npm run build:examples`: makes the pictures of infra/examples/questions. They are no photographs but still lifes of a few solids, lit
 * and drawn by marching rays through distance fields (J. C. Hart, Sphere tracing, 1996), so that the examples are ours to give away. Takes some minutes.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openPhotos } from '../../lib/render/photo.ts';

type Vector = readonly [x: number, y: number, z: number];
interface Solid {
  readonly color: Vector;
  readonly gloss: number;
  /** How far a point is from its surface, at most. */
  distance(p: Vector): number;
}
interface Still {
  readonly solids: readonly Solid[];
  readonly ground: (p: Vector) => Vector;
  readonly sky: readonly [low: Vector, high: Vector];
  readonly eye: Vector;
  readonly target: Vector;
}

const WIDTH = 960;
const HEIGHT = 700;
const QUALITY = 88;
/** Rays a pixel, each way. */
const FINE = 2;

const add = (a: Vector, b: Vector): Vector => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
const sub = (a: Vector, b: Vector): Vector => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
const scale = (a: Vector, s: number): Vector => [a[0] * s, a[1] * s, a[2] * s];
const dot = (a: Vector, b: Vector) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const unit = (a: Vector): Vector => scale(a, 1 / Math.sqrt(dot(a, a)));
const cross = (a: Vector, b: Vector): Vector => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
const mix = (a: Vector, b: Vector, s: number): Vector => add(scale(a, 1 - s), scale(b, s));
const clamp = (x: number) => Math.min(1, Math.max(0, x));

// The solids; y is up, the ground is y = 0.
const sphere = (at: Vector, radius: number, color: Vector, gloss = 0.5): Solid => ({
  color,
  gloss,
  distance: (p) => Math.hypot(...sub(p, at)) - radius,
});
const box = (at: Vector, half: Vector, turn: number, color: Vector, round = 0.04): Solid => ({
  color,
  gloss: 0.15,
  distance(p) {
    const [x, y, z] = sub(p, at);
    const [c, s] = [Math.cos(turn), Math.sin(turn)];
    const q = [Math.abs(c * x + s * z) - half[0], Math.abs(y) - half[1], Math.abs(c * z - s * x) - half[2]];
    const out = Math.hypot(...q.map((each) => Math.max(0, each + round)));
    return out + Math.min(0, Math.max(...q) + round) - round;
  },
});
const cylinderDistance = (p: Vector, at: Vector, radius: number, half: number, round: number) => {
  const across = Math.hypot(p[0] - at[0], p[2] - at[2]) - radius + round;
  const along = Math.abs(p[1] - at[1]) - half + round;
  return Math.min(Math.max(across, along), 0) + Math.hypot(Math.max(across, 0), Math.max(along, 0)) - round;
};
const cylinder = (at: Vector, radius: number, half: number, color: Vector, round = 0.03): Solid => ({
  color,
  gloss: 0.2,
  distance: (p) => cylinderDistance(p, at, radius, half, round),
});
const capsule = (from: Vector, to: Vector, thick: readonly [number, number], color: Vector): Solid => ({
  color,
  gloss: 0.1,
  distance(p) {
    const [a, b] = [sub(p, from), sub(to, from)];
    const t = clamp(dot(a, b) / dot(b, b));
    return (Math.hypot(...sub(a, scale(b, t))) - (thick[0] + (thick[1] - thick[0]) * t)) * 0.9;
  },
});
/** A mug: a hollow cylinder with a ring for a handle, which points the way that `turn` says. */
const mug = (x: number, z: number, turn: number, color: Vector): Solid => ({
  color,
  gloss: 0.6,
  distance(p) {
    const body = cylinderDistance(p, [x, 0.5, z], 0.42, 0.5, 0.05);
    const hollow = cylinderDistance(p, [x, 0.62, z], 0.35, 0.5, 0.03);
    const [dx, dz] = [p[0] - x, p[2] - z];
    const out = Math.cos(turn) * dx + Math.sin(turn) * dz - 0.43;
    const side = Math.cos(turn) * dz - Math.sin(turn) * dx;
    const ring = Math.hypot(Math.hypot(out, p[1] - 0.52) - 0.24, side) - 0.065;
    const inside = Math.hypot(dx, dz) - 0.38;
    return Math.max(Math.min(body, Math.max(ring, -inside)), -hollow);
  },
});

const wood = (p: Vector): Vector => {
  const plank = Math.floor(p[2] / 0.9);
  const grain = Math.sin(p[0] * 2.1 + plank * 7 + Math.sin(p[2] * 9 + plank) * 0.6) * 0.5 + 0.5;
  const seam = Math.abs(p[2] / 0.9 - plank - 0.5) > 0.485 ? 0.6 : 1;
  return scale(mix([0.62, 0.42, 0.26], [0.74, 0.53, 0.34], grain), seam);
};
const tiles = (p: Vector): Vector =>
  (Math.floor(p[0] / 0.8) + Math.floor(p[2] / 0.8)) % 2 === 0 ? [0.86, 0.87, 0.9] : [0.68, 0.72, 0.78];
const snow = (p: Vector): Vector => {
  const drift = Math.sin(p[0] * 0.9 + 1) * Math.sin(p[2] * 0.7) * 0.02;
  return [0.9 + drift, 0.93 + drift, 0.98];
};

const RED: Vector = [0.83, 0.12, 0.12];
const BLUE: Vector = [0.1, 0.3, 0.8];
const YELLOW: Vector = [0.95, 0.72, 0.08];
const GREEN: Vector = [0.12, 0.55, 0.22];
const DARK: Vector = [0.07, 0.07, 0.09];
const WHITE: Vector = [0.95, 0.96, 0.98];

const STILLS: Readonly<Record<string, Still>> = {
  balls: {
    solids: [
      box([0.1, 0.55, 0], [0.75, 0.55, 0.6], 0.4, [0.72, 0.55, 0.36]),
      sphere([0.1, 1.62, 0], 0.52, RED),
      sphere([-1.75, 0.6, 0.5], 0.6, BLUE),
      sphere([1.65, 0.5, 0.8], 0.5, YELLOW),
      sphere([1.5, 0.42, -1.3], 0.42, GREEN),
    ],
    ground: tiles,
    sky: [
      [0.86, 0.85, 0.82],
      [0.62, 0.66, 0.72],
    ],
    eye: [0.4, 2.5, 6.2],
    target: [0, 0.95, 0],
  },
  cups: {
    solids: [
      mug(-1.75, 0.1, 2.6, [0.12, 0.45, 0.6]),
      mug(-0.35, 0.75, 0.5, [0.82, 0.25, 0.18]),
      mug(1.05, -0.1, -0.3, WHITE),
      box([2.15, 0.11, 0.75], [0.42, 0.11, 0.6], 0.5, [0.2, 0.32, 0.25]),
      box([2.15, 0.3, 0.75], [0.38, 0.08, 0.55], 0.2, [0.75, 0.6, 0.35]),
    ],
    ground: wood,
    sky: [
      [0.88, 0.83, 0.76],
      [0.7, 0.64, 0.58],
    ],
    eye: [0.2, 2.7, 5.2],
    target: [0.1, 0.45, 0],
  },
  snowman: {
    solids: [
      sphere([0, 0.85, 0], 0.95, WHITE, 0.05),
      sphere([0, 2.05, 0], 0.66, WHITE, 0.05),
      sphere([0, 2.95, 0], 0.46, WHITE, 0.05),
      cylinder([0, 3.3, 0], 0.55, 0.04, DARK),
      cylinder([0, 3.6, 0], 0.34, 0.32, DARK),
      cylinder([0, 3.42, 0], 0.35, 0.06, RED),
      capsule([0, 2.93, 0.42], [0.05, 2.9, 0.95], [0.09, 0.02], [0.95, 0.45, 0.08]),
      ...[-0.17, 0.17].map((x) => sphere([x, 3.07, 0.42], 0.06, DARK)),
      ...[1.85, 2.15, 2.42].map((y) => sphere([0, y, 0.6 + (2.15 - y) * 0.1], 0.065, DARK)),
      capsule([-0.55, 2.2, 0], [-1.5, 2.75, 0.2], [0.05, 0.035], [0.32, 0.2, 0.12]),
      capsule([0.55, 2.2, 0], [1.5, 2.6, 0.3], [0.05, 0.035], [0.32, 0.2, 0.12]),
      ...[
        [-3.4, -3],
        [3.1, -2.2],
        [4.6, -4.5],
        [-5, -5.5],
      ].flatMap(([x, z]) => [
        capsule([x!, 0, z!], [x!, 0.9, z!], [0.14, 0.12], [0.3, 0.2, 0.14]),
        capsule([x!, 0.95, z!], [x!, 3.2, z!], [0.85, 0.03], [0.12, 0.33, 0.25]),
      ]),
    ],
    ground: snow,
    sky: [
      [0.93, 0.82, 0.78],
      [0.42, 0.6, 0.84],
    ],
    eye: [0.9, 2.2, 7],
    target: [0, 1.85, 0],
  },
};

const SUN = unit([-0.55, 0.9, 0.6]);
const FAR = 30;

/** The nearest thing at a point: its place among the solids, −1 for the ground. */
function nearest(solids: readonly Solid[], p: Vector): readonly [distance: number, which: number] {
  let [least, which] = [p[1], -1];
  for (const [i, solid] of solids.entries()) {
    const distance = solid.distance(p);
    if (distance < least) [least, which] = [distance, i];
  }
  return [least, which];
}

function march(
  solids: readonly Solid[],
  from: Vector,
  way: Vector,
): readonly [length: number, which: number] | undefined {
  for (let length = 0.01, steps = 0; length < FAR && steps < 160; steps++) {
    const [distance, which] = nearest(solids, add(from, scale(way, length)));
    if (distance < 0.0008 * length) return [length, which];
    length += distance;
  }
  return undefined;
}

/** How much of the sun reaches a point; soft at the edges (I. Quilez). */
function light(solids: readonly Solid[], from: Vector): number {
  let least = 1;
  for (let length = 0.02, steps = 0; length < 8 && steps < 60; steps++) {
    const [distance] = nearest(solids, add(from, scale(SUN, length)));
    if (distance < 0.0005) return 0;
    least = Math.min(least, (10 * distance) / length);
    length += Math.max(0.01, distance);
  }
  return clamp(least);
}

/** How open the sky is above a point. */
function openness(solids: readonly Solid[], from: Vector, normal: Vector): number {
  let hidden = 0;
  for (let i = 1; i <= 5; i++) {
    const length = 0.09 * i;
    hidden += (length - nearest(solids, add(from, scale(normal, length)))[0]) / 2 ** i;
  }
  return clamp(1 - 2.2 * hidden);
}

function shade(still: Still, from: Vector, way: Vector, bounces: number): Vector {
  const { solids, ground, sky } = still;
  const open = mix(sky[0], sky[1], clamp(way[1] * 1.6 + 0.1));
  const hit = march(solids, from, way);
  if (!hit) return open;
  const p = add(from, scale(way, hit[0]));
  const solid = solids[hit[1]];
  const normal = solid ? slope(solid, p) : ([0, 1, 0] as const);
  const color = solid?.color ?? ground(p);
  const start = add(p, scale(normal, 0.004));
  const sun = Math.max(0, dot(normal, SUN)) * light(solids, start);
  const around = (0.55 + 0.45 * normal[1]) * openness(solids, p, normal);
  const lit = add(scale(color, 1.05 * sun), mix(scale(color, 0.42 * around), sky[1], 0.03));
  const mirrored = sub(way, scale(normal, 2 * dot(way, normal)));
  const gloss = solid?.gloss ?? 0.12;
  const rim = gloss * (0.06 + 0.5 * (1 - Math.max(0, -dot(way, normal))) ** 4);
  const mirrors = bounces > 0 && gloss > 0.1;
  const shown = mirrors ? mix(lit, shade(still, start, mirrored, bounces - 1), rim) : lit;
  const glint = gloss * Math.max(0, dot(mirrored, SUN)) ** 60 * (sun > 0 ? 0.9 : 0);
  return mix(add(shown, [glint, glint, glint]), open, clamp((hit[0] - 8) / 26));
}

function slope(solid: Solid, p: Vector): Vector {
  const e = 0.0006;
  const at = (x: number, y: number, z: number) => solid.distance([p[0] + x, p[1] + y, p[2] + z]);
  return unit([at(e, 0, 0) - at(-e, 0, 0), at(0, e, 0) - at(0, -e, 0), at(0, 0, e) - at(0, 0, -e)]);
}

function expose(still: Still): Uint8Array {
  const ahead = unit(sub(still.target, still.eye));
  const right = unit(cross(ahead, [0, 1, 0]));
  const up = cross(right, ahead);
  const rgba = new Uint8Array(WIDTH * HEIGHT * 4).fill(255);
  for (let y = 0; y < HEIGHT; y++)
    for (let x = 0; x < WIDTH; x++) {
      let sum: Vector = [0, 0, 0];
      for (let i = 0; i < FINE * FINE; i++) {
        const across = (2 * (x + ((i % FINE) + 0.5) / FINE) - WIDTH) / HEIGHT;
        const down = (2 * (y + (Math.floor(i / FINE) + 0.5) / FINE) - HEIGHT) / HEIGHT;
        const way = unit(add(add(scale(ahead, 2.3), scale(right, across)), scale(up, -down)));
        sum = add(sum, shade(still, still.eye, way, 1));
      }
      for (let channel = 0; channel < 3; channel++)
        rgba[(y * WIDTH + x) * 4 + channel] = Math.round(
          255 * clamp(sum[channel]! / FINE ** 2) ** (1 / 1.35),
        );
    }
  return rgba;
}

const photos = await openPhotos();
for (const [name, still] of Object.entries(STILLS)) {
  const file = fileURLToPath(new URL(`../examples/questions/${name}.jpg`, import.meta.url));
  const bytes = photos.encodeJpeg({ width: WIDTH, height: HEIGHT, rgba: expose(still) }, QUALITY);
  writeFileSync(file, bytes);
  console.log(`infra/examples/questions/${name}.jpg: ${bytes.length} bytes`);
}

/**
 * From an SVG icon made of filled paths, circles, ellipses and rectangles to contours of lines and quadratics.
 * Anything else (gradients, strokes, transforms, clips) is refused: an icon is drawn as it is or not at all.
 */
import type { Contour, Point, Segment } from './outlines.ts';

export interface Layer {
  /** #rrggbb */
  readonly fill: string;
  readonly evenOdd: boolean;
  readonly contours: readonly Contour[];
}

const REFUSED =
  /<(use|clipPath|linearGradient|radialGradient|filter|defs|mask|image|text)|stroke=|opacity=|transform=|style=/;

export function parseIcon(name: string, body: string): Layer[] {
  const refused = REFUSED.exec(body);
  if (refused) throw new Error(`${name}: ${refused[0]} cannot be compiled`);
  return [...body.matchAll(/<(path|circle|ellipse|rect)\b([^>]*)>/g)].map(([whole, tag, text]) => {
    const attributes = new Map(
      [...text!.matchAll(/([\w-]+)="([^"]*)"/g)].map((m) => [m[1]!, m[2]!] as const),
    );
    const fill = attributes.get('fill') ?? '';
    if (!/^#[0-9a-f]{3}([0-9a-f]{3})?$/i.test(fill)) throw new Error(`${name}: no plain fill in ${whole}`);
    const d =
      tag === 'path' ? attributes.get('d')! : roundPath(tag!, (key) => Number(attributes.get(key) ?? 0));
    return {
      fill: longHex(fill),
      evenOdd: attributes.get('fill-rule') === 'evenodd',
      contours: parsePath(d),
    };
  });
}

function longHex(hex: string): string {
  return (hex.length === 4 ? `#${[...hex.slice(1)].map((c) => c + c).join('')}` : hex).toLowerCase();
}

function roundPath(tag: string, at: (key: string) => number): string {
  if (tag === 'rect') {
    const [x, y, w, h] = [at('x'), at('y'), at('width'), at('height')];
    const rx = Math.min(at('rx') || at('ry'), w / 2);
    const ry = Math.min(at('ry') || at('rx'), h / 2);
    if (rx === 0) return `M${x} ${y}h${w}v${h}h${-w}z`;
    const arc = (dx: number, dy: number) => `a${rx} ${ry} 0 0 1 ${dx} ${dy}`;
    const across = w - 2 * rx;
    const down = h - 2 * ry;
    return `M${x + rx} ${y}h${across}${arc(rx, ry)}v${down}${arc(-rx, ry)}h${-across}${arc(-rx, -ry)}v${-down}${arc(rx, -ry)}z`;
  }
  const rx = at('r') || at('rx');
  const ry = at('r') || at('ry');
  return `M${at('cx') - rx} ${at('cy')}a${rx} ${ry} 0 1 1 ${2 * rx} 0a${rx} ${ry} 0 1 1 ${-2 * rx} 0z`;
}

/** Arguments a command takes, and for arcs which of them are one-character flags. */
const COUNTS: Readonly<Record<string, number>> = {
  m: 2,
  l: 2,
  h: 1,
  v: 1,
  c: 6,
  s: 4,
  q: 4,
  t: 2,
  a: 7,
  z: 0,
};

export function parsePath(d: string): Contour[] {
  const contours: { start: Point; segments: Segment[] }[] = [];
  let [x, y] = [0, 0];
  let control: Point = [0, 0];
  let previous = '';
  const to = (segment: Segment) => {
    contours.at(-1)!.segments.push(segment);
    [x, y] = segment.at(-1)!;
  };
  for (const [command, a] of commands(d)) {
    const kind = command.toLowerCase();
    const [ox, oy] = command === kind ? [x, y] : [0, 0];
    const point = (i: number): Point => [a[i]! + ox, a[i + 1]! + oy];
    const mirrored: Point = [2 * x - control[0], 2 * y - control[1]];
    if (kind === 'm') {
      [x, y] = point(0);
      contours.push({ start: [x, y], segments: [] });
    } else if (kind === 'z') {
      [x, y] = contours.at(-1)!.start;
      contours.push({ start: [x, y], segments: [] });
    } else if (kind === 'l') to([point(0)]);
    else if (kind === 'h') to([[a[0]! + ox, y]]);
    else if (kind === 'v') to([[x, a[0]! + oy]]);
    else if (kind === 'c') {
      control = point(2);
      to([point(0), control, point(4)]);
    } else if (kind === 's') {
      const first: Point = 'cs'.includes(previous) ? mirrored : [x, y];
      control = point(0);
      to([first, control, point(2)]);
    } else if (kind === 'q') {
      control = point(0);
      to([control, point(2)]);
    } else if (kind === 't') {
      control = 'qt'.includes(previous) ? mirrored : [x, y];
      to([control, point(0)]);
    } else for (const cubic of arc([x, y], a[0]!, a[1]!, a[2]!, a[3]!, a[4]!, point(5))) to(cubic);
    previous = kind;
  }
  return contours.filter((contour) => contour.segments.length > 0);
}

function* commands(d: string): Generator<[string, number[]]> {
  for (const [, letter, text] of d.matchAll(/([a-df-z])([^a-df-z]*)/gi)) {
    let command = letter!;
    const count = COUNTS[command.toLowerCase()]!;
    const numbers = command.toLowerCase() === 'a' ? arcNumbers(text!) : plainNumbers(text!);
    if (count === 0) yield [command, []];
    for (let i = 0; i + count <= numbers.length && count > 0; i += count) {
      yield [command, numbers.slice(i, i + count)];
      if (command === 'm') command = 'l';
      if (command === 'M') command = 'L';
    }
  }
}

const NUMBER = /[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/gi;
const plainNumbers = (text: string) => (text.match(NUMBER) ?? []).map(Number);

/** The two flags of an arc may stand without a space between them and the next number. */
function arcNumbers(text: string): number[] {
  const found: number[] = [];
  const number = /\s*,?\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)/iy;
  const flag = /\s*,?\s*([01])/y;
  for (let at = 0; ; ) {
    const pattern = found.length % 7 === 3 || found.length % 7 === 4 ? flag : number;
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (!match) return found;
    found.push(Number(match[1]));
    at = pattern.lastIndex;
  }
}

/** An SVG arc as cubics (SVG 2, appendix B.2: from end points to the middle). */
function arc(
  from: Point,
  rx0: number,
  ry0: number,
  tilt: number,
  large: number,
  sweep: number,
  to: Point,
): Segment[] {
  let rx = Math.abs(rx0);
  let ry = Math.abs(ry0);
  if (rx === 0 || ry === 0) return [[to]];
  const phi = (tilt * Math.PI) / 180;
  const [cos, sin] = [Math.cos(phi), Math.sin(phi)];
  const hx = (from[0] - to[0]) / 2;
  const hy = (from[1] - to[1]) / 2;
  const px = cos * hx + sin * hy;
  const py = cos * hy - sin * hx;
  const grow = Math.sqrt(Math.max(1, (px / rx) ** 2 + (py / ry) ** 2));
  rx *= grow;
  ry *= grow;
  const left = Math.max(0, (rx * ry) ** 2 - (rx * py) ** 2 - (ry * px) ** 2);
  const k = Math.sqrt(left / ((rx * py) ** 2 + (ry * px) ** 2)) * (large === sweep ? -1 : 1);
  const mx = (k * rx * py) / ry;
  const my = (-k * ry * px) / rx;
  const cx = cos * mx - sin * my + (from[0] + to[0]) / 2;
  const cy = sin * mx + cos * my + (from[1] + to[1]) / 2;
  const a0 = Math.atan2((py - my) / ry, (px - mx) / rx);
  let turn = Math.atan2((-py - my) / ry, (-px - mx) / rx) - a0;
  if (sweep && turn < 0) turn += 2 * Math.PI;
  if (!sweep && turn > 0) turn -= 2 * Math.PI;
  const pieces = Math.max(1, Math.ceil(Math.abs(turn) / (Math.PI / 2) - 1e-9));
  const step = turn / pieces;
  const bulge = (4 / 3) * Math.tan(step / 4);
  const place = (u: number, v: number): Point => [
    cx + cos * rx * u - sin * ry * v,
    cy + sin * rx * u + cos * ry * v,
  ];
  return Array.from({ length: pieces }, (_, i): Segment => {
    const a = a0 + i * step;
    const b = a + step;
    return [
      place(Math.cos(a) - bulge * Math.sin(a), Math.sin(a) + bulge * Math.cos(a)),
      place(Math.cos(b) + bulge * Math.sin(b), Math.sin(b) - bulge * Math.cos(b)),
      i === pieces - 1 ? to : place(Math.cos(b), Math.sin(b)),
    ];
  });
}

/** (d) Bots against the guarded mode, over HTTP from generate to the token, with their cost. */
import type { PictureLanguage } from '../../../lib/challenge/challenge.ts';
import { layOutSymbols, nameOf } from '../../../lib/challenge/reveal/symbols.ts';
import { type Random, seededRandom } from '../../../lib/util/random.ts';
import { puzzleOf, trailTo } from '../../challenge/reveal/kit.ts';
import { type Rig, rig } from '../../http/rig.ts';
import { decode, fromDataUrl, type Pixels, planesByColor } from './frames.ts';
import type { Reader } from './reader.ts';

type Place = readonly [x: number, y: number];
type Trail = readonly (readonly [x: number, y: number, t: number])[];

// biome-ignore lint/suspicious/noExplicitAny: what the wire gives
type Reply = any;

/** Where to rest, three times, and how to get there. */
export interface Bot {
  readonly name: string;
  places(challenge: Reply, random: Random): readonly Place[];
  trail(place: Place, random: Random): Trail;
}

const straight = ([x, y]: Place) => trailTo(x, y);

/** As a hand moves: slow, fast, slow, with a tremble and a bow, and a rest that trembles too. */
function handLike([x, y]: Place, random: Random): Trail {
  const [fromX, fromY] = [random.between(5, 295), random.between(5, 95)];
  const far = Math.hypot(x - fromX, y - fromY);
  const steps = Math.max(8, Math.round(18 + far / 7));
  const bow = random.between(-0.15, 0.15) * far;
  const inside = (value: number, most: number) => Math.min(most, Math.max(0, value));
  const way = Array.from({ length: steps + 1 }, (_, i): [number, number, number] => {
    const s = i / steps;
    const gone = s ** 3 * (10 - 15 * s + 6 * s * s);
    const aside = bow * Math.sin(Math.PI * gone) + random.between(-0.5, 0.5);
    return [inside(fromX + (x - fromX) * gone, 300), inside(fromY + (y - fromY) * gone + aside, 100), i * 17];
  });
  const end = steps * 17;
  for (let t = 40; t <= 600; t += 40)
    way.push([
      inside(x + random.between(-0.7, 0.7), 300),
      inside(y + random.between(-0.7, 0.7), 100),
      end + t,
    ]);
  return way;
}

const discsOf = (challenge: Reply) => challenge.reveal.discs.at as Place[];

export const sweep: Bot = {
  name: 'sweep that ends anywhere',
  places: (_, random) =>
    Array.from({ length: 3 }, (): Place => [random.between(0, 300), random.between(0, 100)]),
  trail: straight,
};
export const grid: Bot = {
  name: 'grid of 33, three cells',
  places: (_, random) =>
    random
      .sample(
        Array.from({ length: 33 }, (_, i) => i),
        3,
      )
      .map((i): Place => [((i % 11) + 0.5) * (300 / 11), (Math.floor(i / 11) + 0.5) * (100 / 3)]),
  trail: straight,
};
export const hand: Bot = {
  name: 'hand-like, to three of the symbols',
  places: (challenge, random) => random.sample(discsOf(challenge), 3),
  trail: handLike,
};

/** Knows every symbol by sight: the mean of many, learned from stills with their layouts, which take the source to make. */
export function learned(samples: number, lang: PictureLanguage = 'en'): Bot {
  const means = new Map<string, Float32Array>();
  for (let i = 0; i < samples; i++) {
    const seed = `symbols ${i}`;
    const still = decode(puzzleOf(seed).picture().bytes);
    for (const symbol of layOutSymbols(300, 100, seededRandom(seed, 'reveal symbols'))) {
      const name = nameOf(symbol, lang);
      const sum = means.get(name) ?? new Float32Array(SIDE * SIDE);
      crop(still, [Math.round(symbol.x), Math.round(symbol.y)]).forEach((value, k) => {
        sum[k]! += value;
      });
      means.set(name, sum);
    }
  }
  const unit = (grid: Float32Array) => {
    const length = Math.sqrt(grid.reduce((sum, value) => sum + value * value, 0)) || 1;
    return grid.map((value) => value / length);
  };
  const models = new Map([...means].map(([name, sum]) => [name, unit(sum)]));
  return {
    name: `hand-like, knows every symbol (learned from ${samples} stills)`,
    places(challenge) {
      const wanted = [...models].find(([name]) => challenge.note.includes(`on ${name}.`))![1];
      const still = fromDataUrl(challenge.image_base64);
      return discsOf(challenge)
        .map((place) => {
          const seen = unit(crop(still, place));
          return { place, score: seen.reduce((sum, value, k) => sum + value * wanted[k]!, 0) };
        })
        .sort((a, b) => b.score - a.score)
        .slice(0, 3)
        .map(({ place }) => place);
    },
    trail: handLike,
  };
}

const SIDE = 23;

/** How far each pixel around a place is from the ground, mean 0. */
function crop({ data }: Pixels, [x, y]: Place): Float32Array {
  const luma = (u: number, v: number) => {
    const [w, h] = [Math.min(299, Math.max(0, u)), Math.min(99, Math.max(0, v))];
    const i = 4 * (h * 300 + w);
    return 0.299 * data[i]! + 0.587 * data[i + 1]! + 0.114 * data[i + 2]!;
  };
  const out = new Float32Array(SIDE * SIDE);
  const half = SIDE >> 1;
  const ground = luma(x - 8, y - 8);
  let mean = 0;
  for (let v = 0; v < SIDE; v++)
    for (let u = 0; u < SIDE; u++) {
      const far =
        Math.hypot(u - half, v - half) > 11 ? 0 : Math.abs(luma(x + u - half, y + v - half) - ground);
      out[v * SIDE + u] = far > 150 ? 1 : far / 150;
      mean += out[v * SIDE + u]! / out.length;
    }
  return out.map((value) => value - mean);
}

export interface Outcome {
  readonly bot: string;
  readonly n: number;
  readonly met: number;
  readonly passed: number;
  readonly requests: number;
  readonly tries: number;
}

export async function attack(bot: Bot, reader: Reader, n: number): Promise<Outcome> {
  const random = seededRandom(bot.name, 'bot');
  const r: Rig = rig({ env: { GLYPHGATE_PROFILE: 'compat' } });
  let [met, passed, requests, tries] = [0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    const { body: challenge } = await r.generate('kind=reveal&difficulty=2&lang=en');
    requests++;
    for (const place of bot.places(challenge, random)) {
      const trail = bot
        .trail(place, random)
        .map((point) => point.map((value) => Math.round(value * 10) / 10));
      const reply = await r.call(`/api/captcha/${challenge.captcha_id}/reveal`, {
        body: { trail },
        from: r.newVisitor(),
      });
      if (reply.status !== 200) throw new Error(`${bot.name}: ${JSON.stringify(reply.body)}`);
      requests++;
      tries++;
      if (!reply.body.revealed) continue;
      met++;
      const plane = planesByColor(fromDataUrl(reply.body.image_base64))[0]!;
      const verdict = await r.verify({ captcha_id: challenge.captcha_id, answer: reader.read(plane, 4) });
      requests++;
      if (verdict.body.verified) passed++;
      break;
    }
    // Expired challenges give their memory back
    if (i % 500 === 499) r.advance(400_000);
  }
  return { bot: bot.name, n, met, passed, requests, tries };
}

/**
 * `npm run solve:scene`: what scripts that cannot see get right, per family and difficulty. Chance is 25 %.
 * `-- 400` draws fewer challenges, `-- 40000 1000 odd,gaps` so many with so many pictures of these families only, and a word after that another set of them.
 */
import { DIFFICULTIES } from '../../../lib/challenge/challenge.ts';
import type { Draft } from '../../../lib/challenge/scene/graph.ts';
import { type Rate, ratesOf } from './guess.ts';
import { answer } from './looker.ts';
import { pixelsOf } from './pixels.ts';
import { draftOf, familiesOf, pictureOf } from './specimen.ts';
import { askedAbout, TRACERS } from './tracers.ts';

const [guessed = 4000, drawn = Math.min(1000, guessed)] = process.argv.slice(2, 4).map(Number);
const wanted = process.argv[4]?.split(',');
const set = process.argv[5] ?? 'guess';
const traced = Math.min(200, guessed);

const percent = ({ hits, all }: Rate) => `${((100 * hits) / all).toFixed(1)} % (${hits}/${all})`;

console.log(
  '| family | difficulty | letter | best of the other features | all together | length of the file | following pixels | naming things (places known) |',
);
console.log('|---|---|---|---|---|---|---|---|');
for (const difficulty of DIFFICULTIES)
  for (const family of familiesOf(difficulty)) {
    if (wanted && !wanted.includes(family.name)) continue;
    const draft = (i: number) => draftOf(family, difficulty, `${set} ${i}`);
    const { letter, 'all of them together': all, ...others } = ratesOf(draws(guessed, draft), guessed);
    const [name, best] = Object.entries(others).reduce((a, b) => (b[1].hits > a[1].hits ? b : a));
    const lengths = new WeakMap<Draft, string>();
    const measured = draws(drawn, (i) => {
      const one = draft(i);
      lengths.set(one, `${Math.round(pictureOf(one, difficulty, `length ${i}`).length / 1500)}`);
      return one;
    });
    const { length } = ratesOf(measured, drawn, { length: (one, i) => `${lengths.get(one)} ${i}` });
    const tracer = TRACERS[family.name];
    let hits = 0;
    for (let i = 0; tracer && i < traced; i++) {
      const one = draft(i);
      const pixels = pixelsOf(pictureOf(one, difficulty, `trace ${i}`));
      if (tracer(pixels, askedAbout(one)) === one.right) hits++;
    }
    let [found, told] = [0, 0];
    let looked = 0;
    for (let i = 0; i < traced; i++) {
      const one = draft(i);
      const pixels = pixelsOf(pictureOf(one, difficulty, `look ${i}`));
      const guess = answer(family.name, one, pixels, false);
      if (guess === undefined) break;
      looked++;
      if (guess === one.right) found++;
      if (answer(family.name, one, pixels, true) === one.right) told++;
    }
    const cells = [
      family.name,
      difficulty,
      percent(letter!),
      `${percent(best)} ${name}`,
      percent(all!),
      percent(length!),
      tracer ? percent({ hits, all: traced }) : '–',
      looked > 0 ? `${percent({ hits: found, all: looked })} (${percent({ hits: told, all: looked })})` : '–',
    ];
    console.log(`| ${cells.join(' | ')} |`);
  }

function* draws<T>(count: number, draw: (i: number) => T): Generator<T> {
  for (let i = 0; i < count; i++) yield draw(i);
}

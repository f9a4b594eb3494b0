/** `npm run solve:scene`: what scripts that cannot see get right, per family and difficulty. Chance is 25 %. `-- 400` draws fewer. */
import { DIFFICULTIES } from '../../../lib/challenge/challenge.ts';
import { FEATURES, type Rate, rateOf } from './guess.ts';
import { pixelsOf } from './pixels.ts';
import { draftOf, familiesOf, pictureOf } from './specimen.ts';
import { askedAbout, TRACERS } from './tracers.ts';

const guessed = Number(process.argv[2] ?? 4000);
const traced = Math.min(200, guessed);
/** How many pictures are drawn for the one who knows the length of a file. */
const drawn = Math.min(1000, guessed);

const percent = ({ hits, all }: Rate) => `${((100 * hits) / all).toFixed(0)} % (${hits}/${all})`;

console.log(
  '| family | difficulty | letter | best of the other features | length of the file | following pixels |',
);
console.log('|---|---|---|---|---|---|');
for (const difficulty of DIFFICULTIES)
  for (const family of familiesOf(difficulty)) {
    const drafts = Array.from({ length: guessed }, (_, i) => draftOf(family, difficulty, `guess ${i}`));
    const rates = Object.entries(FEATURES).map(([name, feature]) => ({ name, ...rateOf(drafts, feature) }));
    const [letter, ...others] = rates as [(typeof rates)[number], ...typeof rates];
    const best = others.reduce((a, b) => (b.hits > a.hits ? b : a));
    const lengths = new Map(
      drafts.slice(-drawn).map((draft, i) => [draft, pictureOf(draft, difficulty, `length ${i}`).length]),
    );
    const length = rateOf(
      [...lengths.keys()],
      (draft, i) => `${Math.round(lengths.get(draft)! / 1500)} ${i}`,
    );
    const tracer = TRACERS[family.name];
    let hits = 0;
    for (let i = 0; tracer && i < traced; i++) {
      const draft = drafts[i]!;
      const pixels = pixelsOf(pictureOf(draft, difficulty, `trace ${i}`));
      if (tracer(pixels, askedAbout(draft)) === draft.right) hits++;
    }
    const cells = [
      family.name,
      difficulty,
      percent(letter),
      `${percent(best)} ${best.name}`,
      percent(length),
      tracer ? percent({ hits, all: traced }) : '–',
    ];
    console.log(`| ${cells.join(' | ')} |`);
  }

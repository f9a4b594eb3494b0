/** `npm run solve:reveal`: every attack on the kind reveal, with how often it works. */
import {
  curves,
  edges,
  netOnStill,
  overlays,
  type Rate,
  readRestored,
  readStill,
  tesseractOnStill,
  trainReader,
} from './attacks.ts';
import { attack, grid, hand, learned, sweep } from './end-to-end.ts';
import { percent } from './wilson.ts';

const say = (name: string, right: number, n: number, remark = '') =>
  console.log(
    `${name.padEnd(62)} ${percent(right, n).padEnd(26)} ${String(right).padStart(5)} of ${n}  ${remark}`,
  );
const tell = (rate: Rate | undefined) => {
  if (rate) say(rate.name, rate.right, rate.n, rate.remark);
  else console.log('(a) tesseract: not installed');
};

const READER_SAMPLES = 300;
const started = performance.now();
const reader = trainReader(READER_SAMPLES);
console.log(
  `A reader of codes, trained on ${READER_SAMPLES} restored pictures (${reader.size} characters). Rates with 95 % intervals (Wilson).\n`,
);
tell(readRestored(reader, 500));
for (const mode of ['guarded', 'client'] as const) {
  console.log('');
  tell(readStill(reader, mode, 500));
  tell(netOnStill(mode, 2000, 500));
  tell(tesseractOnStill(mode, 200));
  tell(overlays(reader, mode, 200));
  tell(curves(reader, mode, 200));
  tell(edges(reader, mode, mode === 'guarded' ? 400 : 200));
}
console.log('\n(d) guarded, end to end: three tries a challenge; met the point, then passed');
for (const [bot, n] of [
  [sweep, 3000],
  [grid, 3000],
  [hand, 3000],
  [learned(150), 400],
] as const) {
  const { met, passed, requests, tries } = await attack(bot, reader, n);
  say(`(d) ${bot.name}: met`, met, n);
  say(
    `(d) ${bot.name}: passed`,
    passed,
    n,
    `${(requests / n).toFixed(2)} requests and ${(tries / n).toFixed(2)} tries a challenge`,
  );
}
console.log(`\n${((performance.now() - started) / 1000).toFixed(0)} s`);

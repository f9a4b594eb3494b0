/**
 * `glyphgate samples`: many challenges in the form that solvers are measured with. Per sample the picture and exactly the reply that a
 * client would have received; for all of them one labels.json, written last and at once: where it is, the set is complete.
 */
import { join } from 'node:path';
import type { Speech } from '../audio/speech.ts';
import { answer } from './answer.ts';
import { textOf, wholeNumber } from './arguments.ts';
import { type Command, type Given, type Kinds, type Tools, UsageError } from './command.ts';
import { orExplain, writeWhole } from './files.ts';
import { type Look, lookOf, lookOptions, seedOf, specOf } from './look.ts';
import { progressBar } from './progress.ts';
import { clientReply } from './reply.ts';
import { LABELS, prepareFolder, SAMPLES, type Sample, writeSample } from './sample-folder.ts';
import { takeOf } from './sound.ts';

const MOST = 10_000_000;

export const samples: Command = {
  name: 'samples',
  summary: 'draw many challenges with their answers, to measure solvers',
  options: {
    ...lookOptions,
    count: { value: 'N', about: 'how many', required: true },
    out: { value: 'DIR', about: 'a new or empty folder', required: true },
    takes: { value: 'N', about: 'kind audio: 1 to 3 takes of each; default 1' },
    force: { about: 'replace the samples that an earlier run left in DIR' },
  },
  notes: [
    `Writes DIR/${SAMPLES}/NAME.png (or what --format says; kind audio: NAME.wav and, for more takes, NAME-2.wav, NAME-3.wav), DIR/${SAMPLES}/NAME.json with exactly what a client would have received from generate, and DIR/${LABELS} with {NAME: answer}. ${LABELS} is written last and at once: an interrupted run leaves none.`,
    'The same options and seed give the same bytes in every file. The captcha_id in NAME.json is drawn from the seed too: it has the form of a real one, and no server knows it.',
  ],
  examples: [
    'glyphgate samples --kind audio --lang en --count 1000 --takes 3 --out heard',
    'glyphgate samples --kind text --preset strong --count 10000 --seed 1 --out strong',
    'glyphgate samples --kind scene --difficulty 2 --lang en --count 500 --out scenes',
  ],

  async run(given, tools) {
    const count = wholeNumber('count', textOf(given, 'count')!, 1, MOST);
    const out = textOf(given, 'out')!;
    const kinds = await tools.loadKinds();
    const look = lookOf(given, kinds);
    const sounds = await soundsOf(given, look, tools);
    await kinds[look.kind].ready?.(look.format);
    const seed = seedOf(given);

    prepareFolder(out, given.force === true);
    const labels = await drawAll({ look, kinds, seed, count, out, sounds }, tools);
    orExplain(`cannot write ${join(out, LABELS)}`, () =>
      writeWhole(join(out, LABELS), `${JSON.stringify(labels, null, 1)}\n`),
    );
    answer(tools, given, { count, kind: look.kind, preset: look.preset, folder: out, seed }, [
      `${count} samples of ${look.kind} ${look.preset} in ${out}, seed ${seed}`,
    ]);
  },
};

interface Job {
  readonly look: Look;
  readonly kinds: Kinds;
  readonly seed: string;
  readonly count: number;
  readonly out: string;
  readonly sounds: Sounds | undefined;
}

async function drawAll(
  { look, kinds, seed, count, out, sounds }: Job,
  tools: Tools,
): Promise<Record<string, string>> {
  const digits = Math.max(6, String(count).length);
  const bar = progressBar(tools.stderr, 'samples', count);
  const labels: Record<string, string> = {};
  try {
    for (let i = 0; i < count; i++) {
      const name = String(i).padStart(digits, '0');
      const sample = await drawOne(look, kinds, `${seed}/${i}`, sounds);
      orExplain(
        `stopped after ${i} of ${count} samples, cannot write to ${join(out, SAMPLES)}`,
        () => writeSample(out, name, sample),
        `No ${LABELS} was written; start again with --force when there is room.`,
      );
      labels[name] = sample.answer;
      bar.at(i + 1);
    }
  } finally {
    bar.end();
  }
  return labels;
}

interface Sounds {
  readonly speech: Speech;
  readonly takes: number;
}

async function soundsOf(given: Given, look: Look, tools: Tools): Promise<Sounds | undefined> {
  const takes = textOf(given, 'takes');
  if (look.kind === 'audio')
    return { speech: await tools.loadSpeech(), takes: wholeNumber('takes', takes ?? '1', 1, 3) };
  if (takes !== undefined) throw new UsageError(`--takes goes with kind audio; kind ${look.kind} is seen.`);
  return undefined;
}

async function drawOne(look: Look, kinds: Kinds, seed: string, sounds: Sounds | undefined): Promise<Sample> {
  const spec = specOf(look, seed);
  const puzzle = kinds[look.kind].generate(spec);
  const picture = puzzle.picture();
  return {
    answer: puzzle.answer,
    files: sounds
      ? await Promise.all(
          Array.from({ length: sounds.takes }, async (_, i) => ({
            ending: i === 0 ? '.wav' : `-${i + 1}.wav`,
            bytes: await takeOf(sounds.speech, spec, puzzle, i + 1),
          })),
        )
      : [{ ending: `.${spec.format}`, bytes: picture.bytes }],
    reply: clientReply(look.kind, spec, puzzle, picture),
  };
}

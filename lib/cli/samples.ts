/**
 * `glyphgate samples`: many challenges in the form that solvers are measured with. Per sample the picture and exactly the reply that a
 * client would have received; for all of them one labels.json, written last and at once: where it is, the set is complete.
 */
import { join } from 'node:path';
import { answer } from './answer.ts';
import { textOf, wholeNumber } from './arguments.ts';
import type { Command, Kinds, Tools } from './command.ts';
import { orExplain, writeWhole } from './files.ts';
import { type Look, lookOf, lookOptions, seedOf, specOf } from './look.ts';
import { progressBar } from './progress.ts';
import { clientReply } from './reply.ts';
import { LABELS, prepareFolder, SAMPLES, type Sample, writeSample } from './sample-folder.ts';

const MOST = 10_000_000;

export const samples: Command = {
  name: 'samples',
  summary: 'draw many challenges with their answers, to measure solvers',
  options: {
    ...lookOptions,
    count: { value: 'N', about: 'how many', required: true },
    out: { value: 'DIR', about: 'a new or empty folder', required: true },
    force: { about: 'replace the samples that an earlier run left in DIR' },
  },
  notes: [
    `Writes DIR/${SAMPLES}/NAME.png (or what --format says), DIR/${SAMPLES}/NAME.json with exactly what a client would have received from generate, and DIR/${LABELS} with {NAME: answer}. ${LABELS} is written last and at once: an interrupted run leaves none.`,
    'The same options and seed give the same bytes in every file. The captcha_id in NAME.json is drawn from the seed too: it has the form of a real one, and no server knows it.',
  ],
  examples: [
    'glyphgate samples --kind text --preset strong --count 10000 --seed 1 --out strong',
    'glyphgate samples --kind scene --difficulty 2 --lang en --count 500 --out scenes',
  ],

  async run(given, tools) {
    const count = wholeNumber('count', textOf(given, 'count')!, 1, MOST);
    const out = textOf(given, 'out')!;
    const kinds = await tools.loadKinds();
    const look = lookOf(given, kinds);
    await kinds[look.kind].ready?.(look.format);
    const seed = seedOf(given);

    prepareFolder(out, given.force === true);
    const labels = drawAll({ look, kinds, seed, count, out }, tools);
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
}

function drawAll({ look, kinds, seed, count, out }: Job, tools: Tools): Record<string, string> {
  const digits = Math.max(6, String(count).length);
  const bar = progressBar(tools.stderr, 'samples', count);
  const labels: Record<string, string> = {};
  try {
    for (let i = 0; i < count; i++) {
      const name = String(i).padStart(digits, '0');
      const sample = drawOne(look, kinds, `${seed}/${i}`);
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

function drawOne(look: Look, kinds: Kinds, seed: string): Sample {
  const spec = specOf(look, seed);
  const puzzle = kinds[look.kind].generate(spec);
  const picture = puzzle.picture();
  return {
    answer: puzzle.answer,
    format: spec.format,
    bytes: picture.bytes,
    reply: clientReply(look.kind, spec, puzzle, picture),
  };
}

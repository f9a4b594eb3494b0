/** `glyphgate render`: one challenge to a file, its answer to standard output. */
import type { ChallengeSpec, Format, Puzzle } from '../challenge/challenge.ts';
import { textOf } from './arguments.ts';
import { type Command, type Given, type Tools, UsageError } from './command.ts';
import { orExplain, writeWhole } from './files.ts';
import { lookOf, lookOptions, seedOf, specOf } from './look.ts';
import { takeOf } from './sound.ts';

const STANDARD_OUTPUT = '-';

export const render: Command = {
  name: 'render',
  summary: 'draw one challenge to a file and print its answer',
  options: {
    ...lookOptions,
    out: {
      value: 'FILE',
      about: 'where the picture goes, replaced if it is there; - is standard output',
      required: true,
    },
  },
  notes: [
    'A file name that ends in .png, .bmp, .jpg or .webp chooses the format when --format does not. With --out - the picture goes to standard output and the answer to standard error.',
  ],
  examples: [
    'glyphgate render --kind audio --lang en --out code.wav',
    'glyphgate render --preset strong --out strong.png',
    'glyphgate render --kind scene --difficulty 3 --lang en --out scene.png',
    'glyphgate render --preset bitmap --seed again --json --out code.bmp',
  ],

  async run(given, tools) {
    const out = textOf(given, 'out')!;
    const kinds = await tools.loadKinds();
    const look = lookOf(withFormatOf(out, given), kinds);
    const spec = specOf(look, seedOf(given));
    await kinds[look.kind].ready?.(look.format);
    const puzzle = kinds[look.kind].generate(spec);
    const { bytes, ...made } = look.kind === 'audio' ? await sound(spec, puzzle, tools) : drawn(puzzle);
    if (out === STANDARD_OUTPUT) tools.stdout.write(bytes);
    else orExplain(`cannot write ${out}`, () => writeWhole(out, bytes));

    tell(out === STANDARD_OUTPUT ? tools.stderr : tools.stdout, given.json === true, {
      answer: puzzle.answer,
      note: puzzle.note,
      file: out,
      ...made,
      kind: look.kind,
      preset: spec.preset,
      difficulty: spec.difficulty,
      lang: spec.lang,
      seed: spec.seed,
    });
  },
};

function drawn(puzzle: Puzzle) {
  const { bytes, mediaType, width, height } = puzzle.picture();
  return { bytes, picture: `${mediaType}, ${width}×${height}, ${bytes.length} bytes` };
}

async function sound(spec: ChallengeSpec<Format>, puzzle: Puzzle, tools: Tools) {
  const bytes = await takeOf(await tools.loadSpeech(), spec, puzzle, 1);
  return { bytes, sound: `audio/wav, ${((bytes.length - 44) / 8000).toFixed(1)} s, ${bytes.length} bytes` };
}

const ENDINGS: readonly { ending: string; format: Format }[] = [
  { ending: '.png', format: 'png' },
  { ending: '.bmp', format: 'bmp' },
  { ending: '.jpeg', format: 'jpeg' },
  { ending: '.jpg', format: 'jpeg' },
  { ending: '.webp', format: 'webp' },
];

/** The format that the file's name promises; a name that contradicts --format is refused. */
function withFormatOf(out: string, given: Given): Given {
  const promised = ENDINGS.find(({ ending }) => out.toLowerCase().endsWith(ending))?.format;
  const asked = textOf(given, 'format');
  if (promised && asked && promised !== asked)
    throw new UsageError(
      `--format ${asked} and --out ${out} contradict each other; expected a name ending in .${asked}.`,
    );
  return promised ? { ...given, format: promised } : given;
}

function tell(
  output: Tools['stdout'],
  json: boolean,
  facts: Readonly<Record<string, string | number>>,
): void {
  const lines = Object.entries(facts).map(([name, value]) => `${name.padEnd(10)}  ${value}`);
  output.write(json ? `${JSON.stringify(facts, null, 2)}\n` : `${lines.join('\n')}\n`);
}

/** `glyphgate sheet`: many challenges on one page, to be looked at. A row for each preset and difficulty. */
import {
  DIFFICULTIES,
  type Difficulty,
  GENERATORS,
  KINDS,
  PICTURE_LANGUAGES,
} from '../challenge/challenge.ts';
import { answer } from './answer.ts';
import { textOf, wholeNumber } from './arguments.ts';
import type { Command, Given, Kinds, Tools } from './command.ts';
import { orExplain, writeWhole } from './files.ts';
import { type Look, lookOf, lookOptions, seedOf, specOf } from './look.ts';
import { blank, enlarge, type Pixels, place, readPixels, writePng } from './pixels.ts';
import { progressBar } from './progress.ts';

const GAP = 8;
const GROUND = 0x80;
const { kind, preset, difficulty, lang, generator, seed } = lookOptions;

export const sheet: Command = {
  name: 'sheet',
  summary: 'draw many challenges onto one page, to look at them',
  options: {
    kind: { ...kind, about: `${KINDS.join(' or ')}; default: all` },
    preset: { ...preset, about: 'a look; default: all of the kind' },
    difficulty: { ...difficulty, about: `${DIFFICULTIES.join(', ')}; default: a row for each` },
    lang: {
      ...lang,
      about: `${PICTURE_LANGUAGES.join(', ')} or all; default ${PICTURE_LANGUAGES[0]}`,
    },
    generator: { ...generator, about: `text only: ${GENERATORS.join(', ')} or all` },
    seed,
    columns: { value: 'N', about: 'challenges in a row, 1 to 50; default 6' },
    zoom: { value: 'N', about: 'times as large, 1 to 8; default 1' },
    out: { value: 'FILE', about: 'the page, a PNG', required: true },
  },
  notes: [
    'The rows go by kind, preset and difficulty; what stands in each, with its answers, is printed from the top.',
  ],
  examples: [
    'glyphgate sheet --kind text --out text.png',
    'glyphgate sheet --kind text --generator all --difficulty 2 --zoom 2 --out all.png',
    'glyphgate sheet --kind scene --difficulty 3 --lang en --columns 3 --out scenes.png',
  ],

  async run(given, tools) {
    const out = textOf(given, 'out')!;
    const columns = wholeNumber('columns', textOf(given, 'columns') ?? '6', 1, 50);
    const zoom = wholeNumber('zoom', textOf(given, 'zoom') ?? '1', 1, 8);
    const kinds = await tools.loadKinds();
    const root = seedOf(given);
    const rows = drawRows(looksOf(given, kinds), kinds, columns, root, tools);
    orExplain(`cannot write ${out}`, () =>
      writeWhole(out, writePng(enlarge(compose(rows.map((row) => row.pictures)), zoom))),
    );
    answer(
      tools,
      given,
      { file: out, seed: root, rows: rows.map(({ title, answers }) => ({ title: title.trim(), answers })) },
      [
        ...rows.map(({ title, answers }) => `${title.padEnd(36)}${answers.join(' ')}`),
        `${rows.length} rows in ${out}, seed ${root}`,
      ],
    );
  },
};

/** Every look that fits what was asked for: by kind, preset, difficulty, language, generator. */
function looksOf(given: Given, kinds: Kinds): (Look & { difficulty: Difficulty })[] {
  const langs = given.lang === 'all' ? PICTURE_LANGUAGES : undefined;
  const generators = given.generator === 'all' ? GENERATORS : undefined;
  const { lang: _, generator: __, ...rest } = given;
  const asked = lookOf(
    { ...rest, ...(!langs && { lang: given.lang }), ...(!generators && { generator: given.generator }) },
    kinds,
  );
  const kindNamed = given.kind !== undefined || given.preset !== undefined;
  return (kindNamed ? [asked.kind] : KINDS).flatMap((name) =>
    kinds[name].presets
      .filter((one) => given.preset === undefined || one.name === asked.preset)
      .flatMap((one) =>
        (asked.difficulty ? [asked.difficulty] : DIFFICULTIES).flatMap((level) =>
          (langs ?? [asked.lang]).flatMap((lang) => {
            const look = { kind: name, preset: one.name, difficulty: level, lang, format: one.formats[0]! };
            if (name !== 'text') return [look];
            if (!generators) return [{ ...look, ...(asked.text && { text: asked.text }) }];
            return generators.map((generator) => ({ ...look, text: { generator } }));
          }),
        ),
      ),
  );
}

const titleOf = ({
  kind: name,
  preset: look,
  difficulty: level,
  lang: language,
  text,
}: ReturnType<typeof looksOf>[number]) =>
  [name, look, level, language, ...(text?.generator ? [text.generator] : [])].join(' ');

interface Row {
  readonly title: string;
  readonly pictures: readonly Pixels[];
  readonly answers: readonly string[];
}

function drawRows(
  looks: ReturnType<typeof looksOf>,
  kinds: Kinds,
  columns: number,
  root: string,
  tools: Tools,
): Row[] {
  const bar = progressBar(tools.stderr, 'sheet', looks.length);
  const rows = looks.map((look, i) => {
    const title = titleOf(look);
    const puzzles = Array.from({ length: columns }, (_, column) =>
      kinds[look.kind].generate(specOf(look, `${root}/${title}/${column}`)),
    );
    const pictures = puzzles.map((puzzle) => readPixels(puzzle.picture().bytes));
    bar.at(i + 1);
    return { title, pictures, answers: puzzles.map(({ answer }) => answer) };
  });
  bar.end();
  return rows;
}

function compose(rows: readonly (readonly Pixels[])[]): Pixels {
  const widthOf = (row: readonly Pixels[]) => row.reduce((sum, { width }) => sum + width + GAP, GAP);
  const heightOf = (row: readonly Pixels[]) => Math.max(...row.map(({ height }) => height)) + GAP;
  const page = blank(
    Math.max(...rows.map(widthOf)),
    rows.reduce((sum, row) => sum + heightOf(row), GAP),
    GROUND,
  );
  let top = GAP;
  for (const row of rows) {
    let left = GAP;
    for (const picture of row) {
      place(picture, page, left, top);
      left += picture.width + GAP;
    }
    top += heightOf(row);
  }
  return page;
}

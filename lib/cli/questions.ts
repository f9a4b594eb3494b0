/** `glyphgate questions check DIR`: everything that is wrong with a bank of photo questions, before a server refuses to start on it. */
import { type Bank, openBank } from '../challenge/bank/bank.ts';
import { MANIFEST } from '../challenge/bank/manifest.ts';
import { PICTURE_LANGUAGES } from '../challenge/challenge.ts';
import { openPhotos } from '../render/photo.ts';
import { answer } from './answer.ts';
import { textOf } from './arguments.ts';
import { bankFolder } from './bank-folder.ts';
import { CliError, type Command } from './command.ts';
import { progressBar } from './progress.ts';

export const questions: Command = {
  name: 'questions',
  summary: 'check a bank of photo questions of your own',
  operands: ['check', 'DIR'],
  options: {},
  notes: [
    `DIR holds ${MANIFEST} and the photos that it names (docs/questions.md). Every problem is printed on a line of its own: the file, and what is wrong with it. The server does the same check before it starts with GLYPHGATE_QUESTIONS=DIR.`,
  ],
  examples: ['glyphgate questions check infra/examples/questions'],

  async run(given, tools) {
    const folder = textOf(given, 'DIR')!;
    const [renderer, photos] = await Promise.all([tools.loadRenderer(), openPhotos()]);
    let bar: ReturnType<typeof progressBar> | undefined;
    const { problems, ...bank } = openBank(bankFolder(folder), {
      renderer,
      photos,
      progress(done, all) {
        bar ??= progressBar(tools.stderr, 'questions', all);
        bar.at(done);
      },
    });
    bar?.end();
    const facts = { folder, questions: bank.questions.length, photos: bank.photos.length, problems };
    answer(tools, given, facts, problems.length > 0 ? problems : [summary(bank)]);
    if (problems.length > 0)
      throw new CliError(
        `${problems.length} ${problems.length === 1 ? 'problem' : 'problems'} in ${folder}.`,
      );
  },
};

function summary({ questions, photos }: Bank): string {
  const spoken = PICTURE_LANGUAGES.map(
    (lang) => `${questions.filter(({ languages }) => languages.includes(lang)).length} in ${lang}`,
  );
  return `${count(questions.length, 'question')} about ${count(photos.length, 'photo')}: ${spoken.join(', ')}; no problems`;
}

const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? '' : 's'}`;

/**
 * START HERE: a bank, the operator's own questions about photos. `openBank` reads the folder's manifest (manifest.ts), judges its words
 * (texts.ts) and its photos (photos.ts), and either gives the bank or says everything that is wrong with it: one text a fault, beginning
 * with the file. `glyphgate questions check` prints them; the server refuses to start on them.
 *
 * photo-kind.ts makes challenges of it: it draws a question (pick.ts) and composes the picture (picture.ts).
 */
import type { Photos } from '../../render/photo.ts';
import type { Renderer } from '../../render/renderer.ts';
import type { Difficulty, PictureLanguage } from '../challenge.ts';
import { LETTERS } from '../scene/graph.ts';
import type { BankFolder } from './folder.ts';
import { BANK_LIMITS, MANIFEST, type ManifestQuestion, readManifest } from './manifest.ts';
import { type BankPhoto, createPhotoReader } from './photos.ts';
import { fold, languagesOf, problemsOfTexts } from './texts.ts';

export interface BankQuestion {
  readonly id: string;
  /** Its place in the bank's photos. */
  readonly photo: number;
  readonly languages: readonly PictureLanguage[];
  readonly question: ManifestQuestion['question'];
  readonly options: ManifestQuestion['options'];
  /** Which of the options, 0 … 3. */
  readonly right: number;
  readonly weight: number;
  readonly difficulty: Difficulty | undefined;
}

export interface Bank {
  readonly questions: readonly BankQuestion[];
  readonly photos: readonly BankPhoto[];
}

export interface BankTools {
  readonly renderer: Renderer;
  readonly photos: Photos;
  /** Called after each question. */
  readonly progress?: (done: number, all: number) => void;
}

export interface BankReading extends Bank {
  /** Empty: the bank can be used. */
  readonly problems: readonly string[];
}

export function openBank(folder: BankFolder, tools: BankTools): BankReading {
  const file = folder.read(MANIFEST, BANK_LIMITS.manifestBytes);
  if ('problem' in file) return { questions: [], photos: [], problems: [`${MANIFEST}: ${file.problem}`] };
  const manifest = readManifest(file);
  const reader = createPhotoReader(folder, tools.photos);
  const problems = manifest.problems.map((problem) => `${MANIFEST}: ${problem}`);
  const questions: BankQuestion[] = [];
  for (const [i, written] of manifest.questions.entries()) {
    const place = `${MANIFEST}: question ${written.id}`;
    const faults = [...problemsOfTexts(tools.renderer, written), ...repeated(manifest.questions, i)];
    problems.push(...faults.map((fault) => `${place}, ${fault}`));
    const photo = reader.photo(written.image);
    questions.push(questionOf(written, photo));
    tools.progress?.(i + 1, manifest.questions.length);
  }
  return { questions, photos: reader.photos, problems: [...problems, ...reader.problems()].map(oneLine) };
}

/** A problem may repeat what the manifest says, line breaks and terminal codes included. */
const oneLine = (problem: string) => problem.replace(/\p{C}/gu, '\ufffd');

function questionOf(written: ManifestQuestion, photo: number): BankQuestion {
  const { id, question, options, weight, difficulty } = written;
  const right = LETTERS.indexOf(written.answer);
  return { id, photo, languages: languagesOf(written), question, options, right, weight, difficulty };
}

/** What the question repeats of an earlier one. */
function repeated(questions: readonly ManifestQuestion[], at: number): string[] {
  const { id, image, question } = questions[at]!;
  const earlier = questions.slice(0, at);
  const sameId = earlier.some((other) => other.id === id);
  const samePhoto = earlier.filter((other) => other.image === image);
  const twin = samePhoto.find((other) =>
    languagesOf(other).some((lang) => {
      const asked = question[lang];
      return asked !== undefined && fold(asked) === fold(other.question[lang]!);
    }),
  );
  return [
    ...(sameId ? ['id: another question has it already'] : []),
    ...(twin ? [`question: ${twin.id} asks the same about ${image} already`] : []),
  ];
}

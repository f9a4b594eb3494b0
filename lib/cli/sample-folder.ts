/** The folder that `samples` fills: what lies in it, when it may be used, how it is cleared. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CliError } from './command.ts';
import { orExplain } from './files.ts';

export const LABELS = 'labels.json';
export const SAMPLES = 'samples';

/** Only what a run of ours wrote: `--force` must not take anything else away. */
const OURS = /^\d{6,}(?:-[23])?\.(wav|png|bmp|jpeg|webp|json)$/;

export interface Sample {
  readonly answer: string;
  /** What stands after the sample's name, and the file. */
  readonly files: readonly { readonly ending: string; readonly bytes: Uint8Array }[];
  /** What a client would have received, plain JSON. */
  readonly reply: object;
}

/** Makes the folder ready. One that holds something is refused, unless `force`: then an earlier run's samples are removed. */
export function prepareFolder(folder: string, force: boolean): void {
  const inside = join(folder, SAMPLES);
  orExplain(`cannot use ${folder}`, () => {
    mkdirSync(folder, { recursive: true });
    if (readdirSync(folder).length > 0 && !force)
      throw new CliError(
        `${folder} is not empty; expected a new or empty folder, or --force to replace its samples.`,
      );
    rmSync(join(folder, LABELS), { force: true });
    mkdirSync(inside, { recursive: true });
    for (const entry of readdirSync(inside, { withFileTypes: true }))
      if (entry.isFile() && OURS.test(entry.name)) rmSync(join(inside, entry.name));
  });
}

export function writeSample(folder: string, name: string, sample: Sample): void {
  for (const { ending, bytes } of sample.files)
    writeFileSync(join(folder, SAMPLES, `${name}${ending}`), bytes);
  writeFileSync(join(folder, SAMPLES, `${name}.json`), `${JSON.stringify(sample.reply)}\n`);
}

/**
 * Presets of the operator's own: a JSON object, name → look. A look may begin with `base`, the name of a look that comes with
 * Glyphgate (or stands before it in the file), and then names only what is different; a name that is there already replaces it.
 */
import { ConfigError } from '../../../errors.ts';
import type { Renderer } from '../../../render/renderer.ts';
import type { TextPreset } from '../preset.ts';
import { LOOKS } from './looks.ts';
import { presetFromLook } from './preset.ts';

type Data = Readonly<Record<string, unknown>>;

const NAME = /^[a-z0-9-]{1,32}$/;
/** Drawn by code of their own: nothing that data could change. */
const NO_LOOKS = ['strong', 'bitmap'];

/** Throws `ConfigError` with everything that is wrong, each as "name.field: expected …". */
export function ownPresets(json: string, renderer: Renderer): readonly TextPreset[] {
  const problems: string[] = [];
  const presets: TextPreset[] = [];
  const known = new Map<string, Data>(Object.entries(LOOKS));
  for (const [name, given] of Object.entries(parsed(json))) {
    const problem = nameProblem(name) ?? baseProblem(given, known);
    if (problem) {
      problems.push(`${name}${problem}`);
      continue;
    }
    const data = merged(given as Data, known);
    const preset = presetFromLook(name, data);
    if ('problem' in preset) problems.push(`${name}.${preset.problem}`);
    else {
      known.set(name, data);
      presets.push(preset);
      const faces = renderer.faces.map((face) => face.name);
      const missing = facesOf(data).filter((face) => !faces.includes(face));
      if (missing.length > 0)
        problems.push(
          `${name}.glyphs.faces: expected some of ${faces.join(', ')}; ${missing.join(', ')} is none`,
        );
    }
  }
  if (problems.length > 0) throw new ConfigError(problems.join('\n'));
  return presets;
}

function parsed(json: string): object {
  let data: unknown;
  try {
    data = JSON.parse(json);
  } catch (error) {
    throw new ConfigError(`expected JSON: ${(error as Error).message}`);
  }
  if (typeof data !== 'object' || data === null || Array.isArray(data))
    throw new ConfigError('expected an object: the name of a preset → its look');
  return data;
}

function nameProblem(name: string): string | undefined {
  if (NO_LOOKS.includes(name)) return `: expected another name; ${name} is no look and can't be replaced`;
  return NAME.test(name) ? undefined : ': expected a name of 1 to 32 of a-z 0-9 -';
}

function baseProblem(given: unknown, known: ReadonlyMap<string, Data>): string | undefined {
  const base = (given as { base?: unknown } | null)?.base;
  return base === undefined || known.has(base as string)
    ? undefined
    : `.base: expected one of ${[...known.keys()].join(', ')}; it is ${JSON.stringify(base)}`;
}

/** Glyphs are merged field by field, every other group is replaced as a whole. */
function merged(given: Data, known: ReadonlyMap<string, Data>): Data {
  if (typeof given !== 'object' || given === null || given.base === undefined) return given;
  const { base, ...own } = given;
  const from = known.get(base as string)!;
  return { ...from, ...own, glyphs: { ...(from.glyphs as Data), ...(own.glyphs as Data | undefined) } };
}

/** Every face that is named at any difficulty. */
function facesOf({ glyphs }: Data): string[] {
  const { faces } = glyphs as { faces: unknown };
  return (Array.isArray(faces) ? faces : Object.values(faces as object)).flat() as string[];
}

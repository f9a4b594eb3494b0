/** `npm run build:facts`: writes lib/challenge/facts.ts, what has to be known about pictures where none can be drawn. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { HEIGHT, NEEDED_HEIGHT, WIDTH } from '../../lib/challenge/scene/layout.ts';
import { QUESTION_COUNT } from '../../lib/challenge/scene/words.ts';

/** The text of the file. */
export function facts(): string {
  return `// Written by \`npm run build:facts\`; do not edit.

/** Figures of the real layout and the real sentences, for deployments that carry neither. */
export const FACTS = {
  sceneSize: { width: ${WIDTH}, height: ${HEIGHT} },
  /** Height that a scene's layout needs, in pixels. */
  neededHeight: ${NEEDED_HEIGHT},
  /** Question templates. */
  questionsCount: ${QUESTION_COUNT},
} as const;
`;
}

if (import.meta.main)
  writeFileSync(fileURLToPath(new URL('../../lib/challenge/facts.ts', import.meta.url)), facts());

// Written by `npm run build:facts`; do not edit.

/** Figures of the real layout and the real sentences, for deployments that carry neither. */
export const FACTS = {
  sceneSize: { width: 600, height: 650 },
  /** Height that a scene's layout needs, in pixels. */
  neededHeight: 640,
  /** Question templates. */
  questionsCount: 52,
} as const;

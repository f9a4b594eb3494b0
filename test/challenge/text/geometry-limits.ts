/** What every picture of a preset has to keep to, over any seed. */
import type { Limits } from './geometry.ts';

const USUAL: Limits = { height: 12, shared: 0.22, shown: 0.8 };

/** `strong` inverts what lies under its flips: there, what shows as ink says nothing. */
export const LIMITS: Readonly<Record<string, Limits>> = {
  strong: { ...USUAL, shown: 0, whole: true },
  plain: { height: 18, shared: 0.05, shown: 0.97 },
  classic: { height: 9, shared: 0.05, shown: 0.7 },
  gmail: { ...USUAL, shared: 0.15, shown: 0.95 },
  hotmail: { ...USUAL, shown: 0.95 },
  hotmail2008: { ...USUAL, shown: 0.5 },
  taobao: { ...USUAL, shown: 0.65 },
};

/** Four boxes that are the options themselves: a white sheet each, with the letter in its corner. */
import type { PaintSurface } from '../../../render/types.ts';
import { type Theme, WHITE } from '../colors.ts';
import type { Claim, Item } from '../graph.ts';
import { type Box, CARD, PANEL_PLAN } from '../layout.ts';

/** In the order of their letters. */
export const PANELS = PANEL_PLAN.cards;
export const PANEL = { width: PANELS[0]!.width, height: PANELS[0]!.height } as const;

/** Side of the square in each upper corner that stays empty: the letter is in the left one, the right one matches it. */
export const CORNER = 48;

export const PANEL_CLAIMS: readonly Claim[] = [0, 1, 2, 3].map((panel) => ({ says: 'panel', panel }));

/** Whether a thing lies in a box. */
export const isIn = ({ x, y, width, height }: Box, item: Item) =>
  item.x > x && item.x < x + width && item.y > y && item.y < y + height;

export function paintSheets(surface: PaintSurface): void {
  for (const { x, y, width, height } of PANELS) surface.slab(x, y, width, height, CARD.radius, WHITE);
}

/** A thin line down the middle of each. */
export function paintAxes(surface: PaintSurface, { shade }: Theme): void {
  for (const { x, y, width, height } of PANELS) {
    surface.rect(x + width / 2 - 1, y + 8, 2, height - 16, 1);
    surface.fill(shade);
  }
}

/** Four boxes that are the options themselves: a white sheet each, with the letter in its corner. */
import type { PaintSurface } from '../../../render/types.ts';
import { type Theme, WHITE } from '../colors.ts';
import type { Claim } from '../graph.ts';
import { CARD, PANEL_PLAN } from '../layout.ts';

/** In the order of their letters. */
export const PANELS = PANEL_PLAN.cards;
export const PANEL = { width: PANELS[0]!.width, height: PANELS[0]!.height } as const;

/** Side of the square in each upper corner that stays empty: the letter is in the left one, the right one matches it. */
export const CORNER = 48;

export const PANEL_CLAIMS: readonly Claim[] = [0, 1, 2, 3].map((panel) => ({ says: 'panel', panel }));

export function paintSheets(surface: PaintSurface): void {
  const round = CARD.radius;
  for (const { x, y, width, height } of PANELS) {
    // Blocks cost a tenth of what filling so large a shape does; only the corners are shapes
    surface.block(x + round, y, width - 2 * round, height, WHITE);
    surface.block(x, y + round, width, height - 2 * round, WHITE);
    for (const cornerX of [x + round, x + width - round])
      for (const cornerY of [y + round, y + height - round]) {
        surface.circle(cornerX, cornerY, round);
        surface.fill(WHITE);
      }
  }
}

/** A thin line down the middle of each. */
export function paintAxes(surface: PaintSurface, { shade }: Theme): void {
  for (const { x, y, width, height } of PANELS) {
    surface.rect(x + width / 2 - 1, y + 8, 2, height - 16, 1);
    surface.fill(shade);
  }
}

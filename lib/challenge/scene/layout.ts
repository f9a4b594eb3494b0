/**
 * The plan of the picture, in pixels: the question on top, the scene, the options in two rows below.
 * Whatever is drawn takes its place from here.
 */
export const WIDTH = 600;
export const HEIGHT = 650;

const MARGIN = 12;
const GAP = 10;

export const HEADER = { height: 84, padding: 24, largest: 33, smallest: 20, lineHeight: 1.22 } as const;

export const CARD = {
  width: (WIDTH - 2 * MARGIN - GAP) / 2,
  height: 48,
  radius: 12,

  disc: 16,
} as const;

/** The band that the options lie on. */
export const BAR_TOP = HEADER.height + 422;
const FIRST_CARD = BAR_TOP + 16;

/** Where things may lie; a margin keeps them off the header and the options. */
export const SCENE = { left: 10, top: HEADER.height + 8, right: WIDTH - 10, bottom: BAR_TOP - 8 } as const;

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The cards of options A, B, C, D. */
export const CARDS: readonly Box[] = [0, 1, 2, 3].map((i) => ({
  x: MARGIN + (i % 2) * (CARD.width + GAP),
  y: FIRST_CARD + (i >> 1) * (CARD.height + GAP),
  width: CARD.width,
  height: CARD.height,
}));

/** Where a card's own words or picture go: right of the letter. */
export function contentOf(card: Box): Box {
  const left = card.x + MARGIN + 2 * CARD.disc + GAP;
  return { x: left, y: card.y + 4, width: card.x + card.width - GAP - left, height: card.height - 8 };
}

/** Height that a picture needs: the lowest card's lower edge and the margin below it. */
export const NEEDED_HEIGHT = CARDS[3]!.y + CARD.height + MARGIN;

/**
 * The plan of the picture, in pixels: the question on top, the scene, the options below: in two rows, or in one when they are
 * pictures. Whatever is drawn takes its place from here.
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

/** Where the scene ends and where things and options go. */
export interface Plan {
  readonly barTop: number;
  readonly scene: {
    readonly left: number;
    readonly top: number;
    readonly right: number;
    readonly bottom: number;
  };
  readonly cards: readonly Box[];
}

const WORD_PLAN: Plan = { barTop: BAR_TOP, scene: SCENE, cards: CARDS };

const THUMB = { width: (WIDTH - 2 * MARGIN - 3 * GAP) / 4, height: 74 } as const;
const THUMB_TOP = NEEDED_HEIGHT - MARGIN - THUMB.height;

/** For options that are pictures: one row of four, and a higher scene. */
export const THUMB_PLAN: Plan = {
  barTop: THUMB_TOP - MARGIN,
  scene: { ...SCENE, bottom: THUMB_TOP - MARGIN - 8 },
  cards: [0, 1, 2, 3].map((i) => ({ x: MARGIN + i * (THUMB.width + GAP), y: THUMB_TOP, ...THUMB })),
};

const PANEL_TOP = HEADER.height + MARGIN;
const PANEL_HEIGHT = (NEEDED_HEIGHT - MARGIN - PANEL_TOP - GAP) / 2;

/** For options that are boxes of the scene: nothing else is needed. */
export const PANEL_PLAN: Plan = {
  barTop: HEIGHT,
  scene: { ...SCENE, bottom: NEEDED_HEIGHT - MARGIN },
  cards: CARDS.map(({ x, width }, i) => {
    const y = PANEL_TOP + (i >> 1) * (PANEL_HEIGHT + GAP);
    return { x, y, width, height: PANEL_HEIGHT };
  }),
};

const PLANS: Readonly<Record<string, Plan>> = { one: THUMB_PLAN, panel: PANEL_PLAN };

/** The options of a draft are all of a kind. */
export const planOf = (draft: { readonly claims: readonly { readonly says: string }[] }): Plan =>
  PLANS[draft.claims[0]?.says ?? ''] ?? WORD_PLAN;

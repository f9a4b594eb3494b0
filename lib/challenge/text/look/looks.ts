/**
 * The looks that come with Glyphgate, as data: an operator's own are written the same way (docs/text.md). Any value may be given by
 * difficulty as {1: …, 2: …, 3: …}.
 */
const BOLD_SANS = ['Roboto Bold', 'Montserrat Bold', 'Lato Black', 'Open Sans ExtraBold', 'Rubik Bold'];
const WITH_SMALL_LETTERS = [
  'Roboto Bold',
  'Lato Black',
  'Montserrat Bold',
  'Merriweather Black',
  'Roboto Slab ExtraBold',
];
const DARK_BLUE = '#000050';
const LIGHT_GREY = '#eeeeee';

export const LOOKS = {
  /** For people first: clean, high contrast, light warp. */
  plain: {
    width: 200,
    height: 70,
    lengths: { 1: [4], 2: [5], 3: [6] },
    background: [{ stage: 'ground', color: { from: 236, to: 255 } }],
    glyphs: {
      faces: BOLD_SANS,
      color: { from: 0, to: 90 },
      size: { 1: [36, 40], 2: [33, 38], 3: [30, 36] },
      rotation: { 1: 4, 2: 8, 3: 12 },
      gap: [0.12, 0.2],
      bounce: { 1: 2, 2: 4, 3: 6 },
    },
    deformation: [
      { stage: 'wave', amplitude: { 1: 1, 2: [1.5, 2.5], 3: [2.5, 4] }, length: [90, 150] },
      { stage: 'wave', amplitude: { 1: 0.5, 2: [1, 2], 3: [2, 3] }, length: [70, 120], along: 'x' },
    ],
  },

  /** The first servlet captchas: dark ground, bright ink, points and lines in any colour. */
  classic: {
    width: 100,
    height: 30,
    lengths: { 1: [4], 2: [4], 3: [5] },
    distinct: true,
    alphabet: 'letters',
    background: [{ stage: 'ground', color: { from: 0, to: 100 } }],
    glyphs: {
      faces: WITH_SMALL_LETTERS,
      case: 'mixed',
      color: { from: 150, to: 255 },
      size: [17.5, 18.5],
      gap: { 1: 0.32, 2: 0.32, 3: 0.2 },
    },
    interference: [
      { stage: 'lines', count: { 1: 1, 2: 2, 3: 4 }, width: 2, color: { from: 0, to: 255 } },
      { stage: 'dots', share: { 1: 0.04, 2: 0.1, 3: 0.13 }, color: { from: 0, to: 255 } },
    ],
  },

  /** Tightly set, wavy, coloured bold letters that touch, on white. */
  gmail: {
    width: 200,
    height: 70,
    lengths: { 1: [5], 2: [6], 3: [7] },
    alphabet: 'letters',
    background: [{ stage: 'ground', color: '#ffffff' }],
    glyphs: {
      faces: ['Merriweather Black', 'Roboto Slab ExtraBold'],
      case: 'lower',
      color: ['#17aa1b', '#dc220b', '#1743ac'],
      size: { 1: [42, 46], 2: [40, 46], 3: [38, 44] },
      rotation: { 1: 2, 2: 4, 3: 6 },
      lean: 0.1,
      stretch: 0.08,
      gap: { 1: -0.01, 2: [-0.04, -0.02], 3: [-0.06, -0.03] },
      bounce: { 1: 1, 2: 3, 3: 5 },
    },
    deformation: [
      { stage: 'wave', amplitude: { 1: [4, 5], 2: [5, 7], 3: [6, 8] }, length: [95, 140] },
      { stage: 'wave', amplitude: { 1: [1, 2], 2: [2, 3], 3: [3, 4] }, length: [50, 80], along: 'x' },
    ],
  },

  /** Dark letters of one colour on light, each turned and warped for itself, short arcs. */
  hotmail: {
    width: 200,
    height: 60,
    lengths: { 1: [6], 2: [7], 3: [8] },
    background: [{ stage: 'ground', color: LIGHT_GREY }],
    glyphs: {
      faces: ['Roboto Bold', 'Work Sans ExtraBold', 'Archivo Bold', 'Open Sans ExtraBold'],
      color: DARK_BLUE,
      size: { 1: [27, 30], 2: [25, 29], 3: [24, 28] },
      rotation: { 1: 14, 2: 20, 3: 26 },
      lean: 0.2,
      stretch: 0.15,
      gap: { 1: 0.12, 2: [0.04, 0.12], 3: [0.02, 0.08] },
      bounce: { 1: 3, 2: 5, 3: 6 },
    },
    deformation: [
      { stage: 'wave', amplitude: { 1: 1.2, 2: [1.6, 2.4], 3: [2, 3] }, length: [34, 50], along: 'any' },
      { stage: 'wave', amplitude: { 1: 1.2, 2: [1.6, 2.4], 3: [2, 3] }, length: [40, 60], along: 'any' },
      { stage: 'pinch', strength: { 1: 0.05, 2: [0.08, 0.16], 3: [0.12, 0.22] }, radius: [60, 90] },
    ],
    interference: [
      {
        stage: 'arcs',
        count: { 1: [3, 4], 2: [5, 7], 3: [7, 9] },
        width: [1.2, 1.8],
        length: [14, 26],
        bend: [0.2, 0.4],
        color: 'ink',
      },
    ],
  },

  /** The same school: arcs as thick as the letters' lines, in ink and in the ground's colour, cut through them. */
  hotmail2008: {
    width: 200,
    height: 60,
    lengths: { 1: [6], 2: [8], 3: [8] },
    background: [{ stage: 'ground', color: LIGHT_GREY }],
    glyphs: {
      faces: ['Roboto Bold', 'Archivo Bold', 'Fira Sans Bold', 'Montserrat Bold'],
      color: DARK_BLUE,
      size: { 1: [27, 30], 2: [25, 28], 3: [25, 28] },
      rotation: { 1: 6, 2: 10, 3: 14 },
      lean: 0.2,
      stretch: 0.1,
      gap: { 1: 0.12, 2: 0.08, 3: 0.04 },
      bounce: 5,
    },
    deformation: [
      { stage: 'wave', amplitude: { 1: 1, 2: [1.2, 2], 3: [1.6, 2.4] }, length: [40, 64], along: 'any' },
      { stage: 'wave', amplitude: { 1: 1, 2: [1.2, 2], 3: [1.6, 2.4] }, length: [50, 70], along: 'any' },
    ],
    interference: [
      {
        stage: 'arcs',
        count: { 1: [2, 3], 2: [4, 6], 3: [6, 8] },
        width: [2.8, 3.6],
        length: [16, 30],
        bend: [0.2, 0.4],
        color: 'ink',
      },
      {
        stage: 'arcs',
        count: { 1: [1, 2], 2: [3, 4], 3: [3, 5] },
        width: [2, 2.5],
        length: [16, 30],
        bend: [0.15, 0.35],
        color: 'ground',
      },
    ],
  },

  /** Blurred coloured glyphs, several kinds of interference, a border. */
  taobao: {
    width: 120,
    height: 44,
    lengths: { 1: [4], 2: [4], 3: [5] },
    background: [
      { stage: 'ground', color: { from: 228, to: 250 } },
      {
        stage: 'arcs',
        count: { 1: 1, 2: [2, 3], 3: [3, 4] },
        width: [1.5, 2.5],
        length: [60, 110],
        bend: [0.05, 0.3],
        color: { from: 150, to: 215 },
      },
    ],
    glyphs: {
      faces: WITH_SMALL_LETTERS,
      mix: true,
      color: { from: 0, to: 170 },
      colorful: true,
      size: { 1: [25, 28], 2: [24, 28], 3: [22, 26] },
      rotation: { 1: 10, 2: 18, 3: 24 },
      lean: 0.15,
      gap: { 1: 0.12, 2: [0, 0.08], 3: [-0.06, 0.02] },
      bounce: { 1: 2, 2: 3, 3: 4 },
    },
    deformation: [{ stage: 'wave', amplitude: { 1: 1, 2: [1, 2], 3: [1.5, 2.5] }, length: [40, 70] }],
    interference: [
      {
        stage: 'arcs',
        count: { 1: 1, 2: [1, 2], 3: [2, 3] },
        width: [1.5, 2.5],
        length: [70, 120],
        bend: [0.05, 0.3],
        color: { from: 60, to: 190 },
      },
      {
        stage: 'strokes',
        count: { 1: 0, 2: [1, 2], 3: [2, 4] },
        width: 1.6,
        size: [8, 12],
        color: { from: 60, to: 190 },
      },
      { stage: 'dots', share: { 1: 0.01, 2: 0.025, 3: 0.04 }, color: { from: 40, to: 200 } },
    ],
    finish: [
      { stage: 'blur', times: { 1: 1, 2: 2, 3: 2 } },
      { stage: 'border', width: 1, color: '#9aa4b0' },
    ],
  },
} as const;

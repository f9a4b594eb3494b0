/** English for what only one view says: it arrives with that view. */
export const audio = {
  play: 'Play',
  slowly: 'Play slowly',
  stop: 'Stop',
  follow: 'Type only what the voice says that speaks first.',
  unheard: 'No more recordings of this one. Get a new challenge.',
};

export const reveal = {
  rest: 'Press and keep still on the symbol. Keyboard: arrow keys, then Enter.',
  slide: 'Slide over the picture, or press the arrow keys.',
  keys: 'Arrow keys move, with Shift in small steps; Enter rests there.',
  steps: 'Step by step',
  toLeft: 'To the left',
  toRight: 'To the right',
  up: 'Up',
  down: 'Down',
  here: 'Rest here',
  looking: 'Looking …',
  found: 'There it is. Type the characters.',
  miss: 'Not there. Tries left: {left}.',
  quick: 'That was too quick. Keep still on the symbol for a moment.',
  spent: 'That was the third miss. Here is a new one.',
};

export type ViewKey = keyof typeof audio | keyof typeof reveal;

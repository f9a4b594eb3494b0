/** Characters in a picture, typed. A click on the picture asks for another one. */
import type { View, ViewTools } from '../view.ts';
import { picture } from './picture.ts';

export async function textView(tools: ViewTools): Promise<View> {
  const { say, refresh } = tools;
  const canvas = await picture(tools);
  canvas.dataset.renews = '';
  canvas.title = say('refresh');
  canvas.addEventListener('click', refresh);
  // A press on the picture leaves the focus where it is: no keyboard comes up on a phone.
  canvas.addEventListener('mousedown', (event) => event.preventDefault());
  const { element, input } = tools.typed();
  return { stage: [canvas], controls: [element], focus: () => input.focus(), close() {} };
}

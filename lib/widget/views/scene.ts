/** A question about a picture: one button an option. */
import type { View, ViewTools } from '../view.ts';
import { picture } from './picture.ts';

export default async function sceneView(tools: ViewTools): Promise<View> {
  const { challenge, say, dom } = tools;
  const canvas = await picture(tools);
  const { answer_format: format } = challenge;
  const buttons = (format.type === 'choice' ? format.options : []).map((letter) =>
    dom.button({ 'aria-label': say('option', { letter }) }, () => tools.answer(letter), letter),
  );
  const choices = dom.make(
    'div',
    { class: 'choices', role: 'group', 'aria-label': say('input') },
    ...buttons,
  );
  return { stage: [canvas], controls: [choices], focus: () => buttons[0]?.focus(), close() {} };
}

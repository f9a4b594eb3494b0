/** The picture of a challenge, drawn once. */
import type { ViewTools } from '../view.ts';

export async function picture({ challenge, say, dom }: ViewTools): Promise<HTMLCanvasElement> {
  const drawn = await dom.decode(challenge.image_base64);
  const canvas = dom.make('canvas', {
    role: 'img',
    'aria-label': challenge.description ?? say('label'),
    width: drawn.width,
    height: drawn.height,
  });
  canvas.lang = challenge.lang ?? '';
  if (challenge.preset) canvas.dataset.preset = challenge.preset;
  canvas.getContext('2d')!.drawImage(drawn, 0, 0);
  drawn.close();
  return canvas;
}

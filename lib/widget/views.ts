/** Which view a challenge is seen, or heard, with. A kind that this list does not know is told by how it is answered. */
import type { Challenge } from './contract.ts';
import type { Loader, ViewFactory } from './view.ts';
import { textView } from './views/text.ts';

export async function viewFor(challenge: Challenge, heard: boolean, loader: Loader): Promise<ViewFactory> {
  if (heard || challenge.kind === 'audio') return loader.view('audio');
  if (challenge.reveal) return loader.view('reveal');
  return challenge.answer_format.type === 'choice' ? loader.view('scene') : textView;
}

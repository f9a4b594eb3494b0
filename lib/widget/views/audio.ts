/**
 * Something to hear, typed. A recording is fetched when it is asked for, and heard again as often as one likes: the service makes
 * few of one challenge. While it sounds the widget says nothing else.
 */
import { audio } from '../languages/views.ts';
import type { View, ViewTools } from '../view.ts';

const RULES = `
.player{display:flex;gap:.5em;inline-size:100%;padding-inline:.75em}
.player button{flex:1;padding-inline:.5em}
.player button[data-on]{border-color:var(--accent);box-shadow:inset 0 0 0 1px var(--accent)}`;

let style: CSSStyleSheet | undefined;

export default function audioView(tools: ViewTools): View {
  const { say, dom, challenge } = tools;
  tools.learn(audio);
  if (!style) {
    style = new CSSStyleSheet();
    style.replaceSync(RULES);
  }
  let output: AudioContext | undefined;
  let sounding: AudioBufferSourceNode | undefined;
  let busy = false;
  const takes: (AudioBuffer | undefined)[] = [];

  async function play(slowly: boolean): Promise<void> {
    if (busy) return;
    const wasSounding = sounding !== undefined;
    sounding?.stop();
    // A press on the button of what sounds stops it.
    if (wasSounding && buttons[Number(slowly)]!.dataset.on === '') return;
    busy = true;
    try {
      // Made by a press: browsers let nothing sound before one.
      output ??= new AudioContext();
      await output.resume();
      const at = Number(slowly);
      takes[at] ??= await fetchTake(output, slowly);
      if (takes[at]) sound(takes[at], at);
    } catch {
      tools.tell({ key: 'fault', bad: true });
    } finally {
      busy = false;
    }
  }

  async function fetchTake(context: AudioContext, slowly: boolean): Promise<AudioBuffer | undefined> {
    const query = { lang: challenge.lang, speed: slowly ? 'slow' : undefined };
    const reply = await tools.ask<ArrayBuffer>('audio', { query, bytes: true });
    if (reply?.kind === 'ok') return context.decodeAudioData(reply.body);
    if (reply) tools.tell({ key: 'unheard', bad: true });
    return undefined;
  }

  function sound(take: AudioBuffer, at: number): void {
    const source = output!.createBufferSource();
    source.buffer = take;
    source.connect(output!.destination);
    source.onended = () => {
      if (sounding === source) sounding = undefined;
      delete buttons[at]!.dataset.on;
      label();
      if (!sounding) tools.hush(false);
    };
    sounding = source;
    buttons[at]!.dataset.on = '';
    label();
    tools.hush(true);
    source.start();
    typed.input.focus();
  }

  const buttons = [false, true].map((slowly) => dom.button({}, () => void play(slowly)));
  const label = () => {
    for (const [at, key] of (['play', 'slowly'] as const).entries())
      buttons[at]!.textContent = say(buttons[at]!.dataset.on === '' ? 'stop' : key);
  };
  label();
  const player = dom.make(
    'div',
    { class: 'player', role: 'group', 'aria-label': challenge.description ?? say('audio') },
    ...buttons,
  );
  const typed = tools.typed();
  const { kind, answer_format: format } = challenge;
  // The kind's own words about words and their first letters are better than ours
  const letters = kind === 'audio' && format.type === 'characters' && format.alphabet !== 'digits';

  return {
    ...(letters ? {} : { note: say('follow') }),
    stage: [player],
    controls: [typed.element],
    style,
    focus: () => buttons[0]!.focus(),
    close() {
      sounding?.stop();
      tools.hush(false);
      // Frees the device; there are few of these.
      output?.close();
    },
  };
}

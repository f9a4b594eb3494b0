/**
 * What all kinds share on the page: heading, note, a place for the picture and one for the answer, the status line, and the buttons
 * for another challenge. Its size is taken before anything has arrived, so that nothing on the page moves later.
 */
import type { AnswerFormat, Challenge } from './contract.ts';
import { button, icon, make } from './dom.ts';
import { type Say, sayIn } from './language.ts';
import type { Message, State } from './state.ts';
import type { Typed, View } from './view.ts';

const SHIELD = 'M12 3l8 3v5c0 5-3 8-8 10-5-2-8-5-8-10V6zM9 12l2 2 4-4';
const ANOTHER = 'M20 11a8 8 0 1 0-.9 5M20 5v6h-6';
const SOUND = 'M4 10v4h3l5 4V6l-5 4zM15 9a4 4 0 0 1 0 6M18 6a8 8 0 0 1 0 12';
const PICTURE = 'M4 5h16v14H4zM4 16l5-5 4 4 2-2 5 5';

export interface FrameHooks {
  refresh(): void;
  /** To the way out that the button offers now. */
  swap(): void;
  retry(): void;
  answer(text: string): void;
}

export function createFrame(hooks: FrameHooks) {
  const title = make('b', { id: 'title' });
  const round = make('span');
  const timer = make('span', { role: 'timer' });
  const note = make('p', { class: 'note', id: 'note', dir: 'auto' });
  const stage = make('div', { class: 'stage' });
  const controls = make('div', { class: 'controls' });
  const body = make('div', { class: 'body' }, note, stage, controls);
  // Takes the focus where the control that had it goes away.
  const status = make('div', { class: 'status', role: 'status', tabindex: -1 });
  const retry = button({ class: 'primary' }, hooks.retry);
  const swap = button({ class: 'icon' }, hooks.swap);
  const refresh = button({ class: 'icon' }, hooks.refresh, icon(ANOTHER));
  const element: HTMLElement = make(
    'div',
    { class: 'frame', part: 'frame', 'data-state': 'idle', role: 'group', 'aria-labelledby': 'title' },
    make('div', { class: 'top' }, icon(SHIELD), title, round, timer),
    body,
    make('div', { class: 'foot' }, status, retry, swap, refresh),
  );
  let say: Say = sayIn();
  let state: State = 'idle';
  let view: View | undefined;
  /** Lies over all the rest: what was achieved, or a question that needs more room than was kept. */
  let over: HTMLElement | undefined;
  let said: Message | undefined;
  let quiet = false;

  const halted = () => state === 'stuck' || state === 'expired';
  const focused = () => (element.getRootNode() as ShadowRoot).activeElement !== null;

  /** What can be seen and used, by state and cover. */
  function settle(): void {
    const covered = halted() || over !== undefined;
    element.classList.toggle('halt', halted());
    body.inert = covered;
    retry.hidden = !halted();
    refresh.hidden = covered;
    swap.hidden = covered || !swap.firstChild;
    for (const each of element.querySelectorAll('button'))
      each.ariaDisabled = String(state !== 'ready' && each !== retry);
    for (const each of controls.querySelectorAll('input')) each.readOnly = state !== 'ready';
  }

  function cover(content?: HTMLElement): void {
    over?.remove();
    over = content;
    if (content) element.append(content);
    settle();
  }

  function tell(message: Message | undefined): void {
    said = message;
    if (quiet) return;
    status.textContent = message ? say(message.key, message.values) : '';
    status.toggleAttribute('data-bad', !!message?.bad);
  }

  return {
    element,
    tell,
    enter(next: State, message?: Message): void {
      const had = focused();
      const before = state;
      state = next;
      element.dataset.state = next;
      element.ariaBusy = String(next === 'loading' || next === 'checking');
      if (next === 'solved') cover(make('div', { class: 'over', tabindex: -1 }, icon(SHIELD), say('right')));
      else if (before === 'solved') cover();
      else settle();
      tell(message);
      if (had && halted()) retry.focus();
      else if (had && next === 'solved') over?.focus();
      else if (had && !focused()) status.focus();
    },
    /** Says everything again, in another language. */
    speak(next: Say): void {
      say = next;
      title.textContent = say('label');
      refresh.ariaLabel = refresh.title = say('refresh');
      tell(said);
    },
    /** Keeps the room that this kind needs. */
    reserve(kind: string): void {
      element.dataset.kind = kind;
    },
    show(next: View, challenge: Challenge): void {
      const had = focused();
      view?.close();
      view = next;
      note.textContent = next.note ?? challenge.note;
      note.lang = next.note ? element.lang : (challenge.lang ?? '');
      const { round: number = 1, rounds = 1 } = challenge;
      round.textContent = rounds > 1 ? say('round', { round: number, rounds }) : '';
      stage.replaceChildren(...next.stage);
      controls.replaceChildren(...next.controls);
      settle();
      if (had) next.focus();
    },
    /** Which way out there is: to something to hear, back to something to see, or none. */
    offer(way: 'audio' | 'picture' | undefined): void {
      swap.replaceChildren(...(way ? [icon(way === 'audio' ? SOUND : PICTURE)] : []));
      if (way) swap.ariaLabel = swap.title = say(way);
      settle();
    },
    /** Asks before it takes more room than was kept. */
    ask(onOpen: () => void): void {
      const open = () => {
        cover();
        onOpen();
        view?.focus();
      };
      cover(make('div', { class: 'over' }, say('label'), button({ class: 'primary' }, open, say('open'))));
    },
    /** `left`: seconds for this challenge; `wait`: seconds until the next try. */
    clock(left: number, wait: number): void {
      const time = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
      timer.textContent = state === 'ready' || state === 'checking' ? time : '';
      timer.ariaLabel = say('left', { time });
      timer.toggleAttribute('data-soon', left <= 30);
      retry.ariaDisabled = String(wait > 0);
      retry.textContent =
        wait > 0 ? say('wait', { seconds: wait }) : say(state === 'expired' ? 'again' : 'retry');
    },
    /** Nothing is read out while something sounds; what was said last is read out after it. */
    hush(sounding: boolean): void {
      quiet = sounding;
      tell(said);
    },
    typed(format: AnswerFormat): Typed {
      const digits =
        format.type === 'number' || (format.type === 'characters' && format.alphabet === 'digits');
      const input = make('input', {
        maxlength: 64,
        autocomplete: 'off',
        autocapitalize: 'off',
        autocorrect: 'off',
        spellcheck: 'false',
        inputmode: digits ? 'numeric' : 'text',
        dir: 'ltr',
        'aria-label': say('input'),
        'aria-describedby': 'note',
        placeholder: say('input'),
      });
      const check = make('button', { class: 'primary' }, say('check'));
      const form = make('form', { class: 'typed' }, input, check);
      form.addEventListener('submit', (event) => {
        event.preventDefault();
        hooks.answer(input.value);
      });
      return { element: form, input };
    },
    /** Where a browser points when the form cannot be sent yet. */
    anchor: (): HTMLElement =>
      controls.querySelector<HTMLElement>('input, button') ?? (halted() ? retry : refresh),
    focus: () => view?.focus(),
    clear(): void {
      view?.close();
      view = undefined;
      note.textContent = round.textContent = '';
      stage.replaceChildren();
      controls.replaceChildren();
      cover();
    },
  };
}

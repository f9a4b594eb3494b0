/**
 * What happens behind the tag: attributes → flow (what happens) → frame and view (what is seen) → form value, validity and events.
 * element.ts has what a page and the browser call.
 */
import type { Challenge } from './contract.ts';
import { button, decode, make } from './dom.ts';
import { endpointOf } from './endpoint.ts';
import { createFlow } from './flow.ts';
import { createFrame } from './frame.ts';
import { directionOf, languageOf, learn, sayIn } from './language.ts';
import { sheet } from './style.ts';
import type { Loader, ViewTools } from './view.ts';
import { viewFor } from './views.ts';
import { createWire, type Query } from './wire.ts';

/** What generate is asked for, by the names of its query. */
export const WISHES = [
  'sitekey',
  'kind',
  'preset',
  'difficulty',
  'format',
  'alphabet',
  'action',
  'cdata',
] as const;
/** `glyphgate-` and one of these; they bubble, out of shadow trees too. */
export const EVENTS = [
  'before-interactive',
  'after-interactive',
  'success',
  'error',
  'expired',
  'timeout',
] as const;
export type CaptchaEvent = (typeof EVENTS)[number];
/** Wider than what is kept for a kind that nobody named. */
const ROOMY = ['scene', 'reveal'];

const seen = (kinds: readonly string[]) => kinds.find((kind) => kind === 'text' || kind === 'scene');

export function createCaptcha(
  host: HTMLElement,
  internals: ElementInternals,
  loader: Loader,
  home: URL | undefined,
) {
  let say = sayIn();
  let language = '';
  let value: string | null = null;
  let solved = false;
  let challenge: Challenge | undefined;
  /** Whether the challenge is heard instead of seen. */
  let heard = false;
  /** A kind that the visitor chose instead of the page's. */
  let chosen: string | undefined;

  const root = host.attachShadow({ mode: 'open', delegatesFocus: true });
  root.adoptedStyleSheets = [sheet()];
  const read = (name: string) => host.getAttribute(name);
  const held = () => read('execution') === 'execute';

  const frame = createFrame({
    refresh: () => flow.refresh(),
    swap,
    retry: () => flow.retry(),
    answer: (text) => flow.answer(text),
  });
  root.append(frame.element);
  const flow = createFlow({
    wire: createWire(
      () => endpointOf(read('endpoint'), home),
      () => language,
    ),
    query(): Query {
      const asked = Object.fromEntries(WISHES.map((name) => [name, read(name)]));
      // Looks and characters belong to the kind that the page had in mind.
      return chosen ? { ...asked, kind: chosen, preset: null, format: null, alphabet: null } : asked;
    },
    renews: () => (read('refresh-expired') ?? 'auto') === 'auto',
    language: () => language,
    watcher: {
      changed(state, message) {
        frame.enter(state, message);
        tick();
        judge();
      },
      show,
      solved(token) {
        challenge = undefined;
        value = token ?? null;
        solved = true;
        judge();
        emit('after-interactive');
        emit('success', { token });
      },
      failed: (code, message) => emit('error', { code, message }),
      expired(what) {
        value = null;
        solved = false;
        judge();
        emit(what === 'token' ? 'expired' : 'timeout');
      },
    },
  });

  function emit(name: CaptchaEvent, detail: object = {}): void {
    host.dispatchEvent(new CustomEvent(`glyphgate-${name}`, { detail, bubbles: true, composed: true }));
  }

  /** Form value and validity, from what is the case. */
  function judge(): void {
    internals.setFormValue(value);
    if (solved || held()) internals.setValidity({});
    else internals.setValidity({ valueMissing: true }, say('required'), frame.anchor());
  }

  function tick(): void {
    flow.tick(!document.hidden);
    frame.clock(flow.remaining, flow.wait);
  }

  async function show(next: Challenge): Promise<void> {
    const { kind, audio } = next;
    if (next !== challenge && kind !== 'audio' && !audio) heard = false;
    const view = await (await viewFor(next, heard, loader))(tools(next));
    root.adoptedStyleSheets = [sheet(), ...(view.style ? [view.style] : [])];
    const first = challenge === undefined;
    challenge = next;
    const shown = heard ? 'audio' : kind;
    const kept = frame.element.dataset.kind;
    frame.show(view, next);
    frame.offer(wayOut(next));
    if (ROOMY.includes(shown) && kept === '') frame.ask(() => frame.reserve(shown));
    else frame.reserve(shown);
    if (first) emit('before-interactive');
  }

  /** Whoever sees a picture may be able to hear something instead, and the other way round. */
  function wayOut({ kind, audio, instead = [] }: Challenge): 'audio' | 'picture' | undefined {
    if (heard || kind === 'audio') return heard || seen(instead) ? 'picture' : undefined;
    return audio || instead.includes('audio') ? 'audio' : undefined;
  }
  function swap(): void {
    if (!challenge) return;
    const { kind, audio, instead = [] } = challenge;
    if (kind !== 'audio' && (heard || audio)) {
      heard = !heard;
      void show(challenge).then(frame.focus);
    } else {
      chosen = kind === 'audio' ? seen(instead) : 'audio';
      flow.refresh(chosen);
    }
  }

  const tools = (shown: Challenge): ViewTools => ({
    challenge: shown,
    say,
    dom: { make, button, decode },
    typed: () => frame.typed(shown.answer_format),
    answer: flow.answer,
    refresh: () => flow.refresh(),
    ask: flow.ask,
    renew: flow.renew,
    tell: frame.tell,
    learn,
    hush: frame.hush,
  });

  function begin(): void {
    judge();
    if (held() || host.matches(':disabled')) return;
    frame.reserve(read('kind') ?? '');
    flow.start();
  }

  return {
    frame: frame.element,
    tick,
    /** The token; empty while there is none. */
    get value() {
      return value ?? '';
    },
    get state() {
      return flow.state;
    },
    /** Does nothing where it has begun. */
    begin(): void {
      if (flow.state === 'idle') begin();
    },
    /** Drops what was earned and begins anew. */
    reset(): void {
      const begun = flow.state !== 'idle';
      value = null;
      solved = false;
      heard = false;
      chosen = undefined;
      flow.clear();
      frame.clear();
      if (begun && host.isConnected) begin();
    },
    /** In the language of the place where the element is now. */
    async speak(): Promise<void> {
      const next = languageOf(host);
      if (next === language) return;
      language = next;
      const strings = next === 'en' ? undefined : await loader.language(next).catch(() => undefined);
      // Another language may have been asked for in the meantime.
      if (next !== language) return;
      say = sayIn(strings);
      frame.element.lang = strings ? next : 'en';
      frame.element.dir = strings ? directionOf(next) : 'ltr';
      frame.speak(say);
      if (challenge) await show(challenge).catch(() => {});
      judge();
    },
  };
}

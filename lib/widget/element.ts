/**
 * `<glyphgate-captcha>`: a form-associated element. It ties the parts together: attributes → flow (what happens) → frame and view
 * (what is seen) → form value, validity and events.
 */
import type { Challenge } from './contract.ts';
import { button, decode, make } from './dom.ts';
import { endpointOf } from './endpoint.ts';
import { createFlow, type Flow, type State } from './flow.ts';
import { createFrame, type Frame } from './frame.ts';
import { directionOf, languageOf, learn, sayIn } from './language.ts';
import { sheet } from './style.ts';
import type { Loader, ViewTools } from './view.ts';
import { viewFor } from './views.ts';
import { createWire, type Query } from './wire.ts';

/** What generate is asked for, by the names of its query. */
const WISHES = ['sitekey', 'kind', 'preset', 'difficulty', 'format', 'alphabet', 'action', 'cdata'] as const;
export const ATTRIBUTES = [
  ...WISHES,
  'endpoint',
  'execution',
  'theme',
  'size',
  'refresh-expired',
  'tabindex',
];
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
const TICK_MS = 500;
/** Wider than what is kept for a kind that nobody named. */
const ROOMY = ['scene', 'reveal'];

const seen = (kinds: readonly string[]) => kinds.find((kind) => kind === 'text' || kind === 'scene');

/** A server renders nothing here, but may import it. */
const Base = globalThis.HTMLElement ?? (class {} as typeof HTMLElement);

export function createElementClass(loader: Loader, home?: URL): new () => GlyphgateCaptcha {
  return class GlyphgateCaptcha extends Base {
    static readonly formAssociated = true;
    static readonly observedAttributes = [...WISHES, 'endpoint', 'lang', 'execution'];

    readonly #internals = this.attachInternals();
    readonly #frame: Frame;
    readonly #flow: Flow;
    #say = sayIn();
    #language = '';
    #value: string | null = null;
    #solved = false;
    #challenge: Challenge | undefined;
    /** Whether the challenge is heard instead of seen. */
    #heard = false;
    /** A kind that the visitor chose instead of the page's. */
    #instead: string | undefined;
    #timer = 0;
    #due = false;

    constructor() {
      super();
      const root = this.attachShadow({ mode: 'open', delegatesFocus: true });
      root.adoptedStyleSheets = [sheet()];
      this.#frame = createFrame({
        refresh: () => this.#flow.refresh(),
        swap: () => this.#swap(),
        retry: () => this.#flow.retry(),
        answer: (text) => this.#flow.answer(text),
      });
      root.append(this.#frame.element);
      this.#flow = createFlow({
        wire: createWire(
          () => endpointOf(this.getAttribute('endpoint'), home),
          () => this.#language,
        ),
        query: () => this.#query(),
        renews: () => (this.getAttribute('refresh-expired') ?? 'auto') === 'auto',
        language: () => this.#language,
        watcher: {
          changed: (state, message) => {
            this.#frame.enter(state, message);
            this.#tick();
            this.#judge();
          },
          show: (challenge) => this.#show(challenge),
          solved: (token) => this.#earn(token),
          failed: (code, message) => this.#emit('error', { code, message }),
          expired: (what) => {
            this.#value = null;
            this.#solved = false;
            this.#judge();
            this.#emit(what === 'token' ? 'expired' : 'timeout');
          },
        },
      });
    }

    // ── What a page sees ──

    /** The token; empty while there is none. */
    get value(): string {
      return this.#value ?? '';
    }
    get state() {
      return this.#flow.state;
    }
    get form() {
      return this.#internals.form;
    }
    get name(): string {
      return this.getAttribute('name') ?? '';
    }
    set name(name: string) {
      this.setAttribute('name', name);
    }
    get disabled(): boolean {
      return this.hasAttribute('disabled');
    }
    set disabled(disabled: boolean) {
      this.toggleAttribute('disabled', disabled);
    }
    get validity() {
      return this.#internals.validity;
    }
    get validationMessage() {
      return this.#internals.validationMessage;
    }
    get willValidate() {
      return this.#internals.willValidate;
    }
    checkValidity(): boolean {
      return this.#internals.checkValidity();
    }
    reportValidity(): boolean {
      return this.#internals.reportValidity();
    }
    /** Begins where `execution="execute"` holds it back; elsewhere it has begun by itself. */
    execute(): void {
      this.removeAttribute('execution');
      if (this.#flow.state === 'idle') this.#begin();
    }
    /** Drops what was earned and begins anew. */
    reset(): void {
      const begun = this.#flow.state !== 'idle';
      this.#drop();
      if (begun && this.isConnected) this.#begin();
    }

    // ── What the browser tells ──

    connectedCallback(): void {
      if (!this.hasAttribute('name')) this.setAttribute('name', 'captcha-response');
      this.#speak();
      this.#timer ||= window.setInterval(() => this.#tick(), TICK_MS);
      if (this.#flow.state === 'idle') this.#begin();
    }
    disconnectedCallback(): void {
      clearInterval(this.#timer);
      this.#timer = 0;
    }
    /** Moved without leaving the page: nothing begins anew. */
    connectedMoveCallback(): void {}
    attributeChangedCallback(name: string, before: string | null, now: string | null): void {
      if (before === now || !this.isConnected) return;
      if (name === 'lang') this.#speak();
      else if (!this.#due && this.#flow.state !== 'idle') {
        this.#due = true;
        // Several that change together make one new challenge.
        queueMicrotask(() => {
          this.#due = false;
          this.reset();
        });
      } else if (name === 'execution') this.#begin();
    }
    formDisabledCallback(disabled: boolean): void {
      this.#frame.element.inert = disabled;
      this.#frame.element.ariaDisabled = String(disabled);
      if (!disabled && this.isConnected && this.#flow.state === 'idle') this.#begin();
    }
    formResetCallback(): void {
      this.reset();
    }

    // ── What happens ──

    get #held(): boolean {
      return this.getAttribute('execution') === 'execute';
    }
    #query(): Query {
      const asked = Object.fromEntries(WISHES.map((name) => [name, this.getAttribute(name)]));
      if (!this.#instead) return asked;
      // Looks and characters belong to the kind that the page had in mind.
      return { ...asked, kind: this.#instead, preset: null, format: null, alphabet: null };
    }
    #begin(): void {
      this.#judge();
      if (this.#held || this.matches(':disabled')) return;
      this.#frame.reserve(this.getAttribute('kind') ?? '');
      this.#flow.start();
    }
    #drop(): void {
      this.#value = null;
      this.#solved = false;
      this.#heard = false;
      this.#instead = undefined;
      this.#flow.clear();
      this.#frame.clear();
    }
    async #speak(): Promise<void> {
      const language = languageOf(this);
      if (language === this.#language) return;
      this.#language = language;
      const element = this.#frame.element;
      const strings = language === 'en' ? undefined : await loader.language(language).catch(() => undefined);
      // Another language may have been asked for in the meantime.
      if (language !== this.#language) return;
      this.#say = sayIn(strings);
      element.lang = strings ? language : 'en';
      element.dir = strings ? directionOf(language) : 'ltr';
      this.#frame.speak(this.#say);
      if (this.#challenge) await this.#show(this.#challenge).catch(() => {});
      this.#judge();
    }
    async #show(challenge: Challenge): Promise<void> {
      if (challenge !== this.#challenge && challenge.kind !== 'audio' && !challenge.audio)
        this.#heard = false;
      const view = await (await viewFor(challenge, this.#heard, loader))(this.#tools(challenge));
      this.shadowRoot!.adoptedStyleSheets = [sheet(), ...(view.style ? [view.style] : [])];
      const first = this.#challenge === undefined;
      this.#challenge = challenge;
      const kind = this.#heard ? 'audio' : challenge.kind;
      const kept = this.#frame.element.dataset.kind;
      this.#frame.show(view, challenge);
      this.#frame.offer(this.#wayOut(challenge));
      if (ROOMY.includes(kind) && kept === '') this.#frame.ask(() => this.#frame.reserve(kind));
      else this.#frame.reserve(kind);
      if (first) this.#emit('before-interactive');
    }
    /** Whoever sees a picture may be able to hear something instead, and the other way round. */
    #wayOut({ kind, audio, instead = [] }: Challenge): 'audio' | 'picture' | undefined {
      if (this.#heard || kind === 'audio') return this.#heard || seen(instead) ? 'picture' : undefined;
      return audio || instead.includes('audio') ? 'audio' : undefined;
    }
    #swap(): void {
      const challenge = this.#challenge;
      if (!challenge) return;
      const { kind, audio, instead = [] } = challenge;
      if (kind !== 'audio' && (this.#heard || audio)) {
        this.#heard = !this.#heard;
        void this.#show(challenge).then(this.#frame.focus);
      } else {
        this.#instead = kind === 'audio' ? seen(instead) : 'audio';
        this.#flow.refresh(this.#instead);
      }
    }
    #tools(challenge: Challenge): ViewTools {
      const flow = this.#flow;
      return {
        challenge,
        say: this.#say,
        dom: { make, button, decode },
        typed: () => this.#frame.typed(),
        answer: flow.answer,
        refresh: () => flow.refresh(),
        ask: flow.ask,
        renew: flow.renew,
        tell: (message) => this.#frame.tell(message),
        learn,
        hush: (sounding) => this.#frame.hush(sounding),
      };
    }
    #earn(token: string | undefined): void {
      this.#challenge = undefined;
      this.#value = token ?? null;
      this.#solved = true;
      this.#judge();
      this.#emit('after-interactive');
      this.#emit('success', { token });
    }
    /** Form value and validity, from what is the case. */
    #judge(): void {
      this.#internals.setFormValue(this.#value);
      if (this.#solved || this.#held) this.#internals.setValidity({});
      else this.#internals.setValidity({ valueMissing: true }, this.#say('required'), this.#frame.anchor());
    }
    #tick(): void {
      if (!this.#flow) return;
      this.#flow.tick(!document.hidden);
      this.#frame.clock(this.#flow.remaining, this.#flow.wait);
    }
    #emit(name: CaptchaEvent, detail: object = {}): void {
      this.dispatchEvent(new CustomEvent(`glyphgate-${name}`, { detail, bubbles: true, composed: true }));
    }
  };
}

/** What a page sees of the element. */
export interface GlyphgateCaptcha extends HTMLElement {
  /** The token; empty while there is none. */
  readonly value: string;
  readonly state: State;
  readonly form: HTMLFormElement | null;
  name: string;
  disabled: boolean;
  readonly validity: ValidityState;
  readonly validationMessage: string;
  readonly willValidate: boolean;
  checkValidity(): boolean;
  reportValidity(): boolean;
  /** Begins where `execution="execute"` holds it back; elsewhere it has begun by itself. */
  execute(): void;
  /** Drops what was earned and begins anew. */
  reset(): void;
}

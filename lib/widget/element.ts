/** `<glyphgate-captcha>`: a form-associated element, as a page and the browser see it. What it does is in captcha.ts. */
import { createCaptcha, WISHES } from './captcha.ts';
import type { State } from './state.ts';
import type { Loader } from './view.ts';

/** Those that begin anew, or speak anew, when they change. */
const OBSERVED = [...WISHES, 'endpoint', 'execution', 'lang'];
export const ATTRIBUTES = [...OBSERVED, 'theme', 'size', 'refresh-expired', 'tabindex'];
const TICK_MS = 500;

/** A server renders nothing here, but may import it. */
const Base = globalThis.HTMLElement ?? (class {} as typeof HTMLElement);

export function createElementClass(loader: Loader, home?: URL): new () => GlyphgateCaptcha {
  return class GlyphgateCaptcha extends Base {
    static readonly formAssociated = true;
    static readonly observedAttributes = OBSERVED;

    readonly #internals = this.attachInternals();
    readonly #captcha = createCaptcha(this, this.#internals, loader, home);
    #timer = 0;
    #due = false;

    // ── What a page sees ──

    get value(): string {
      return this.#captcha.value;
    }
    get state() {
      return this.#captcha.state;
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
    execute(): void {
      this.removeAttribute('execution');
      this.#captcha.begin();
    }
    reset(): void {
      this.#captcha.reset();
    }

    // ── What the browser tells ──

    connectedCallback(): void {
      if (!this.hasAttribute('name')) this.name = 'captcha-response';
      this.#captcha.speak();
      this.#timer ||= window.setInterval(this.#captcha.tick, TICK_MS);
      this.#captcha.begin();
    }
    disconnectedCallback(): void {
      clearInterval(this.#timer);
      this.#timer = 0;
    }
    /** Moved without leaving the page: nothing begins anew. */
    connectedMoveCallback(): void {}
    attributeChangedCallback(name: string, before: string | null, now: string | null): void {
      if (before === now || !this.isConnected) return;
      if (name === 'lang') this.#captcha.speak();
      else if (!this.#due && this.state !== 'idle') {
        this.#due = true;
        // Several that change together make one new challenge.
        queueMicrotask(() => {
          this.#due = false;
          this.reset();
        });
      } else if (name === 'execution') this.#captcha.begin();
    }
    formDisabledCallback(disabled: boolean): void {
      const { frame, begin } = this.#captcha;
      frame.inert = disabled;
      frame.ariaDisabled = String(disabled);
      if (!disabled && this.isConnected) begin();
    }
    formResetCallback(): void {
      this.reset();
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

/**
 * `glyphgate/widget`, for bundlers: importing it defines `<glyphgate-captcha>`. The bundler splits views and languages off and loads
 * them when they are wanted. Set `endpoint` on the element where the service is not on the page's own origin.
 *
 * @example
 * import 'glyphgate/widget';
 * // <glyphgate-captcha endpoint="https://captcha.example.com/api" sitekey="…"></glyphgate-captcha>
 */
import { createElementClass, type GlyphgateCaptcha } from './element.ts';
import type { Loader } from './view.ts';

export type { CaptchaEvent } from './captcha.ts';
export type { GlyphgateCaptcha } from './element.ts';
export { LANGUAGES } from './language.ts';

const loader: Loader = {
  async view(name) {
    if (name === 'scene') return (await import('./views/scene.ts')).default;
    if (name === 'audio') return (await import('./views/audio.ts')).default;
    return (await import('./views/reveal.ts')).default;
  },
  async language(name) {
    const load = LANGUAGE_FILES[name];
    if (!load) throw new RangeError(`no language ${name}`);
    return (await load()).default;
  },
};

/** Spelt out: a bundler splits off only what it can see. */
const LANGUAGE_FILES: Readonly<
  Record<string, () => Promise<{ default: Awaited<ReturnType<Loader['language']>> }>>
> = {
  'zh-CN': () => import('./languages/zh-CN.ts'),
  'zh-TW': () => import('./languages/zh-TW.ts'),
  ja: () => import('./languages/ja.ts'),
  es: () => import('./languages/es.ts'),
  fr: () => import('./languages/fr.ts'),
  de: () => import('./languages/de.ts'),
  ar: () => import('./languages/ar.ts'),
};

/** Defines the element, under another name if wanted. Does nothing where there is no DOM, or where it is defined. */
export function define(tag = 'glyphgate-captcha'): void {
  if (globalThis.customElements && !customElements.get(tag))
    customElements.define(tag, createElementClass(loader));
}

define();

declare global {
  interface HTMLElementTagNameMap {
    'glyphgate-captcha': GlyphgateCaptcha;
  }
}

/** What `widget/element.js` does: defines `<glyphgate-captcha>` and no more, for pages that need no script interface. */
import { createElementClass } from './element.ts';
import { partsFrom } from './parts.ts';

const TAG = 'glyphgate-captcha';

/** From the prototype: an image on the page may be named `currentScript`. */
const current = Object.getOwnPropertyDescriptor(Document.prototype, 'currentScript')!.get!.call(document);
const source = new URL(current instanceof HTMLScriptElement ? current.src : '/api.js', location.href);
/** Where `api.js` is, and `widget/` beside it. */
export const home = new URL(source.href.replace(/\/widget\/[^/]*$/, '/'));

if (!customElements.get(TAG)) customElements.define(TAG, createElementClass(partsFrom(home), home));

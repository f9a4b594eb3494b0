/**
 * The script interface: `render, execute, reset, remove, getResponse, isExpired, ready`, with the names and callbacks that hosted
 * services made standard. A widget is known by the id that `render` gave or by its container; left out, it is the first one.
 */

import { EVENTS } from './captcha.ts';
import { make } from './dom.ts';
import { ATTRIBUTES, type GlyphgateCaptcha } from './element.ts';
import { globalFunction } from './globals.ts';

export type Container = string | Element;
/** Anything that an attribute may say, and functions to call; `data-` attributes of the container have the same names. */
export type RenderOptions = Readonly<Record<string, unknown>>;

export interface Interface {
  /** Throws where there is no such container. Gives the widget's id. */
  render(container: Container, options?: RenderOptions): string;
  execute(widget?: Container): void;
  reset(widget?: Container): void;
  remove(widget?: Container): void;
  /** The token; undefined while there is none. */
  getResponse(widget?: Container): string | undefined;
  /** Whether a token was earned and is too old now. */
  isExpired(widget?: Container): boolean;
  /** Calls back once marked places are filled. */
  ready(callback: () => void): void;
}

interface Widget {
  readonly id: string;
  readonly element: GlyphgateCaptcha;
  readonly container: Element;
  /** Where scripts of other services look for the token. */
  readonly fields: readonly HTMLInputElement[];
  expired: boolean;
}

/** From prototypes throughout: a container that is a form may have fields named after anything. */
const { append, getAttribute, setAttribute, removeAttribute } = Element.prototype;
const { querySelector, querySelectorAll } = Document.prototype;
const MARK = 'data-glyphgate';

/** `selector`: which places a page marks; `field`: name of the form field; `hidden`: whether that is an `<input>` beside the element. */
export function createInterface(selector: string, field: string, hidden: boolean) {
  const widgets = new Set<Widget>();
  const waiting: (() => void)[] = [];
  let made = 0;
  let open = false;

  const find = (target?: Container): Widget | undefined =>
    [...widgets].find(
      ({ id, container }) => target === undefined || target === id || container === place(target),
    );

  function render(target: Container, options: RenderOptions = {}): string {
    const container = place(target);
    if (!container) throw new Error(`render: expected an element or the selector of one, got ${target}`);
    const given = (name: string) => options[name] ?? getAttribute.call(container, `data-${name}`);
    const element = make('glyphgate-captcha' as 'input') as unknown as GlyphgateCaptcha;
    const put = (name: string, value = given(name)) => {
      if (value != null && value !== 'auto') element.setAttribute(name, String(value));
    };
    for (const name of ATTRIBUTES) put(name);
    put('cdata', given('cData'));
    put('lang', given('language'));
    const name = String(given('response-field-name') ?? field);
    const fields =
      hidden && `${given('response-field')}` !== 'false' ? [make('input', { type: 'hidden', name })] : [];
    // Without a name it is no field.
    put('name', hidden ? '' : name);

    const widget: Widget = { id: `glyphgate-${++made}`, element, container, fields, expired: false };
    for (const event of EVENTS)
      element.addEventListener(`glyphgate-${event}`, (happened) => {
        const { token, code } = (happened as CustomEvent).detail;
        if (event === 'expired' || event === 'success') widget.expired = event === 'expired';
        for (const input of fields) input.value = element.value;
        const wanted = given(event === 'success' ? 'callback' : `${event}-callback`);
        const call = typeof wanted === 'function' ? wanted : globalFunction(wanted);
        call?.(token ?? code);
      });
    widgets.add(widget);
    if (hidden) loosen(container);
    append.call(container, element, ...fields);
    setAttribute.call(container, MARK, widget.id);
    return widget.id;
  }

  const api: Interface = {
    render,
    execute: (target) => find(target)?.element.execute(),
    reset(target) {
      const widget = find(target);
      if (!widget) return;
      widget.expired = false;
      widget.element.reset();
      for (const input of widget.fields) input.value = '';
    },
    remove(target) {
      const widget = find(target);
      if (!widget) return;
      for (const each of [widget.element, ...widget.fields]) each.remove();
      removeAttribute.call(widget.container, MARK);
      widgets.delete(widget);
    },
    getResponse: (target) => find(target)?.element.value || undefined,
    isExpired: (target) => !!find(target)?.expired,
    ready(callback) {
      if (open) callback();
      else waiting.push(callback);
    },
  };

  return {
    api,
    /** The page is there. `fill`: put widgets where it marked places. */
    begin(fill: boolean): void {
      if (fill)
        for (const container of querySelectorAll.call(document, `${selector}:not([${MARK}])`))
          render(container);
      open = true;
      for (const callback of waiting.splice(0)) callback();
    },
  };
}

let loose: CSSStyleSheet | undefined;
/** A place that was measured for another service's widget grows with this one. */
function loosen(container: Element): void {
  const root = container.getRootNode() as Document | ShadowRoot;
  loose ??= new CSSStyleSheet();
  loose.replaceSync(`[${MARK}]{width:auto!important;height:auto!important;overflow:visible!important}`);
  if (!root.adoptedStyleSheets.includes(loose)) root.adoptedStyleSheets.push(loose);
}

/** An element, a selector, or the bare id of an element. */
function place(target: Container): Element | null {
  if (target instanceof Element) return target;
  for (const selector of [target, `#${CSS.escape(target)}`])
    try {
      const found = querySelector.call(document, selector);
      if (found) return found;
    } catch {}
  return null;
}

/** The few DOM helpers that frame and views share. Nothing here takes markup. */

type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** `true` sets a bare attribute, `false` and `undefined` none. */
export function make<T extends keyof HTMLElementTagNameMap>(
  tag: T,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[T] {
  // From the prototype: a form on the page may be named `createElement`.
  const element = Document.prototype.createElement.call(document, tag) as HTMLElement;
  for (const [name, value] of Object.entries(attributes))
    if (value !== false && value !== undefined)
      element.setAttribute(name, value === true ? '' : String(value));
  element.append(...children);
  return element as HTMLElementTagNameMap[T];
}

const SVG = 'http://www.w3.org/2000/svg';

/** A line drawing on a 24 × 24 grid, in the colour of the text. */
export function icon(path: string): SVGElement {
  const create = (tag: 'svg' | 'path') => Document.prototype.createElementNS.call(document, SVG, tag);
  const drawing = create('svg') as SVGElement;
  drawing.setAttribute('viewBox', '0 0 24 24');
  drawing.setAttribute('aria-hidden', 'true');
  const line = create('path');
  line.setAttribute('d', path);
  drawing.append(line);
  return drawing;
}

export function button(attributes: Attributes, onClick: () => void, ...children: (Node | string)[]) {
  const made = make('button', { type: 'button', ...attributes }, ...children);
  made.addEventListener('click', () => {
    if (made.getAttribute('aria-disabled') !== 'true') onClick();
  });
  return made;
}

/**
 * The picture of a `data:` URL. Decoded from its bytes, so that no policy for images has to let `data:` in.
 * Rejects where it is no picture.
 */
export async function decode(source: string): Promise<ImageBitmap> {
  const [head = '', body = ''] = source.split(',');
  const binary = atob(body);
  const bytes = Uint8Array.from(binary, (symbol) => symbol.charCodeAt(0));
  return createImageBitmap(new Blob([bytes], { type: head.slice(5).split(';')[0]! }));
}

/**
 * A challenge of kind reveal: pieces slide as the pointer moves, and come together where a hand finds the place.
 *
 * guarded: press (mouse, finger) or Enter, then keep still on the symbol that is asked for; the server judges the way there.
 * client: the place is in the browser; whoever passes it sees the picture whole. Arrow keys and step buttons do all that a pointer
 * does. Nothing is laid out while the pointer moves: the pieces are drawn on a canvas, the marker moves by a transform.
 */
import { make } from './dom.js';
import { say } from './language.js';
import { createScene } from './reveal-scene.js';
import { createTrail } from './reveal-trail.js';

/** @typedef {import('./reveal-scene.js').RevealFields} RevealFields */
/** @typedef {import('./wire.js').Reply} Reply */

const STEP = 6;
const SMALL_STEP = 1;
const BUTTON_STEP = 12;
/** A little longer than the server asks for. */
const REST_MARGIN_MS = 150;
const SAMPLE_MS = 40;
const COMING_MS = 450;
const STAYS_MS = { guarded: 30_000, client: 5_000 };

/**
 * @param {{
 *   challenge: {image_base64: string, image_size: {width: number, height: number}, reveal: RevealFields, description: string, note: string},
 *   ask: (trail: [number, number, number][]) => Promise<string | undefined>,
 *   onWhole?: () => void,
 * }} hooks `ask`: gives the restored picture, or undefined when it was not found
 */
export async function revealView({ challenge, ask, onWhole }) {
  const { reveal, image_size: size } = challenge;
  const { mode } = reveal;
  const calm = matchMedia('(prefers-reduced-motion: reduce)');
  const canvas = make('canvas', { width: size.width, height: size.height });
  const marker = make('span', { class: 'reveal-marker', 'aria-hidden': 'true' });
  const box = make(
    'div',
    {
      class: 'reveal-box',
      role: 'application',
      tabindex: 0,
      'aria-label': `${challenge.description} ${say('reveal.keys')}`,
    },
    canvas,
    marker,
  );
  const steps = make('fieldset', { class: 'reveal-steps' }, make('legend', {}, say('reveal.steps')));
  const element = make(
    'div',
    { class: 'reveal', 'data-mode': mode },
    box,
    make('p', { class: 'hint' }, say(`reveal.help.${mode}`)),
    steps,
  );
  element.style.setProperty('--box', `${size.width} / ${size.height}`);
  const scene = await createScene(canvas, challenge);

  const trail = createTrail();
  let place = { x: size.width / 2, y: size.height / 2 };
  let pressed = false;
  let resting = 0;
  let restPlace = place;
  let asking = false;
  let gone = false;
  /** How far it has come together, when that began to change, and what is whole then. */
  let whole = 0;
  let goal = 0;
  let changed = 0;
  /** @type {HTMLImageElement | undefined} */
  let restored;
  let frame = 0;
  let stays = 0;
  let bounds = new DOMRect();

  /** One drawing a frame, and only when there is something new to see. */
  const redraw = () => {
    if (frame === 0 && !gone) frame = requestAnimationFrame(draw);
  };
  /** @param {number} now */
  function draw(now) {
    frame = 0;
    const gains = calm.matches ? 1 : Math.min(1, (now - changed) / COMING_MS);
    whole = goal === 1 ? 1 - (1 - gains) ** 3 : Math.max(0, 1 - gains);
    scene.draw(place.x / size.width, place.y / size.height, whole, restored);
    marker.style.transform = `translate(${(place.x / size.width) * bounds.width}px, ${(place.y / size.height) * bounds.height}px)`;
    if (whole !== goal) redraw();
  }

  /** @param {number} next */
  function come(next) {
    goal = next;
    changed = performance.now();
    element.dataset.whole = String(next === 1);
    clearTimeout(stays);
    if (next === 1) stays = window.setTimeout(() => come(0), STAYS_MS[mode]);
    redraw();
  }

  /** @param {number} x @param {number} y in pixels of the box @param {number} [time] */
  function moveTo(x, y, time) {
    const before = place;
    place = { x: Math.max(0, Math.min(size.width, x)), y: Math.max(0, Math.min(size.height, y)) };
    trail.add(place.x, place.y, time);
    if (mode === 'client' && goal === 0 && crosses(before)) {
      come(1);
      onWhole?.();
    }
    if (!(calm.matches && mode === 'guarded')) redraw();
  }

  /** @param {{x: number, y: number}} before */
  function crosses(before) {
    const [ax, ay] = [before.x / size.width, before.y / size.height];
    const [bx, by] = [place.x / size.width, place.y / size.height];
    return (reveal.triggers ?? []).some(({ type, x = 0, y = 0, radius = 0 }) => {
      if (type === 'vertical') return (ax - x) * (bx - x) <= 0;
      if (type === 'horizontal') return (ay - y) * (by - y) <= 0;
      return Math.hypot(bx - x, ((by - y) * size.height) / size.width) <= radius;
    });
  }

  /** Waits until the pointer has rested long enough; any move begins it anew, and without a press ends it. */
  function rest() {
    if (mode !== 'guarded') return;
    if (goal === 1 || asking) return;
    if (restored) return come(1);
    clearInterval(resting);
    element.dataset.resting = 'true';
    restPlace = place;
    const begun = performance.now();
    resting = window.setInterval(() => {
      trail.add(place.x, place.y);
      const enough = (reveal.rest_ms ?? 400) + REST_MARGIN_MS;
      if (performance.now() - begun < enough || trail.rested() < enough) return;
      stopResting();
      send();
    }, SAMPLE_MS);
  }
  function stopResting() {
    clearInterval(resting);
    resting = 0;
    delete element.dataset.resting;
  }

  async function send() {
    asking = true;
    const source = await ask(trail.take());
    asking = false;
    if (source === undefined || gone) return;
    restored = await scene.picture(source);
    come(1);
    onWhole?.();
  }

  /** @param {PointerEvent} event */
  function follow(event) {
    const inWindow = reveal.range === 'window';
    const [left, top] = inWindow ? [0, 0] : [bounds.left, bounds.top];
    const [wide, tall] = inWindow ? [innerWidth, innerHeight] : [bounds.width, bounds.height];
    for (const one of event.getCoalescedEvents?.().length ? event.getCoalescedEvents() : [event])
      moveTo(
        ((one.clientX - left) / wide) * size.width,
        ((one.clientY - top) / tall) * size.height,
        one.timeStamp,
      );
    if (resting && !pressed && Math.hypot(place.x - restPlace.x, place.y - restPlace.y) > 3) stopResting();
  }

  const measure = () => {
    bounds = canvas.getBoundingClientRect();
    scene.fit();
    redraw();
  };
  const observer = new ResizeObserver(measure);
  observer.observe(canvas);
  // Where the box is may change while nobody looks; it is asked for when a pointer comes, not while it moves
  box.addEventListener('pointerenter', measure);
  box.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    measure();
    pressed = true;
    box.setPointerCapture(event.pointerId);
    follow(event);
    rest();
  });
  const release = (/** @type {PointerEvent} */ event) => {
    pressed = false;
    // A finger that is lifted rests no more; a mouse may go on resting after a click
    if (event.pointerType === 'touch') stopResting();
  };
  box.addEventListener('pointerup', release);
  box.addEventListener('pointercancel', release);
  const range = reveal.range === 'window' ? window : box;
  range.addEventListener('pointermove', /** @type {EventListener} */ (follow));

  /** @param {number} dx @param {number} dy */
  const step = (dx, dy) => {
    stopResting();
    moveTo(place.x + dx, place.y + dy);
    // Where motion is unwelcome the pieces move by steps only
    redraw();
  };
  const DIRECTIONS = /** @type {Record<string, [number, number]>} */ ({
    ArrowLeft: [-1, 0],
    ArrowRight: [1, 0],
    ArrowUp: [0, -1],
    ArrowDown: [0, 1],
  });
  box.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      if (!event.repeat) rest();
      return;
    }
    const direction = DIRECTIONS[event.key];
    if (!direction) return;
    event.preventDefault();
    const by = event.shiftKey ? SMALL_STEP : STEP;
    step(direction[0] * by, direction[1] * by);
  });
  const BUTTONS = /** @type {const} */ ([
    ['reveal.left', '←', -1, 0],
    ['reveal.up', '↑', 0, -1],
    ['reveal.down', '↓', 0, 1],
    ['reveal.right', '→', 1, 0],
  ]);
  for (const [name, text, dx, dy] of BUTTONS) {
    const button = make('button', { type: 'button', 'aria-label': say(name) }, text);
    button.addEventListener('click', () => step(dx * BUTTON_STEP, dy * BUTTON_STEP));
    steps.append(button);
  }
  if (mode === 'guarded') {
    const button = make('button', { type: 'button' }, say('reveal.rest'));
    button.addEventListener('click', rest);
    steps.append(button);
  }
  trail.add(place.x, place.y);
  redraw();

  return {
    element,
    focus: () => box.focus(),
    close() {
      gone = true;
      stopResting();
      clearTimeout(stays);
      cancelAnimationFrame(frame);
      observer.disconnect();
      range.removeEventListener('pointermove', /** @type {EventListener} */ (follow));
      element.remove();
    },
  };
}

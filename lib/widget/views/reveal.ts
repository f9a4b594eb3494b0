/**
 * The view of the kind reveal: pieces slide as the hand moves, and come together where it finds the place; what is there is typed.
 *
 * guarded: press (mouse, finger) or Enter, then keep still on the symbol that is asked for; the service judges the way there.
 * client: the place is in the browser; whoever passes it sees the picture whole. Nothing is laid out while the hand moves: the pieces
 * are drawn on a canvas, the marker moves by a transform.
 */
import type { Point, Revealed } from '../contract.ts';
import { reveal as words } from '../languages/views.ts';
import type { View, ViewTools } from '../view.ts';
import { createHand, type Place } from './hand.ts';
import { createPieces } from './pieces.ts';

const COMING_MS = 450;
const STAYS_MS = { guarded: 30_000, client: 5_000 };

const RULES = `
.box{position:absolute;inset:0;touch-action:none;user-select:none;-webkit-user-select:none;cursor:crosshair}
.box:focus-visible{outline-offset:-3px}
.box canvas{display:block;inline-size:100%;block-size:100%}
.marker{position:absolute;inset-block-start:0;left:0;opacity:0;pointer-events:none;will-change:transform}
.marker::before{content:"";position:absolute;inset:-1em;border:3px solid #000;outline:3px solid #fff;border-radius:50%}
.box:is(:focus-visible,[data-resting],[data-stepped]) .marker{opacity:1}
.box[data-whole] .marker{opacity:0}
.steps{display:flex;gap:.375em;margin-block-end:.5em;direction:ltr}
.steps button{flex:1;padding:0}
@media(prefers-reduced-motion:no-preference){.box[data-resting] .marker::before{animation:closing .55s linear forwards}}
@media(prefers-reduced-motion:reduce){.marker{opacity:1}.box[data-resting] .marker::before{border-style:dashed}}
@keyframes closing{from{scale:1.7}}`;

let style: CSSStyleSheet | undefined;

export default async function revealView(tools: ViewTools): Promise<View> {
  const { challenge, say, dom } = tools;
  const { image_size: size, reveal } = challenge;
  if (!reveal) throw new TypeError('reveal: expected the fields of the kind reveal');
  tools.learn(words);
  const guarded = reveal.mode === 'guarded';
  const calm = matchMedia('(prefers-reduced-motion: reduce)');
  if (!style) {
    style = new CSSStyleSheet();
    style.replaceSync(RULES);
  }
  const canvas = dom.make('canvas', { width: size.width, height: size.height, 'aria-hidden': 'true' });
  const marker = dom.make('span', { class: 'marker', 'aria-hidden': 'true' });
  const box = dom.make(
    'div',
    {
      class: 'box',
      role: 'application',
      tabindex: 0,
      'aria-label': `${challenge.description ?? ''} ${say('keys')}`.trim(),
      'aria-describedby': 'note',
      title: say(guarded ? 'rest' : 'slide'),
    },
    canvas,
    marker,
  );
  const pieces = await createPieces(canvas, challenge, reveal, dom);

  let asking = false;
  let gone = false;
  /** How far it has come together, where that is going, since when, and what is whole then. */
  let whole = 0;
  let goal = 0;
  let changed = 0;
  let restored: ImageBitmap | undefined;
  let frame = 0;
  let stays = 0;
  let bounds = { width: 0, height: 0 };

  /** One drawing a frame, and only when there is something new to see. */
  const redraw = () => {
    if (frame === 0 && !gone) frame = requestAnimationFrame(draw);
  };
  function draw(now: number): void {
    frame = 0;
    const gains = calm.matches ? 1 : Math.max(0, Math.min(1, (now - changed) / COMING_MS));
    whole = goal === 1 ? 1 - (1 - gains) ** 3 : Math.max(0, 1 - gains);
    const { x, y } = hand.place;
    pieces.draw(x / size.width, y / size.height, whole, restored);
    marker.style.transform = `translate(${(x / size.width) * bounds.width}px, ${(y / size.height) * bounds.height}px)`;
    if (whole !== goal) redraw();
  }
  function come(next: 0 | 1): void {
    goal = next;
    changed = performance.now();
    box.toggleAttribute('data-whole', next === 1);
    clearTimeout(stays);
    if (next === 1) stays = window.setTimeout(() => come(0), STAYS_MS[reveal!.mode]);
    redraw();
  }
  const crosses = (before: Place, now: Place) =>
    (reveal.triggers ?? []).some(({ type, x = 0, y = 0, radius = 0 }) => {
      const [ax, ay, bx, by] = [
        before.x / size.width,
        before.y / size.height,
        now.x / size.width,
        now.y / size.height,
      ];
      if (type === 'vertical') return (ax - x) * (bx - x) <= 0;
      if (type === 'horizontal') return (ay - y) * (by - y) <= 0;
      return Math.hypot(bx - x, ((by - y) * size.height) / size.width) <= radius;
    });

  /** What a trail brings to light; undefined where that is nothing, which is said then. */
  async function find(trail: readonly Point[]): Promise<string | undefined> {
    tools.tell({ key: 'looking' });
    const reply = await tools.ask<Revealed>('reveal', { body: { trail } });
    if (!reply) return undefined;
    if (reply.kind !== 'ok') {
      if (reply.status === 404) tools.renew({ key: 'gone', bad: true });
      else tools.tell({ key: 'quick', bad: true });
    } else if (reply.body.revealed) {
      tools.tell({ key: 'found' });
      return reply.body.image_base64;
    } else if (reply.body.tries_left === 0) tools.renew({ key: 'spent', bad: true });
    else tools.tell({ key: 'miss', values: { left: reply.body.tries_left }, bad: true });
    return undefined;
  }

  const hand = createHand({
    box,
    width: size.width,
    height: size.height,
    inWindow: reveal.range === 'window',
    restMs: reveal.rest_ms ?? 400,
    moved(before, now, byStep) {
      box.toggleAttribute('data-stepped', byStep);
      if (!guarded && goal === 0 && crosses(before, now)) {
        come(1);
        tools.tell({ key: 'found' });
      }
      // Where motion is unwelcome the pieces move by steps only
      if (byStep || !(calm.matches && guarded)) redraw();
    },
    mayRest() {
      if (!guarded || goal === 1 || asking) return false;
      if (restored) come(1);
      return !restored;
    },
    resting: (rests) => box.toggleAttribute('data-resting', rests),
    async rested(trail) {
      asking = true;
      const source = await find(trail);
      asking = false;
      if (source === undefined || gone) return;
      restored = await dom.decode(source);
      come(1);
      typed.input.focus();
    },
    measured() {
      bounds = { width: canvas.clientWidth, height: canvas.clientHeight };
      pieces.fit();
      redraw();
    },
  });

  const typed = tools.typed();
  const steps = dom.make('div', { class: 'steps', role: 'group', 'aria-label': say('steps') });
  for (const [key, text, dx, dy] of [
    ['toLeft', '←', -1, 0],
    ['up', '↑', 0, -1],
    ['down', '↓', 0, 1],
    ['toRight', '→', 1, 0],
  ] as const)
    steps.append(dom.button({ 'aria-label': say(key), title: say(key) }, () => hand.push(dx, dy), text));
  if (guarded) steps.append(dom.button({ 'aria-label': say('here'), title: say('here') }, hand.rest, '◎'));
  redraw();

  return {
    stage: [box],
    controls: [steps, typed.element],
    style,
    focus: () => box.focus(),
    close() {
      gone = true;
      clearTimeout(stays);
      cancelAnimationFrame(frame);
      hand.close();
      pieces.close();
      restored?.close();
    },
  };
}

/**
 * The hand over a picture of kind reveal: mouse, finger, arrow keys and step buttons all move one place in the box. What a place means
 * is the view's business; here is only how it gets there, and that it has to rest.
 */
import { createTrail } from './trail.ts';

const STEP = 6;
const SMALL_STEP = 1;
const BUTTON_STEP = 12;
const SAMPLE_MS = 40;
/** A little longer than the service asks for. */
const REST_MARGIN_MS = 150;

export interface Place {
  readonly x: number;
  readonly y: number;
}

export interface HandOptions {
  readonly box: HTMLElement;
  readonly width: number;
  readonly height: number;
  readonly inWindow: boolean;
  readonly restMs: number;
  moved(before: Place, now: Place, byStep: boolean): void;
  /** Whether a rest that begins now means anything. */
  mayRest(): boolean;
  resting(rests: boolean): void;
  rested(trail: ReturnType<ReturnType<typeof createTrail>['take']>): void;
  measured(): void;
}

const DIRECTIONS: Readonly<Record<string, readonly [dx: number, dy: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export function createHand(options: HandOptions) {
  const { box, width, height } = options;
  const trail = createTrail();
  const range: HTMLElement | Window = options.inWindow ? window : box;
  let place: Place = { x: width / 2, y: height / 2 };
  let restPlace = place;
  let pressed = false;
  let timer = 0;
  let bounds = new DOMRect();
  trail.add(place.x, place.y);

  function moveTo(x: number, y: number, time?: number, byStep = false): void {
    const before = place;
    place = { x: Math.max(0, Math.min(width, x)), y: Math.max(0, Math.min(height, y)) };
    trail.add(place.x, place.y, time);
    options.moved(before, place, byStep);
  }

  /** Waits until the pointer has rested long enough; any move begins it anew, and without a press ends it. */
  function rest(): void {
    if (!options.mayRest()) return;
    clearInterval(timer);
    options.resting(true);
    restPlace = place;
    const begun = performance.now();
    const enough = options.restMs + REST_MARGIN_MS;
    timer = window.setInterval(() => {
      trail.add(place.x, place.y);
      if (performance.now() - begun < enough || trail.rested() < enough) return;
      stop();
      options.rested(trail.take());
    }, SAMPLE_MS);
  }
  function stop(): void {
    if (timer) options.resting(false);
    clearInterval(timer);
    timer = 0;
  }
  function step(dx: number, dy: number): void {
    stop();
    moveTo(place.x + dx, place.y + dy, undefined, true);
  }

  const follow = (event: PointerEvent): void => {
    const {
      left,
      top,
      width: wide,
      height: tall,
    } = options.inWindow ? new DOMRect(0, 0, innerWidth, innerHeight) : bounds;
    const all = event.getCoalescedEvents?.() ?? [];
    for (const { clientX, clientY, timeStamp } of all.length > 0 ? all : [event])
      moveTo(((clientX - left) / wide) * width, ((clientY - top) / tall) * height, timeStamp);
    if (timer && !pressed && Math.hypot(place.x - restPlace.x, place.y - restPlace.y) > 3) stop();
  };
  const measure = (): void => {
    bounds = box.getBoundingClientRect();
    options.measured();
  };
  const observer = new ResizeObserver(measure);
  observer.observe(box);
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
  const release = (event: PointerEvent): void => {
    pressed = false;
    // A finger that is lifted rests no more; a mouse may go on resting after a click
    if (event.pointerType === 'touch') stop();
  };
  box.addEventListener('pointerup', release);
  box.addEventListener('pointercancel', release);
  range.addEventListener('pointermove', follow as EventListener);
  box.addEventListener('keydown', (event) => {
    const direction = DIRECTIONS[event.key];
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      if (!event.repeat) rest();
    } else if (direction) {
      event.preventDefault();
      const by = event.shiftKey ? SMALL_STEP : STEP;
      step(direction[0] * by, direction[1] * by);
    }
  });

  return {
    get place() {
      return place;
    },
    /** For a button: some way in this direction. */
    push: (dx: number, dy: number) => step(dx * BUTTON_STEP, dy * BUTTON_STEP),
    rest,
    close(): void {
      stop();
      observer.disconnect();
      range.removeEventListener('pointermove', follow as EventListener);
    },
  };
}

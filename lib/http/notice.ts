/**
 * What stands in for a picture or a sound that was refused, where a site wants that: a page without script shows `<img>` whatever its
 * status, and a broken-picture sign tells a visitor nothing. Small, drawn by the kernel, in the visitor's language.
 */
import type { Renderer } from '../render/renderer.ts';
import type { Hook, Media } from '../service/hooks.ts';
import type { Lang } from './messages.ts';

export interface Notice {
  readonly status: number;
  /** When it is worth trying again, if that is known. */
  readonly retrySeconds?: number | undefined;
  readonly lang: Lang;
}

export interface MediaHabits {
  /** In order. */
  readonly hooks: readonly Hook[];
  /** Absent in a deployment that draws nothing. */
  readonly notice?: ((notice: Notice) => Media) | undefined;
}

const WIDTH = 200;
const HEIGHT = 70;
/** From the ground to the ink. */
const GREYS = [244, 220, 196, 172, 148, 124, 100, 70];
const PALETTE = Uint8Array.from(GREYS.flatMap((grey) => [grey, grey, grey + 6]));
const INK = GREYS.length - 1;

/** Chinese only in characters that the scenes' face has: no face is packed for this alone. */
const TEXTS = {
  late: { 'zh-CN': '没有图片', en: 'Picture expired' },
  fast: { 'zh-CN': '太快了', en: 'Too many requests' },
  away: { 'zh-CN': '不可用', en: 'Not available' },
  wait: { 'zh-CN': '{s} 秒', en: 'again in {s} s' },
} as const;

export function noticePicture(renderer: Renderer, { status, retrySeconds, lang }: Notice): Media {
  const surface = renderer.paint(WIDTH, HEIGHT, PALETTE);
  const fast = status === 429;
  const title = TEXTS[fast ? 'fast' : status === 404 ? 'late' : 'away'][lang];
  const wait =
    retrySeconds !== undefined && retrySeconds < 1000
      ? TEXTS.wait[lang].replace('{s}', String(retrySeconds))
      : undefined;
  if (fast) clock(surface);
  else cross(surface);
  const face = renderer.face(lang === 'en' ? 'Roboto Bold' : 'scene-zh');
  const size = Math.min(19, (19 * (WIDTH - 68)) / renderer.measure(title, face, 19));
  surface.text(title, { face, size, x: 60, y: wait ? 33 : 41, color: INK });
  if (wait) surface.text(wait, { face, size: 14, x: 60, y: 53, color: INK });
  return { bytes: surface.encode('png'), mediaType: 'image/png' };
}

type Surface = ReturnType<Renderer['paint']>;

function ring(surface: Surface): void {
  surface.circle(32, 35, 19);
  surface.fill(INK);
  surface.circle(32, 35, 16);
  surface.fill(0);
}

function clock(surface: Surface): void {
  ring(surface);
  surface.polyline([32, 25, 32, 35, 39, 39], 3);
  surface.fill(INK);
}

function cross(surface: Surface): void {
  ring(surface);
  for (const points of [
    [26, 29, 38, 41],
    [38, 29, 26, 41],
  ])
    surface.polyline(points, 3);
  surface.fill(INK);
}

const RATE = 8000;

/** Two falling tones, a third of a second: 8 kHz, 8 bit, mono. Without words, so of no language. */
export function noticeSound(): Media {
  const tone = (hertz: number, seconds: number) =>
    Array.from({ length: RATE * seconds }, (_, at) => {
      const fade = Math.min(1, at / 80, (RATE * seconds - at) / 80);
      return 128 + Math.round(50 * fade * Math.sin((2 * Math.PI * hertz * at) / RATE));
    });
  const samples = [...tone(440, 0.15), ...tone(330, 0.2)];
  const bytes = new Uint8Array(44 + samples.length);
  const view = new DataView(bytes.buffer);
  const word = (at: number, text: string) => bytes.set(new TextEncoder().encode(text), at);
  word(0, 'RIFF');
  view.setUint32(4, 36 + samples.length, true);
  word(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, RATE, true);
  view.setUint32(28, RATE, true);
  view.setUint16(32, 1, true);
  view.setUint16(34, 8, true);
  word(36, 'data');
  view.setUint32(40, samples.length, true);
  bytes.set(samples, 44);
  return { bytes, mediaType: 'audio/wav' };
}

/**
 * The libraries we draw against, each at 200×70 with five characters and in the way its own documentation shows. They do not draw the same
 * picture: `draws` says what each one puts on the page, and the table prints it. Where a peer has a choice, it gets the fast one.
 *
 * They are installed by install.ts into test/bench/node_modules, so they are loaded by name at run time and typed here.
 */
import { createRequire } from 'node:module';
import type { Contestant } from './contestant.ts';

const load = createRequire(import.meta.url);

const WIDTH = 200;
const HEIGHT = 70;
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const COLORS = ['#2b4c7e', '#7e2b4c', '#2b7e4c', '#4c2b7e', '#7e5c2b'];

const pick = <T>(items: ArrayLike<T>): T => items[Math.floor(Math.random() * items.length)]!;
const between = (low: number, high: number) => low + (high - low) * Math.random();
const fiveCharacters = () => Array.from({ length: 5 }, () => pick(LETTERS)).join('');

export const peers: Contestant[] = [
  {
    name: 'svg-captcha',
    format: 'svg',
    draws: '5 warped glyph outlines and 1 curve as SVG text; the browser draws; no PNG is made',
    open() {
      const { create } = load('svg-captcha') as { create(options: object): { data: string } };
      return () => create({ size: 5, width: WIDTH, height: HEIGHT, noise: 1 }).data;
    },
  },
  {
    name: 'trek-captcha',
    format: 'gif',
    draws: '5 fixed letter bitmaps, sheared, 1 line, dots; uncompressed GIF of fixed size',
    open() {
      const captcha = load('trek-captcha') as (options: object) => Promise<{ buffer: Uint8Array }>;
      return async () => (await captcha({ size: 5 })).buffer;
    },
  },
  {
    name: 'captchapng',
    format: 'png',
    draws: '5 fixed digit bitmaps at random places, no noise; stored (uncompressed) palette PNG',
    open() {
      interface Drawing {
        color(red: number, green: number, blue: number, alpha: number): void;
        getBase64(): string;
      }
      const Captcha = load('captchapng') as new (width: number, height: number, digits: number) => Drawing;
      return () => {
        const drawing = new Captcha(WIDTH, HEIGHT, 10_000 + Math.floor(Math.random() * 90_000));
        drawing.color(0, 0, 0, 0);
        drawing.color(80, 80, 80, 255);
        return Buffer.from(drawing.getBase64(), 'base64');
      };
    },
  },
  {
    name: '@napi-rs/canvas',
    format: 'png',
    draws: 'native Skia: 5 rotated coloured letters, 2 curves; RGBA PNG',
    open() {
      const { createCanvas, GlobalFonts } = load('@napi-rs/canvas') as NativeCanvas;
      // A face that every machine has, because another peer ships it.
      GlobalFonts.registerFromPath(load.resolve('svg-captcha/fonts/Comismsh.ttf'), 'bench');
      return () => {
        const canvas = createCanvas(WIDTH, HEIGHT);
        const page = canvas.getContext('2d');
        page.fillStyle = '#f4f1ea';
        page.fillRect(0, 0, WIDTH, HEIGHT);
        page.font = '44px bench';
        [...fiveCharacters()].forEach((letter, i) => {
          page.save();
          page.translate(14 + i * 36 + between(0, 8), 50 + between(-6, 6));
          page.rotate(between(-0.35, 0.35));
          page.fillStyle = pick(COLORS);
          page.fillText(letter, 0, 0);
          page.restore();
        });
        page.lineWidth = 2;
        for (let i = 0; i < 2; i++) {
          page.strokeStyle = pick(COLORS);
          page.beginPath();
          page.moveTo(0, between(10, 60));
          page.bezierCurveTo(60, between(0, 70), 140, between(0, 70), WIDTH, between(10, 60));
          page.stroke();
        }
        return canvas.encodeSync('png');
      };
    },
  },
  {
    name: 'photon (wasm)',
    format: 'png',
    draws: '5 letters in one straight line of text by one call, no noise; RGBA PNG',
    open() {
      const { PhotonImage, Rgba, draw_text_with_color } = load('photon-wasm') as Photon;
      const ground = new Uint8Array(WIDTH * HEIGHT * 4).fill(0xf4);
      return () => {
        const image = new PhotonImage(ground, WIDTH, HEIGHT);
        const ink = new Rgba(40, 70, 120, 255);
        draw_text_with_color(image, fiveCharacters(), 20, Math.floor(between(4, 18)), 44, ink);
        const bytes = image.get_bytes();
        image.free();
        return bytes;
      };
    },
  },
];

interface NativeCanvas {
  GlobalFonts: { registerFromPath(path: string, name: string): unknown };
  createCanvas(
    width: number,
    height: number,
  ): { getContext(kind: '2d'): CanvasRenderingContext2D; encodeSync(format: 'png'): Uint8Array };
}

interface Photon {
  PhotonImage: new (
    pixels: Uint8Array,
    width: number,
    height: number,
  ) => { get_bytes(): Uint8Array; free(): void };
  Rgba: new (red: number, green: number, blue: number, alpha: number) => object;
  draw_text_with_color(image: object, text: string, x: number, y: number, size: number, color: object): void;
}

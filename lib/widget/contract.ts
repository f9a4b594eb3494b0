/** What the service says to the widget, as far as the widget reads it (the HTTP contract has the rest). */

export type AnswerFormat =
  | { readonly type: 'choice'; readonly options: readonly string[] }
  | { readonly type: 'characters'; readonly length?: number; readonly alphabet?: string }
  | { readonly type: 'number' };

/** What generate and refresh answer. */
export interface Challenge {
  /** Absent behind a proxy that keeps it in the visitor's session. */
  readonly captcha_id?: string;
  readonly image_base64: string;
  readonly image_size: { readonly width: number; readonly height: number };
  /** Seconds. */
  readonly expire_time: number;
  readonly note: string;
  readonly kind: string;
  readonly preset?: string;
  readonly lang?: string;
  readonly description?: string;
  /** Whether the same challenge can be heard. */
  readonly audio?: boolean;
  /** Kinds that refresh may trade it for. */
  readonly instead?: readonly string[];
  readonly answer_format: AnswerFormat;
  readonly round?: number;
  readonly rounds?: number;
  readonly reveal?: RevealFields;
}

/** What verify answers. */
export interface Verdict {
  readonly verified: boolean;
  /** Absent behind a proxy that redeems it itself. */
  readonly token?: string;
  readonly next?: { readonly chain?: string; readonly remaining: number };
}

export type Point = readonly [x: number, y: number, t: number];
export type Revealed =
  | { readonly revealed: true; readonly image_base64: string }
  | { readonly revealed: false; readonly tries_left: number };

export type Curve = readonly (readonly [dx: number, dy: number])[];
export interface Trigger {
  readonly type: 'vertical' | 'horizontal' | 'point';
  readonly x?: number;
  readonly y?: number;
  readonly radius?: number;
}
export interface RevealFields {
  readonly mode: 'guarded' | 'client';
  readonly sprite: string;
  readonly ground: string;
  readonly sets: readonly { readonly along: Curve; readonly down: Curve }[];
  readonly range: 'box' | 'window';
  readonly triggers?: readonly Trigger[];
  readonly discs?: { readonly radius: number; readonly at: readonly (readonly [x: number, y: number])[] };
  readonly rest_ms?: number;
}

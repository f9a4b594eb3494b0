/**
 * A view: the face of one kind. It fills the two places that the frame holds ready for it, stage and controls. A view may live in a
 * file of its own that arrives when it is wanted, so it gets all it needs in `tools` and imports nothing but types.
 */
import type { Challenge } from './contract.ts';
import type { button, decode, make } from './dom.ts';
import type { Flow } from './flow.ts';
import type { Say, Words } from './language.ts';
import type { Message } from './state.ts';

export interface View {
  readonly stage: readonly Node[];
  readonly controls: readonly Node[];
  /** What to do, where it is not what the challenge says of its picture. */
  readonly note?: string;
  /** Rules of its own. */
  readonly style?: CSSStyleSheet;
  focus(): void;
  close(): void;
}

export interface Typed {
  readonly element: HTMLElement;
  readonly input: HTMLInputElement;
}

export interface ViewTools {
  readonly challenge: Challenge;
  readonly say: Say;
  readonly dom: {
    readonly make: typeof make;
    readonly button: typeof button;
    readonly decode: typeof decode;
  };
  /** A field and a button for an answer that is typed. */
  typed(): Typed;
  answer(text: string): void;
  refresh(): void;
  /** The service about this challenge: flow.ts. */
  readonly ask: Flow['ask'];
  readonly renew: Flow['renew'];
  tell(message: Message): void;
  /** What only this view says, in English. */
  learn(words: Words): void;
  /** Keeps the widget from being read out while something sounds. */
  hush(sounding: boolean): void;
}

export type ViewFactory = (tools: ViewTools) => View | Promise<View>;

/** Brings what is not part of the script itself. */
export interface Loader {
  view(name: 'scene' | 'audio' | 'reveal'): Promise<ViewFactory>;
  /** Rejects where there is none. */
  language(name: string): Promise<Words>;
}

/** What can be put on the bench. */
export interface Contestant {
  /** Unique; the name in the table. */
  readonly name: string;
  readonly format: 'svg' | 'gif' | 'png' | 'bmp' | 'jpeg' | 'webp';
  /** What one call puts on the page, so that nobody compares apples with pears unawares. */
  readonly draws: string;
  /** Loads it and returns a function that draws one fresh picture. Called once, in the contestant's own process. */
  open(): Draw | Promise<Draw>;
}

export type Drawn = Uint8Array | string;
export type Draw = () => Drawn | Promise<Drawn>;

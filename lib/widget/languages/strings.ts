/** What a language has to say: everything. */
import { en, type Key } from './en.ts';
import { audio, reveal, type ViewKey } from './views.ts';

export type Strings = Readonly<Record<Key | ViewKey, string>>;

/** The views' keys, which the script itself does not know. */
export const VIEW_KEYS = Object.keys({ ...audio, ...reveal }) as readonly ViewKey[];
export const KEYS: readonly (Key | ViewKey)[] = [...(Object.keys(en) as Key[]), ...VIEW_KEYS];

/** JSON that carries bytes. */
import { fromBase64Url, toBase64Url } from '../../../lib/util/bytes.ts';

const MARK = 'bytes:';

export const encode = (value: unknown): string =>
  JSON.stringify(value, (_, each) => (each instanceof Uint8Array ? MARK + toBase64Url(each) : each));

export const decode = (text: string): unknown =>
  JSON.parse(text, (_, each) =>
    typeof each === 'string' && each.startsWith(MARK) ? fromBase64Url(each.slice(MARK.length)) : each,
  );

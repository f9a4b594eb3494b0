/** Byte ranges (RFC 9110, 14): players ask for sounds in pieces, and some play nothing that does not come in pieces. */

export interface Range {
  readonly from: number;
  /** The last byte. */
  readonly to: number;
}

/** Undefined: the whole (no range, one that we don't understand, or several); 'unsatisfiable': none of these bytes exist. */
export function rangeOf(header: string | undefined, length: number): Range | 'unsatisfiable' | undefined {
  const found = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '');
  if (!found || (found[1] === '' && found[2] === '')) return undefined;
  const [first, last] = [found[1]!, found[2]!];
  if (first === '') {
    const count = Math.min(Number(last), length);
    return count === 0 ? 'unsatisfiable' : { from: length - count, to: length - 1 };
  }
  const from = Number(first);
  const to = last === '' ? length - 1 : Math.min(Number(last), length - 1);
  if (last !== '' && Number(last) < from) return undefined;
  return from >= length ? 'unsatisfiable' : { from, to };
}

/** Whether a request wants less than everything: then it continues what was asked for before. */
export function isPartial(header: string | undefined): boolean {
  return header !== undefined && !/^bytes=0-$/.test(header.trim());
}

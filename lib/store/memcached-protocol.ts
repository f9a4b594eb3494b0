/**
 * Memcached's meta commands (doc/protocol.txt of memcached 1.6, "Meta Commands") as text, and their replies read strictly: anything
 * unexpected is an error of the connection, since on a pipelined one nothing after it could be trusted.
 */
import { Buffer } from 'node:buffer';

export interface MetaCommand {
  readonly verb: 'mg' | 'ms' | 'ma' | 'md';
  readonly key: string;
  /** Such as `['v', 'T30']`. */
  readonly flags: readonly string[];
  /** What `ms` stores. */
  readonly value?: Uint8Array;
}

export interface MetaReply {
  /** HD done, VA with value, EN and NF not there, NS not stored, EX the cas differs, SE a SERVER_ERROR. */
  readonly code: 'HD' | 'VA' | 'EN' | 'NF' | 'NS' | 'EX' | 'SE';
  /** By their letter. */
  readonly flags: ReadonlyMap<string, string>;
  readonly value?: Uint8Array;
  /** A SERVER_ERROR's text. */
  readonly message?: string;
}

const CRLF = Buffer.from('\r\n');
const MAX_LINE = 2048;
const MAX_VALUE = 2 ** 20;

/** `opaque` comes back with the reply. */
export function commandBytes(command: MetaCommand, opaque: string): Buffer {
  const { verb, key, value, flags } = command;
  const line = [verb, key, ...(value ? [value.length] : []), ...flags, `O${opaque}`].join(' ');
  return value ? Buffer.concat([Buffer.from(`${line}\r\n`), value, CRLF]) : Buffer.from(`${line}\r\n`);
}

/** Takes bytes as they come and gives whole replies; throws at what is none. */
export function createReplyReader(onReply: (reply: MetaReply) => void): (bytes: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  return (bytes) => {
    rest = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
    let at = 0;
    for (;;) {
      const end = rest.indexOf(CRLF, at);
      if (end < 0 && rest.length - at > MAX_LINE) throw new Error('a reply line without end');
      if (end < 0) break;
      const head = readLine(rest.toString('latin1', at, end));
      let next = end + 2;
      if (head.size !== undefined) {
        const close = next + head.size;
        if (rest.length < close + 2) break;
        if (rest[close] !== 13 || rest[close + 1] !== 10)
          throw new Error('a value of another length than said');
        // A copy: the reader's buffer is not to live as long as a record.
        onReply({ ...head.reply, value: Uint8Array.from(rest.subarray(next, close)) });
        next = close + 2;
      } else onReply(head.reply);
      at = next;
    }
    rest = rest.subarray(at);
  };
}

const SHORT = /^(HD|EN|NF|NS|EX)((?: [A-Za-z][!-~]*)*) ?$/;
const WITH_VALUE = /^VA (\d{1,7})((?: [A-Za-z][!-~]*)*) ?$/;
const SERVER_ERROR = /^SERVER_ERROR ([ -~]*)$/;

function readLine(line: string): { reply: MetaReply; size?: number } {
  const short = SHORT.exec(line);
  if (short) return { reply: { code: short[1] as MetaReply['code'], flags: flagsOf(short[2]!) } };
  const valued = WITH_VALUE.exec(line);
  const size = Number(valued?.[1]);
  if (valued && size <= MAX_VALUE) return { reply: { code: 'VA', flags: flagsOf(valued[2]!) }, size };
  const failed = SERVER_ERROR.exec(line);
  if (failed) return { reply: { code: 'SE', flags: new Map(), message: failed[1]! } };
  throw new Error(`not a reply to a meta command: ${line.slice(0, 80)}`);
}

function flagsOf(text: string): Map<string, string> {
  const words = text.split(' ').filter((word) => word !== '');
  return new Map(words.map((word) => [word[0]!, word.slice(1)]));
}

/**
 * The one script behind the stores on Redis and on Upstash: counts, decides and writes in a single atomic step. The counters come
 * first, refused hits included, by the formula of window.ts to the letter; the record is touched only when all of them allow.
 *
 *     KEYS  the record (all operations but `hit`), then one counter a hit
 *     ARGV  operation, clock or '', body or mark, ms, then limit, window and cost of each hit
 *
 * A record is a hash: e expiry, b body, n nonce, a answered at, c claim. A counter is the string "index current previous".
 * Redis frees both by itself (PEXPIRE), and yet the script compares every expiry, by Redis's own clock unless one is passed; with
 * a passed clock a key outlives its record by an hour, since the two clocks are strangers.
 */
import { fromBase64Url, toBase64Url } from '../util/bytes.ts';
import type { Hit, StoredRecord, Tally } from './store.ts';

export const SCRIPT = `
local op, clock, datum, ms = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4])
local now, grace = tonumber(clock), 3600000
if clock == '' then
  local time = redis.call('TIME')
  now, grace = time[1] * 1000 + math.floor(time[2] / 1000), 0
end
local function text(number) return string.format('%.0f', number) end

local allowed, tallies = true, {}
local first = op == 'hit' and 0 or 1
for n = 1, #KEYS - first do
  local key = KEYS[first + n]
  local limit, window, cost = tonumber(ARGV[3 * n + 2]), tonumber(ARGV[3 * n + 3]), tonumber(ARGV[3 * n + 4])
  local index = math.floor(now / window)
  local at, current, previous = index, 0, 0
  local held = redis.call('GET', key)
  if held then
    at, current, previous = string.match(held, '^(%d+) (%d+) (%d+)$')
    at, current, previous = tonumber(at), tonumber(current), tonumber(previous)
    if index > at then
      previous = index == at + 1 and current or 0
      at, current = index, 0
    end
  end
  local ends = (at + 1) * window
  local share = math.min(1, math.max(0, (ends - now) / window))
  local allows = math.min(previous, limit) * share + current + 1 <= limit
  current = current + cost
  if cost > 0 then
    redis.call('SET', key, text(at) .. ' ' .. text(current) .. ' ' .. text(previous), 'PX', text(2 * window + grace))
  end
  allowed = allowed and allows
  tallies[n] = {allows and 1 or 0, previous, current, ends}
end
if op == 'hit' then return {'counted', now, tallies} end
if not allowed then return {'limited', now, tallies, now + ms} end

local record = redis.call('HMGET', KEYS[1], 'e', 'b', 'n', 'a', 'c')
local expires, nonce, claim = tonumber(record[1] or '0'), record[3], record[5]
local live = expires > now
local function write(expiry, ...)
  redis.call('HSET', KEYS[1], 'e', text(expiry), ...)
  redis.call('PEXPIRE', KEYS[1], text(expiry - now + grace))
end
local function reply(outcome)
  return {outcome, now, tallies, expires, record[2], nonce, record[4], claim}
end

if op == 'put' then
  if live then return {'exists', now, tallies, now + ms} end
  if record[1] then redis.call('DEL', KEYS[1]) end
  write(now + ms, 'b', datum)
  return {'stored', now, tallies, now + ms}
end
if not live then return {'refused', now, tallies} end
if op == 'get' then return reply('found') end
if op == 'answer' and not nonce then
  expires, nonce, record[4] = now + ms, datum, text(now)
  write(expires, 'n', nonce, 'a', record[4])
  return reply('done')
end
if op == 'redeem' and nonce and not claim then
  expires, claim = expires + ms, datum
  write(expires, 'c', claim)
  return reply('done')
end
if datum == (op == 'answer' and nonce or claim) then return reply('repeated') end
return {'refused', now, tallies}
`;

export type Operation = 'put' | 'get' | 'answer' | 'redeem' | 'hit';

export interface ScriptReply {
  readonly outcome: string;
  readonly tallies: readonly Tally[];
  readonly expiresAt: number;
  readonly record?: StoredRecord;
}

/** Everything after the keys. Bodies travel and rest as base64url: Upstash speaks JSON, and both are to hold the same. */
export function scriptArguments(
  operation: Operation,
  now: number | undefined,
  datum: Uint8Array | string,
  ms: number,
  hits: readonly Hit[],
): string[] {
  const text = typeof datum === 'string' ? datum : toBase64Url(datum);
  const counted = hits.flatMap(({ limit, windowMs, cost }) => [`${limit}`, `${windowMs}`, `${cost}`]);
  return [operation, now === undefined ? '' : `${now}`, text, `${ms}`, ...counted];
}

type RawTally = readonly [allowed: number, previous: number, current: number, windowEndsAt: number];
type Field = string | null | undefined;
type RawReply = readonly [string, number, readonly RawTally[], number?, Field?, Field?, Field?, Field?];

export function readReply(raw: unknown): ScriptReply {
  const [outcome, now, rawTallies, expiresAt = 0, body, nonce, answeredAt, claim] = raw as RawReply;
  const tallies = rawTallies.map(([allowed, previous, current, windowEndsAt]) => ({
    allowed: allowed === 1,
    previous,
    current,
    windowEndsAt,
    now,
  }));
  if (typeof body !== 'string') return { outcome, tallies, expiresAt };
  const record = {
    body: fromBase64Url(body) ?? new Uint8Array(),
    expiresAt,
    ...(typeof nonce === 'string' && { nonce, answeredAt: Number(answeredAt) }),
    ...(typeof claim === 'string' && { claim }),
  };
  return { outcome, tallies, expiresAt, record };
}

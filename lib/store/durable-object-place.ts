/**
 * Where on earth a shard lives. A shard byte is region : number, four bits each: the region tells Cloudflare near whom to make the
 * object, the number spreads one region's visitors over several objects, each of which is one thread. Region and number
 * stand in every `captcha_id`, so whoever holds one knows where its record is.
 */

/** Location hints of Durable Objects, in the order that ids remember: append, never change. 0: near whoever asks first. */
export const REGIONS = ['any', 'wnam', 'enam', 'sam', 'weur', 'eeur', 'apac', 'oc', 'afr', 'me'] as const;
export type Region = (typeof REGIONS)[number];
export type LocationHint = Exclude<Region, 'any'>;

/** Numbers that a shard byte has room for. */
export const MAX_SHARDS = 16;

/** The shard byte of a visitor: the region's index, and four bits of the hash of the address. */
export const shardByte = (hash: number, region: number): number => (region << 4) | (hash & 15);

export interface Place {
  /** The object's name. */
  readonly name: string;
  readonly hint?: LocationHint;
}

/** The object that holds a shard when a region has `shards` of them. */
export function placeOf(shard: number, shards: number): Place {
  const region = REGIONS[shard >> 4] ?? 'any';
  const name = `${region}:${(shard & 15) % shards}`;
  return region === 'any' ? { name } : { name, hint: region };
}

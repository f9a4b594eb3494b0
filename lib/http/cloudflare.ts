/** What only Cloudflare's edge knows of a request: the visitor's address, and whereabouts on earth that is. */
import type { Context } from 'hono';
import { REGIONS, type Region } from '../store/durable-object-place.ts';
import type { ClientAddress } from './address.ts';

/** Of `request.cf`; longitude is text, in degrees. */
export interface Whereabouts {
  readonly continent?: string | undefined;
  readonly country?: string | undefined;
  readonly longitude?: string | undefined;
}

/** A visitor whom a caller over RPC speaks for (rpc.ts). */
export interface NamedVisitor {
  readonly address: string;
  readonly cf?: Whereabouts | undefined;
}

/** What the app's bindings carry then; nothing from outside can. */
export interface RpcBindings {
  readonly visitor?: NamedVisitor | undefined;
}

/**
 * The edge sets this header itself, over whatever a visitor sent; on any other platform it would be a visitor's own word. A call over
 * RPC names its visitor.
 */
export const cloudflareAddress: ClientAddress = (context) =>
  (context.env as RpcBindings).visitor?.address ?? context.req.header('CF-Connecting-IP');

/** The index of the visitor's region; 0 when the edge does not know. By the address's place, so that it stays the same wherever it comes in. */
export function cloudflareRegion(context: Context): number {
  const { visitor } = context.env as RpcBindings;
  const { cf } = visitor ?? (context.req.raw as Request & { cf?: Whereabouts });
  return REGIONS.indexOf(regionOf(cf ?? {}));
}

/** Countries that Cloudflare's hint `me` means, of those that it counts as Asia. */
const MIDDLE_EAST = new Set('AE BH IL IQ IR JO KW LB OM PS QA SA SY TR YE'.split(' '));

export function regionOf({ continent, country, longitude }: Whereabouts): Region {
  const east = Number(longitude);
  switch (continent) {
    case 'NA':
      return east < -100 ? 'wnam' : 'enam';
    case 'SA':
      return 'sam';
    case 'EU':
      return east > 16 ? 'eeur' : 'weur';
    case 'AS':
      return MIDDLE_EAST.has(country ?? '') ? 'me' : 'apac';
    case 'AF':
      return 'afr';
    case 'OC':
      return 'oc';
    default:
      return 'any';
  }
}

import { expect, it } from 'vitest';
import { regionOf } from '../../lib/http/cloudflare.ts';

it.each([
  [{ continent: 'NA', country: 'US', longitude: '-122.39' }, 'wnam'],
  [{ continent: 'NA', country: 'US', longitude: '-77.03' }, 'enam'],
  [{ continent: 'NA', country: 'CA' }, 'enam'],
  [{ continent: 'SA', country: 'BR', longitude: '-46.6' }, 'sam'],
  [{ continent: 'EU', country: 'DE', longitude: '8.68' }, 'weur'],
  [{ continent: 'EU', country: 'UA', longitude: '30.52' }, 'eeur'],
  [{ continent: 'AS', country: 'AE' }, 'me'],
  [{ continent: 'AS', country: 'CN' }, 'apac'],
  [{ continent: 'AF' }, 'afr'],
  [{ continent: 'OC' }, 'oc'],
  [{ continent: 'AN' }, 'any'],
  [{}, 'any'],
] as const)('%j is %s', (cf, region) => {
  expect(regionOf(cf)).toBe(region);
});

/** The public keys that tokens are signed with (RFC 7517, 5); an empty set where they are signed with HS256, whose keys nobody may see. */
import type { SigningKeys } from '../token/signing.ts';
import type { App } from './context.ts';

export function mountJwks(app: App, { all }: SigningKeys): void {
  const body = JSON.stringify({ keys: all.map(({ publicJwk }) => publicJwk) });
  app.get('/.well-known/jwks.json', (context) => {
    context.header('Content-Type', 'application/jwk-set+json');
    context.header('Cache-Control', 'public, max-age=300');
    return context.body(body);
  });
}

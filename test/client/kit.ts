/** A real server with the keys for tests, and how a visitor comes by a token there. */
import { type Server, startServer } from '../runtime/server.ts';

export const secretOf = (name: string) => `glyphgate-test-secret-${name}`;

export async function tokenFrom(url: string, name = 'pass', action?: string): Promise<string> {
  const query = new URLSearchParams({ sitekey: `glyphgate-test-${name}`, ...(action && { action }) });
  const asked = await fetch(`${url}/api/captcha/generate?${query}`);
  const { captcha_id } = (await asked.json()) as { captcha_id: string };
  const judged = await fetch(`${url}/api/captcha/verify`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ captcha_id, answer: 'anything' }),
  });
  return ((await judged.json()) as { token: string }).token;
}

export const startTestKeys = (env: Record<string, string> = {}): Promise<Server> =>
  startServer({ GLYPHGATE_PROFILE: 'compat', ...env });

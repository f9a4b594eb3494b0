/** `glyphgate keys`: make, look at and rotate the keys that a service lives by. Prints; stores nothing. */
import { createHash, createPrivateKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { list, MIN_KEY_BYTES } from '../config/fields.ts';
import { type SigningJwk, signingKeys } from '../config/signing.ts';
import { createKeyset } from '../token/keys.ts';
import { createSigningKeys, proveSigningKeys } from '../token/signing.ts';
import { toBase64Url } from '../util/bytes.ts';
import { answer } from './answer.ts';
import { oneOf, textOf } from './arguments.ts';
import { CliError, type Command, type Given, type Tools, UsageError } from './command.ts';
import { orExplain } from './files.ts';

const WHAT = ['master', 'secret', 'signing', 'site', 'inspect'] as const;
const ALGORITHMS = ['EdDSA', 'ES256'] as const;

export const keys: Command = {
  name: 'keys',
  summary: 'make, look at and rotate keys and secrets',
  operands: ['WHAT'],
  options: {
    rotate: { about: 'master, signing: the new one in front of those in the environment' },
    alg: { value: 'ALG', about: `signing: ${ALGORITHMS.join(' or ')}; default EdDSA` },
    from: { value: 'FILE', about: 'signing: a private key in PEM instead of a new one' },
    sitekey: { value: 'KEY', about: 'site: whose key' },
  },
  notes: [
    'WHAT is one of: master, a new master key; secret, a new secret for a site, and the hash that a sites document holds; signing, a new private key for tokens as JSON Web Key;',
    'site, the HS256 key of one site’s tokens, for a back end that decodes them itself; inspect, what the keys in the environment are, without telling them.',
    'Reads GLYPHGATE_MASTER_KEY, GLYPHGATE_SECRET and GLYPHGATE_SIGNING_KEY. Prints and stores nothing: what is printed by all but inspect is secret. docs/tokens.md says how to rotate.',
  ],
  examples: [
    'glyphgate keys master',
    'GLYPHGATE_MASTER_KEY=… glyphgate keys master --rotate',
    'glyphgate keys signing --alg ES256',
  ],

  async run(given, tools) {
    const what = textOf(given, 'WHAT')!;
    if (!(WHAT as readonly string[]).includes(what))
      throw new UsageError(`WHAT expects one of ${WHAT.join(', ')}; got "${what}".`);
    await WORK[what as (typeof WHAT)[number]](given, tools);
  },
};

const newSecret = () => randomBytes(36).toString('base64url');

const WORK: Readonly<Record<(typeof WHAT)[number], (given: Given, tools: Tools) => Promise<void>>> = {
  async master(given, tools) {
    const fresh = newSecret();
    const old = given.rotate ? list(needed(tools, 'GLYPHGATE_MASTER_KEY'))[0] : undefined;
    const value = old === undefined ? fresh : `${fresh},${old}`;
    answer(tools, given, { GLYPHGATE_MASTER_KEY: value, kid: createKeyset(fresh).kid }, [value]);
  },

  async secret(given, tools) {
    const secret = newSecret();
    const sha256 = createHash('sha256').update(secret).digest('hex');
    answer(tools, given, { secret, sha256 }, [secret, `sha256 ${sha256}`]);
  },

  async signing(given, tools) {
    const fresh = signingKey(given);
    await prove([fresh]);
    const [current] = given.rotate ? readSigning(needed(tools, 'GLYPHGATE_SIGNING_KEY')) : [];
    const value = current ? { keys: [fresh, publicHalf(current)] } : fresh;
    const { kid, alg } = createSigningKeys([fresh]).current!;
    const text = JSON.stringify(value);
    answer(tools, given, { GLYPHGATE_SIGNING_KEY: text, kid, alg }, [text]);
  },

  async site(given, tools) {
    const sitekey = textOf(given, 'sitekey');
    if (sitekey === undefined) throw new UsageError('--sitekey is missing: expected the key of a site.');
    const known = list(needed(tools, 'GLYPHGATE_MASTER_KEY')).map((master) => createKeyset(master));
    const found = known.map(({ kid, jwtKey }) => ({ kid, alg: 'HS256', k: toBase64Url(jwtKey(sitekey)) }));
    answer(
      tools,
      given,
      { sitekey, keys: found },
      found.map(({ kid, k }) => `${kid}  ${k}`),
    );
  },

  async inspect(given, tools) {
    const { environment } = tools;
    const bytes = (text: string) => Buffer.byteLength(text);
    const master = list(environment.GLYPHGATE_MASTER_KEY ?? '').map((key, at) => ({
      kid: createKeyset(key).kid,
      bytes: bytes(key),
      use: at === 0 ? 'makes and opens' : 'opens only',
      ok: bytes(key) >= MIN_KEY_BYTES,
    }));
    const secrets = list(environment.GLYPHGATE_SECRET ?? '').map((secret) => ({
      sha256: createHash('sha256').update(secret).digest('hex'),
      bytes: bytes(secret),
      ok: bytes(secret) >= MIN_KEY_BYTES,
    }));
    const text = environment.GLYPHGATE_SIGNING_KEY;
    const jwks = text ? readSigning(text) : [];
    await prove(jwks);
    const signing = createSigningKeys(jwks).all.map(({ kid, alg }, at) => ({
      kid,
      alg,
      use: at === 0 ? 'signs and verifies' : 'verifies only',
    }));
    answer(tools, given, { master, secrets, signing }, [
      ...master.map(({ kid, bytes: size, use, ok }) => `master   ${kid}  ${size} bytes, ${use}${short(ok)}`),
      ...secrets.map(({ sha256, bytes: size, ok }) => `secret   sha256 ${sha256}, ${size} bytes${short(ok)}`),
      ...signing.map(({ kid, alg, use }) => `signing  ${kid}  ${alg}, ${use}`),
      ...(master.length + secrets.length + signing.length === 0
        ? [
            'no keys in the environment: GLYPHGATE_MASTER_KEY, GLYPHGATE_SECRET and GLYPHGATE_SIGNING_KEY are not set',
          ]
        : []),
    ]);
  },
};

const short = (ok: boolean) => (ok ? '' : `: too short, expected at least ${MIN_KEY_BYTES} bytes`);

function needed({ environment }: Tools, name: string): string {
  const value = environment[name];
  if (!value) throw new CliError(`${name}: expected a value in the environment; it is not set.`);
  return value;
}

function signingKey(given: Given): SigningJwk {
  const from = textOf(given, 'from');
  const alg = oneOf('alg', textOf(given, 'alg') ?? 'EdDSA', ALGORITHMS);
  if (from === undefined) {
    const pair =
      alg === 'EdDSA' ? generateKeyPairSync('ed25519') : generateKeyPairSync('ec', { namedCurve: 'P-256' });
    return pair.privateKey.export({ format: 'jwk' }) as unknown as SigningJwk;
  }
  const pem = orExplain(`cannot read ${from}`, () => readFileSync(from, 'utf8'));
  try {
    return readSigning(JSON.stringify(createPrivateKey(pem).export({ format: 'jwk' })))[0]!;
  } catch {
    throw new CliError(`${from}: expected a private key in PEM, Ed25519 or P-256, without a password.`);
  }
}

function readSigning(text: string): readonly SigningJwk[] {
  const { success, output, issues } = v.safeParse(signingKeys, text);
  if (!success) throw new CliError(`GLYPHGATE_SIGNING_KEY: expected ${issues[0].message}`);
  return output;
}

async function prove(jwks: readonly SigningJwk[]): Promise<void> {
  await proveSigningKeys(createSigningKeys(jwks)).catch((error: Error) => {
    throw new CliError(error.message, { cause: error });
  });
}

const publicHalf = ({ d: _, ...bare }: SigningJwk) => bare;

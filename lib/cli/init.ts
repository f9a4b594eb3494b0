/** `glyphgate init`: keys, configuration and the two snippets that a new deployment needs, in files of their own. Overwrites nothing. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { list } from '../config/fields.ts';
import { answer } from './answer.ts';
import { oneOf, textOf } from './arguments.ts';
import { CliError, type Command, UsageError } from './command.ts';
import { orExplain } from './files.ts';

const STORES = ['sqlite', 'memory', 'redis', 'upstash', 'dynamodb', 'memcached'] as const;
type StoreName = (typeof STORES)[number];

/** What each store wants to be told, with something in its place. */
const STORE_LINES: Readonly<Record<StoreName, readonly string[]>> = {
  sqlite: ['GLYPHGATE_SQLITE_PATH=glyphgate.db'],
  memory: [],
  redis: ['GLYPHGATE_REDIS_URL=redis://localhost:6379'],
  upstash: ['UPSTASH_REDIS_REST_URL=', 'UPSTASH_REDIS_REST_TOKEN='],
  dynamodb: ['GLYPHGATE_DYNAMODB_TABLE=glyphgate'],
  memcached: ['GLYPHGATE_MEMCACHED_SERVERS=localhost:11211'],
};

const ENV = 'glyphgate.env';
const FORM = 'form.html';
const SERVER = 'server.mjs';

export const init: Command = {
  name: 'init',
  summary: 'keys, configuration and snippets for a new deployment',
  options: {
    out: { value: 'DIR', about: 'where to, made if it is not there; default .' },
    url: { value: 'URL', about: 'where browsers will reach the service; default http://localhost:8787' },
    origin: {
      value: 'URL',
      about: 'origins of the pages to protect, separated by commas; default http://localhost:3000',
    },
    sitekey: { value: 'KEY', about: 'public name of the site; default: a random one' },
    store: { value: 'STORE', about: `${STORES.join(', ')}; default sqlite` },
  },
  notes: [
    `Writes ${ENV} (for the service: keys, profile standard, store; readable by you alone), ${FORM} (a form with the widget) and ${SERVER} (an Express server that redeems its tokens). If one of them is there already, nothing is written.`,
    `${ENV} holds the master key and the site's secret: keep it out of version control, and hand the secret to the server of your site only.`,
  ],
  examples: [
    'glyphgate init --out captcha',
    'glyphgate init --url https://captcha.example.com --origin https://www.example.com --store redis',
  ],

  async run(given, tools) {
    const out = textOf(given, 'out') ?? '.';
    const url = origin('url', textOf(given, 'url') ?? 'http://localhost:8787');
    const origins = list(textOf(given, 'origin') ?? 'http://localhost:3000').map((one) =>
      origin('origin', one),
    );
    const store = oneOf('store', textOf(given, 'store') ?? 'sqlite', STORES);
    const sitekey = textOf(given, 'sitekey') ?? `site-${randomBytes(6).toString('hex')}`;
    if (!/^[A-Za-z0-9_-]{1,64}$/.test(sitekey))
      throw new UsageError(`--sitekey expects 1 to 64 of the characters A-Z a-z 0-9 _ -; got "${sitekey}".`);
    const secret = randomBytes(36).toString('base64url');

    const texts = {
      [ENV]: envFile({ sitekey, secret, origins, store }),
      [FORM]: form(url, sitekey),
      [SERVER]: server(url),
    };
    writeAll(out, texts);
    const files = Object.keys(texts).map((name) => join(out, name));
    answer(tools, given, { files, sitekey, profile: 'standard', store }, [
      `Wrote ${files.join(', ')}.`,
      '',
      `1. Start the service: set -a; . ${join(out, ENV)}; set +a; npx glyphgate serve`,
      `2. Put ${join(out, FORM)} into a page, and CAPTCHA_SECRET (the value of GLYPHGATE_SECRET) into the environment of its server.`,
      `3. ${join(out, SERVER)} shows that server: npm install express glyphgate && node ${join(out, SERVER)}`,
      `Check it all: npx glyphgate doctor, in the same environment. Keep ${ENV} out of version control.`,
    ]);
  },
};

function origin(name: string, text: string): string {
  if (!URL.canParse(text) || new URL(text).origin !== text || text === 'null')
    throw new UsageError(
      `--${name} expects an origin such as https://captcha.example.com (no path, no slash at its end); got "${text}".`,
    );
  return text;
}

interface EnvParts {
  readonly sitekey: string;
  readonly secret: string;
  readonly origins: readonly string[];
  readonly store: StoreName;
}

const envFile = ({
  sitekey,
  secret,
  origins,
  store,
}: EnvParts) => `# The service's configuration; docs/operate.md and the README have every variable. Secret: keep out of version control.
NODE_ENV=production
PORT=8787

# Everything is derived from this one; rotate with: npx glyphgate keys master --rotate
GLYPHGATE_MASTER_KEY=${randomBytes(36).toString('base64url')}

# The site: its public key, and the secret that its back end redeems tokens with.
GLYPHGATE_SITEKEY=${sitekey}
GLYPHGATE_SECRET=${secret}
GLYPHGATE_ORIGINS=${origins.join(',')}

# standard: strong text, or three scene questions in a row; a blind guess passes at most 2 %.
GLYPHGATE_PROFILE=standard
GLYPHGATE_LANG=en

GLYPHGATE_STORE=${store}
${STORE_LINES[store].join('\n')}
`;

const form = (url: string, sitekey: string) => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>Sign up</title>
    <script src="${url}/api.js" async></script>
  </head>
  <body>
    <form method="post" action="/sign-up">
      <label>Name <input name="name" required></label>
      <glyphgate-captcha sitekey="${sitekey}" action="sign-up"></glyphgate-captcha>
      <button>Sign up</button>
    </form>
  </body>
</html>
`;

const server = (
  url: string,
) => `/** A form that only those get through who solved the challenge. CAPTCHA_SECRET: the value of GLYPHGATE_SECRET. */
import express from 'express';
import { protect } from 'glyphgate/express';

const client = { endpoint: process.env.CAPTCHA_URL ?? '${url}', secret: process.env.CAPTCHA_SECRET };
const app = express();

app.get('/', (request, response) => response.sendFile('${FORM}', { root: import.meta.dirname }));
app.post('/sign-up', express.urlencoded({ extended: false }), protect({ client, action: 'sign-up' }), (request, response) => {
  response.json({ welcome: request.body.name });
});

const port = Number(process.env.PORT ?? 3000);
app.listen(port, () => console.log(\`http://localhost:\${port}\`));
`;

/** All or none. */
function writeAll(out: string, texts: Readonly<Record<string, string>>): void {
  orExplain(`cannot make the folder ${out}`, () => mkdirSync(out, { recursive: true }));
  const there = Object.keys(texts).filter((name) => existsSync(join(out, name)));
  if (there.length > 0)
    throw new CliError(
      `${there.map((name) => join(out, name)).join(', ')}: there already, and nothing is overwritten. Choose another folder with --out, or move ${there.length === 1 ? 'it' : 'them'} away.`,
    );
  const written: string[] = [];
  try {
    for (const [name, text] of Object.entries(texts)) {
      const path = join(out, name);
      orExplain(`cannot write ${path}`, () =>
        writeFileSync(path, text, { flag: 'wx', mode: name === ENV ? 0o600 : 0o644 }),
      );
      written.push(path);
    }
  } catch (error) {
    for (const path of written) rmSync(path, { force: true });
    throw error;
  }
}

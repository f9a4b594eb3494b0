/**
 * `glyphgate sites`: the sites document (docs/sites.md) on the command line: add a site, list them, rotate a secret, check it all. A new
 * secret is printed once and kept nowhere; the document has its hash. A document is written whole or not at all, and never a bad one.
 */
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { list } from '../config/fields.ts';
import { PROFILE_NAMES, readSites, type SiteConfig } from '../config/sites.ts';
import { policyFindings } from '../http/assemble-sites.ts';
import { answer } from './answer.ts';
import { oneOf, textOf, wholeNumber } from './arguments.ts';
import { CliError, type Command, type Given, type Tools, UsageError } from './command.ts';
import { orExplain, writeWhole } from './files.ts';

const WHAT = ['add', 'list', 'rotate', 'check'] as const;
const USUAL_FILE = 'sites.json';
const MAX_KEEP_HOURS = 24 * 90;

export const sites: Command = {
  name: 'sites',
  summary: 'add, list and check the sites of a service, and rotate their secrets',
  operands: ['WHAT'],
  options: {
    file: {
      value: 'FILE',
      about: `the sites document; default GLYPHGATE_SITES_FILE, else ${USUAL_FILE}`,
    },
    sitekey: { value: 'KEY', about: 'rotate: whose secret; add: the public key, default a random one' },
    name: { value: 'TEXT', about: 'add: a name for yourself' },
    origin: { value: 'URL', about: 'add: origins of its pages, separated by commas' },
    hostname: { value: 'HOST', about: 'add: further hosts that a verify may come from' },
    profile: { value: 'PROFILE', about: `add: ${PROFILE_NAMES.join(', ')}; default standard` },
    lang: { value: 'LANG', about: 'add: en or zh-CN, where a request asks for none' },
    keep: { value: 'HOURS', about: 'rotate: how long the old secret still works; default 24' },
  },
  notes: [
    'WHAT is one of: add, a new site; list, what there is; rotate, a new secret beside the old one, which ends after --keep hours; check, everything that would stop a service from starting, and what is weak.',
    'add and rotate print the new secret once: it is kept nowhere. list and check also read a document in GLYPHGATE_SITES. A running service reads the document when it starts.',
  ],
  examples: [
    'glyphgate sites add --origin https://www.example.com',
    'glyphgate sites rotate --sitekey shop --keep 48',
    'glyphgate sites check --file sites.json',
  ],
  run: async (given, tools) => WORK[oneOfWords(textOf(given, 'WHAT')!)](given, tools),
};

function oneOfWords(word: string): (typeof WHAT)[number] {
  const found = WHAT.find((each) => each === word);
  if (!found) throw new UsageError(`WHAT expects one of ${WHAT.join(', ')}; got "${word}".`);
  return found;
}

interface Document {
  sites: { sitekey: string; secrets: { sha256: string; until?: string }[]; [field: string]: unknown }[];
  [field: string]: unknown;
}

const WORK: Readonly<Record<(typeof WHAT)[number], (given: Given, tools: Tools) => Promise<void>>> = {
  async add(given, tools) {
    const file = fileOf(given, tools);
    const document = existsSync(file) ? readDocument(file) : { sites: [] };
    const sitekey = textOf(given, 'sitekey') ?? `site-${randomBytes(6).toString('hex')}`;
    const { secret, sha256 } = newSecret();
    const name = textOf(given, 'name');
    const lang = textOf(given, 'lang');
    document.sites.push({
      sitekey,
      ...(name !== undefined && { name }),
      secrets: [{ sha256 }],
      origins: list(textOf(given, 'origin') ?? ''),
      ...(given.hostname !== undefined && { hostnames: list(textOf(given, 'hostname')!) }),
      ...(lang !== undefined && { lang }),
      policy: oneOf('profile', textOf(given, 'profile') ?? 'standard', PROFILE_NAMES),
    });
    writeDocument(file, document);
    answer(tools, given, { file, sitekey, secret }, [
      `sitekey  ${sitekey}`,
      `secret   ${secret}`,
      `Written to ${file}. The secret is shown this once: give it to the server of the site.`,
    ]);
  },

  async list(given, tools) {
    const { sites: all } = readChecked(given, tools);
    const facts = all.map((site) => ({
      sitekey: site.key,
      ...(site.name !== undefined && { name: site.name }),
      policy: site.policy.kinds ? { ...site.policy } : site.policy.profile,
      origins: site.origins,
      hostnames: site.hostnames,
      secrets: site.secrets.map(({ sha256, until }) => ({
        sha256: `${sha256.slice(0, 8)}…`,
        ...(until !== undefined && { until: new Date(until).toISOString(), ended: until <= Date.now() }),
      })),
    }));
    answer(
      tools,
      given,
      { sites: facts },
      facts.map(({ sitekey, name, policy, origins, secrets }) =>
        [
          sitekey.padEnd(24),
          (typeof policy === 'string' ? policy : `${policy.profile}, own kinds`).padEnd(20),
          secrets
            .map(({ sha256, until, ended }) =>
              until ? `${sha256} ${ended ? 'ended' : 'until'} ${until}` : sha256,
            )
            .join(', '),
          origins.join(' '),
          name ?? '',
        ]
          .join('  ')
          .trimEnd(),
      ),
    );
  },

  async rotate(given, tools) {
    const sitekey = textOf(given, 'sitekey');
    if (sitekey === undefined) throw new UsageError('--sitekey is missing: expected the key of a site.');
    const hours = wholeNumber('keep', textOf(given, 'keep') ?? '24', 0, MAX_KEEP_HOURS);
    const file = fileOf(given, tools);
    const document = readDocument(file);
    const site = document.sites.find((each) => each.sitekey === sitekey);
    if (!site)
      throw new CliError(
        `${file} has no site "${sitekey}"; expected one of ${document.sites.map((each) => each.sitekey).join(', ')}.`,
      );
    const { secret, sha256 } = newSecret();
    const now = Date.now();
    const until = new Date(now + hours * 3_600_000).toISOString();
    // One that ends sooner keeps its time; one that has ended goes.
    const old = site.secrets
      .map((each) => ({
        ...each,
        until: each.until !== undefined && each.until < until ? each.until : until,
      }))
      .filter((each) => Date.parse(each.until) > now);
    site.secrets = [{ sha256 }, ...old];
    writeDocument(file, document);
    answer(tools, given, { file, sitekey, secret, old_until: old.length > 0 ? until : null }, [
      `sitekey  ${sitekey}`,
      `secret   ${secret}`,
      old.length > 0
        ? `Written to ${file}. The old secret works until ${until}: restart the service, then replace it in the site's server.`
        : `Written to ${file}. The old secret is gone: restart the service and replace it in the site's server at once.`,
    ]);
  },

  async check(given, tools) {
    const { where, sites: all, problems } = read(given, tools);
    const findings = [
      ...problems.map((text) => ({ level: 'error', text })),
      ...(problems.length === 0 ? policyFindings(all, await tools.loadKinds()) : []),
      ...all.flatMap(openHosts),
    ];
    const wrong = findings.filter(({ level }) => level === 'error').length;
    answer(tools, given, { ok: wrong === 0, document: where, sites: all.length, findings }, [
      ...findings.map(({ level, text }) => `${level.padEnd(5)}  ${text}`),
      ...(wrong === 0 ? [`ok     ${where}: ${all.length} ${all.length === 1 ? 'site' : 'sites'}`] : []),
    ]);
    if (wrong > 0) throw new CliError(`${wrong} ${wrong === 1 ? 'problem' : 'problems'} in ${where}.`);
  },
};

const openHosts = ({ key, origins, hostnames }: SiteConfig) =>
  origins.length + hostnames.length === 0
    ? [{ level: 'warn', text: `${key}: neither origins nor hostnames: a verify may come from any page` }]
    : [];

const newSecret = () => {
  const secret = randomBytes(36).toString('base64url');
  return { secret, sha256: createHash('sha256').update(secret).digest('hex') };
};

const fileOf = (given: Given, { environment }: Tools) =>
  textOf(given, 'file') ?? (environment.GLYPHGATE_SITES_FILE || USUAL_FILE);

/** Of the file, or of the variable where no file is named. */
function read(given: Given, tools: Tools) {
  const inline = tools.environment.GLYPHGATE_SITES;
  if (inline && given.file === undefined) return { where: 'GLYPHGATE_SITES', ...readSites(inline) };
  const file = fileOf(given, tools);
  return { where: file, ...readSites(readText(file)) };
}

function readChecked(given: Given, tools: Tools) {
  const found = read(given, tools);
  if (found.problems.length > 0)
    throw new CliError(`${found.where} is no sites document:\n  ${found.problems.join('\n  ')}`);
  return found;
}

/** As it is written, to be changed: only after it was found right. */
function readDocument(file: string): Document {
  const text = readText(file);
  refuseBad(file, text);
  return JSON.parse(text) as Document;
}

function writeDocument(file: string, document: Document): void {
  const text = `${JSON.stringify(document, null, 2)}\n`;
  refuseBad(file, text);
  orExplain(`cannot write ${file}`, () => writeWhole(file, text));
}

function refuseBad(file: string, text: string): void {
  const { problems } = readSites(text);
  if (problems.length > 0) throw new CliError(`${file}: nothing was written:\n  ${problems.join('\n  ')}`);
}

const readText = (file: string) => orExplain(`cannot read ${file}`, () => readFileSync(file, 'utf8'));

/**
 * Which room may open which door (docs: dependency-cruiser). A room may import only what its line names, and itself;
 * everything that is not named is forbidden. TypeScript 7 has no compiler API yet, so swc reads the sources:
 * it sees `import type` too, therefore a type counts like a value.
 */
const base = ['util', 'errors', 'config'];
const rooms = {
  util: [],
  errors: ['util'],
  config: ['util', 'errors'],
  store: base,
  token: base,
  render: base,
  audio: base,
  site: base,
  observe: base,
  'rate-limit': [...base, 'store', 'site', 'observe'],
  challenge: [...base, 'render', 'audio', 'site'],
  // The only place where stores, kinds and tokens meet; http and functions see them through it and may name them.
  service: [...base, 'store', 'token', 'render', 'audio', 'site', 'observe', 'rate-limit', 'challenge'],
  http: [
    ...base,
    'store',
    'token',
    'render',
    'audio',
    'site',
    'observe',
    'rate-limit',
    'challenge',
    'service',
  ],
  // The shapes on the wire, nothing else: these two run on other people's machines.
  client: ['util', 'http/schemas'],
  widget: ['util', 'http/schemas'],
  cli: [
    ...base,
    'store',
    'token',
    'render',
    'audio',
    'site',
    'observe',
    'rate-limit',
    'challenge',
    'service',
    'http',
    'client',
  ],
};

/** Matches `lib/NAME.ts` and everything below `lib/NAME/`. */
const inside = (names) => `^lib/(${names.join('|')})(/|\\.ts$)`;

const roomRules = Object.entries(rooms).map(([room, mayImport]) => ({
  name: `room-${room}`,
  comment: `lib/${room} may import ${mayImport.join(', ') || 'nothing'} and itself.`,
  severity: 'error',
  from: { path: inside([room]) },
  to: { path: '^lib/', pathNot: inside([room, ...mayImport]) },
}));

const error = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...roomRules,
    error(
      'known-room',
      'A new room in lib gets a line in the table above first.',
      { path: '^lib/', pathNot: inside(Object.keys(rooms)) },
      {},
    ),
    error(
      'portable-lib',
      'node:* only in lib/cli and the stores that need a file or a socket; the rest of lib runs wherever the Web standards do.',
      { path: '^lib/', pathNot: '^lib/(cli/|store/(sqlite|memcached|dynamodb-direct|aws-signature))' },
      { dependencyTypes: ['core'] },
    ),
    error(
      'lib-on-its-own',
      'lib imports nothing that is built on it.',
      { path: '^lib/' },
      { path: '^(functions|infra|test)/' },
    ),
    error('doors-only', 'functions imports lib only.', { path: '^functions/' }, { path: '^(infra|test)/' }),
    error(
      'infra-apart',
      'infra imports no lib code; its build scripts may.',
      { path: '^infra/', pathNot: '^infra/build/' },
      { path: '^(lib|functions|test)/' },
    ),
    error(
      'no-test-in-build',
      'A build does not need the tests.',
      { path: '^infra/build/' },
      { path: '^test/' },
    ),
    error(
      'demo-apart',
      'The demo is a page like a customer would write: it knows the HTTP contract only.',
      { path: '^lib/http/demo/' },
      { path: '.', pathNot: '^lib/http/demo/' },
    ),
    error(
      'no-cycle',
      'Two modules that need each other are one module, or lack a third.',
      {},
      { circular: true },
    ),
    error(
      'shipped-dependencies',
      'What runs in production stands in "dependencies".',
      { path: '^(lib|functions)/' },
      // Only types.
      { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], pathNot: '/@cloudflare/workers-types/' },
    ),
    error(
      'resolvable',
      'Every import leads somewhere; `cloudflare:` is workerd’s own.',
      {},
      { couldNotResolve: true, pathNot: '^cloudflare:' },
    ),
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    exclude: {
      path: '^(lib/(render|audio)/kernel/|test/bench/node_modules/|test/compat/node_modules/|infra/build/node_modules/)',
    },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'default'] },
  },
};

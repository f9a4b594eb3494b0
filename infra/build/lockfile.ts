/**
 * Completes package-lock.json with the optional packages of other platforms that npm left out. npm does so when the registry it
 * asked does not hold them; `npm ci` then refuses the lockfile ("Missing: … from lock file"). Run after every change of packages:
 * `npm run build:lockfile`. An entry without `integrity` is one that was added here; npm fills it in where the registry has it.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

interface Entry {
  version?: string;
  optionalDependencies?: Record<string, string>;
  dev?: boolean;
  optional?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
}
export interface Lockfile {
  packages: Record<string, Entry>;
}

const SYSTEMS = [
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
];
const PROCESSORS = ['arm64', 'arm', 'x64', 'ia32', 'ppc64', 'riscv64', 's390x', 'loong64', 'mips64el'];
const LIBRARIES = { gnu: 'glibc', gnueabihf: 'glibc', musl: 'musl', musleabihf: 'musl' } as const;

/** Optional packages that some package names and the lockfile lacks, as [place, entry]. */
export function missingEntries({ packages }: Lockfile): [place: string, entry: Entry][] {
  return Object.entries(packages).flatMap(([parent, { optionalDependencies = {}, dev }]) =>
    Object.entries(optionalDependencies)
      .filter(([name, version]) => !holds(packages, parent, name, version))
      .map(([name, version]): [string, Entry] => [
        // Beside its parent where another version already has the outer place.
        `node_modules/${name}` in packages ? `${parent}/node_modules/${name}` : `node_modules/${name}`,
        { version, ...platform(name), ...(dev && { dev }), optional: true },
      ]),
  );
}

/** Node's own search: the parent's node_modules, then outwards. Platform packages are asked for by exact version; a range takes any. */
function holds(packages: Lockfile['packages'], parent: string, name: string, version: string): boolean {
  const found = packages[`${parent}/node_modules/${name}`];
  if (found) return fits(found, version);
  const outer = parent.lastIndexOf('/node_modules/');
  if (outer > 0) return holds(packages, parent.slice(0, outer), name, version);
  return fits(packages[`node_modules/${name}`], version);
}

const fits = (entry: Entry | undefined, version: string): boolean =>
  entry !== undefined && (!/^\d/.test(version) || entry.version === version);

/** Says by its name where a platform package belongs, so that npm passes it by elsewhere. */
function platform(name: string): Pick<Entry, 'os' | 'cpu' | 'libc'> {
  const words = name.replace('windows', 'win32').replace('linuxmusl', 'linux-musl').split(/[/-]/);
  const os = SYSTEMS.find((system) => words.includes(system));
  const cpu = words.at(-1) === '64' ? 'x64' : PROCESSORS.find((processor) => words.includes(processor));
  const libc = Object.entries(LIBRARIES).find(([word]) => words.includes(word))?.[1];
  if (!os || !cpu) throw new Error(`${name}: cannot tell its platform from its name`);
  return { os: [os], cpu: [cpu], ...(libc && os === 'linux' && { libc: [libc] }) };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const lockfile: Lockfile = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  const missing = missingEntries(lockfile);
  const entries = Object.entries({ ...lockfile.packages, ...Object.fromEntries(missing) });
  lockfile.packages = Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync('package-lock.json', `${JSON.stringify(lockfile, null, 2)}\n`);
  console.log(`${missing.length} packages of other platforms added to package-lock.json`);
}

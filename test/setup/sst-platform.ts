/**
 * Lays `.sst/platform`: the components of SST and the types of its providers, which sst.config.ts is checked and evaluated against.
 * SST's own installer does it from the npm registry and nothing else; its switches keep it from fetching programs that only a deployment
 * needs. Half a minute once, then not again until a version changes. Run by itself: `node test/setup/sst-platform.ts`.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { PROVIDERS } from '../../infra/settings.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const platform = join(root, '.sst/platform');
const mark = join(root, '.sst/laid-for.json');

export function laySstPlatform(): string {
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules/sst/package.json'), 'utf8'));
  const wanted = JSON.stringify({ sst: version, ...PROVIDERS });
  if (existsSync(join(platform, 'config.d.ts')) && existsSync(mark) && readFileSync(mark, 'utf8') === wanted)
    return `SST ${version} is laid`;
  rmSync(join(root, '.sst'), { recursive: true, force: true });
  const { status, error, stdout, stderr } = spawnSync(
    join(root, 'node_modules/.bin/sst'),
    ['install', '--stage', 'both'],
    {
      cwd: root,
      encoding: 'utf8',
      timeout: 300_000,
      env: {
        ...process.env,
        SST_SKIP_DEPENDENCY_CHECK: '1',
        SST_NO_BUN: '1',
        SST_TELEMETRY_DISABLED: '1',
        XDG_CONFIG_HOME: join(root, '.cache'),
      },
    },
  );
  if (status !== 0)
    throw new Error(
      `"sst install" ended with ${error ?? status}; it needs the npm registry:\n${stdout}${stderr}`,
    );
  writeFileSync(mark, wanted);
  return `SST ${version} was laid`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) console.log(laySstPlatform());

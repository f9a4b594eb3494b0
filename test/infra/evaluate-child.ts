/**
 * Runs the real sst.config.ts as `sst deploy` does, but with Pulumi's mocks for the clouds: bundles it as SST does, answers what SST's command
 * would be asked for, and prints every resource that the program registered. One evaluation a process, for Pulumi keeps its state globally.
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { BuildOptions, Plugin } from 'esbuild';
import { build } from 'esbuild';
import type { Evaluation, Registered } from './evaluate.ts';

const root = fileURLToPath(new URL('../../', import.meta.url)).replace(/\/$/, '');
const platform = join(root, '.sst/platform');
const config = join(root, 'sst.config.ts');
// biome-ignore lint/suspicious/noExplicitAny: Pulumi's own, whose types are only there once SST is laid
const pulumi: any = createRequire(join(platform, 'package.json'))('@pulumi/pulumi');
const stage = process.argv[2]!;
const work = join(root, '.cache/sst-evaluate', String(process.pid));
mkdirSync(work, { recursive: true });

/** What SST's command answers to the program that it runs. */
const command = createServer(async (request, reply) => {
  let text = '';
  for await (const piece of request.setEncoding('utf8')) text += piece;
  const { method, params } = JSON.parse(text || '{}');
  const say = (answer: object) => reply.end(JSON.stringify(answer));
  if (method === 'Provider.Aws.Bootstrap')
    return say({
      result: { asset: 'sst-asset', assetEcrRegistryId: 'r', assetEcrUrl: 'u', state: 'sst-state' },
    });
  if (method !== 'Runtime.Build') return say({ error: `the stand-in knows no ${method}` });
  const { bundle, handler } = params[0];
  // Built by us: SST takes the folder as it is, and the handler must be in it.
  const file = join(bundle, handler.replace(/\.\w+$/, '.mjs'));
  if (!existsSync(file)) return say({ error: `no handler ${file}` });
  say({ result: { handler, out: bundle, errors: [], sourcemaps: [] } });
}).listen(0, '127.0.0.1');
await new Promise((resolve) => command.once('listening', resolve));
process.env.SST_SERVER = `http://127.0.0.1:${(command.address() as AddressInfo).port}`;

const app = await readApp();
const resources: Registered[] = [];
await pulumi.runtime.setMocks({ newResource, call }, app.name, stage, false);
const outputs = await run();
const evaluation: Evaluation = { app, resources, outputs };
process.stdout.write(JSON.stringify(evaluation), () => process.exit(0));

async function readApp(): Promise<Evaluation['app']> {
  const file = await bundled('app', `export { default } from ${JSON.stringify(config)};`, {
    inject: [join(root, 'test/infra/config-global.js')],
  });
  const { default: given } = await import(pathToFileURL(file).href);
  const providers: Record<string, unknown> = {};
  const told = await given.app({ stage });
  for (const [name, value] of Object.entries(told.providers))
    providers[name] = typeof value === 'string' ? { version: value } : value;
  return { ...told, stage, providers };
}

async function run(): Promise<Record<string, unknown>> {
  const cli = {
    command: 'deploy',
    backend: '',
    paths: { home: work, root, work, platform },
    env: {},
    state: { version: {} },
  };
  const contents = `
    import { run } from ${JSON.stringify(join(platform, 'src/auto/run.ts'))};
    import config from ${JSON.stringify(config)};
    export default () => run(config.run);`;
  const file = await bundled('run', contents, {
    define: { $app: JSON.stringify(app), $cli: JSON.stringify(cli), $dev: 'false' },
    inject: [join(platform, 'src/shim/run.js')],
    plugins: [globalsOfOurFiles()],
  });
  const { default: program } = await import(pathToFileURL(file).href);
  const outputs = await pulumi.runtime.runInPulumiStack(program);
  const plain: Record<string, unknown> = await new Promise((resolve) =>
    pulumi.output(outputs).apply((value: Record<string, unknown>) => resolve(value)),
  );
  // Links register a little after the program is done.
  for (let settled = -1; settled !== resources.length; ) {
    settled = resources.length;
    await new Promise((resolve) => setTimeout(resolve, 20));
    await pulumi.runtime.waitForRPCs();
  }
  await pulumi.runtime.disconnect();
  rmSync(work, { recursive: true, force: true });
  return plain;
}

async function bundled(name: string, contents: string, options: BuildOptions): Promise<string> {
  // Inside the platform, whose packages the bundle asks for.
  const outfile = join(platform, `evaluate-${name}-${process.pid}.mjs`);
  process.on('exit', () => rmSync(outfile, { force: true }));
  await build({
    stdin: { contents, resolveDir: root, loader: 'ts' },
    absWorkingDir: root,
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'esnext',
    packages: 'external',
    mainFields: ['module', 'main'],
    keepNames: true,
    banner: {
      js: [
        "import { createRequire as requireFrom } from 'node:module';",
        "import { fileURLToPath as pathOf } from 'node:url';",
        'global.require = requireFrom(import.meta.url);',
        "const __filename = pathOf(import.meta.url), __dirname = pathOf(new URL('.', import.meta.url));",
      ].join('\n'),
    },
    logLevel: 'error',
    ...options,
  });
  return outfile;
}

/** `sst`, `aws` and `cloudflare` are globals in our files only, as SST has it. */
function globalsOfOurFiles(): Plugin {
  return {
    name: 'globals-of-our-files',
    setup: ({ onLoad }) => {
      const lines = [
        ...Object.keys(app.providers).map((name) => `import * as ${name} from '@pulumi/${name}';`),
        `import * as sst from ${JSON.stringify(join(platform, 'src/components/index.ts'))};`,
      ].join(' ');
      onLoad({ filter: /\.ts$/ }, ({ path }) =>
        path.startsWith(root + sep) && !/[\\/](node_modules|\.sst)[\\/]/.test(path)
          ? { contents: lines + readFileSync(path, 'utf8'), loader: 'ts' }
          : undefined,
      );
    },
  };
}

interface Mock {
  readonly type: string;
  readonly name: string;
  // biome-ignore lint/suspicious/noExplicitAny: whatever the resource takes
  readonly inputs: any;
  readonly token: string;
}

/** A resource as the cloud would give it back: what it was given, and what it makes up itself. */
function newResource({ type, name, inputs }: Mock) {
  resources.push({ type, name, inputs });
  const made: Record<string, object> = {
    'random:index/randomBytes:RandomBytes': { base64: Buffer.alloc(32, 7).toString('base64') },
    'random:index/randomId:RandomId': { hex: 'deadbeef', dec: '1' },
    'aws:apigatewayv2/api:Api': {
      apiEndpoint: 'https://abcdef1234.execute-api.us-east-1.amazonaws.com',
      executionArn: 'arn:aws:execute-api:us-east-1:1:api',
    },
  };
  return {
    id: `${name}-id`,
    state: { ...inputs, arn: `arn:mock:${type}:${name}`, name: inputs.name ?? name, ...made[type] },
  };
}

function call({ token, inputs }: Mock) {
  const known: Record<string, object> = {
    'aws:index/getRegion:getRegion': { name: 'us-east-1', region: 'us-east-1', id: 'us-east-1' },
    'aws:index/getPartition:getPartition': { partition: 'aws', dnsSuffix: 'amazonaws.com' },
    'aws:index/getCallerIdentity:getCallerIdentity': { accountId: '111111111111', arn: 'arn', userId: 'u' },
    'aws:iam/getPolicyDocument:getPolicyDocument': {
      ...inputs,
      json: JSON.stringify(inputs.statements ?? []),
    },
  };
  return known[token] ?? inputs;
}

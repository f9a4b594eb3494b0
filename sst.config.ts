/// <reference path="./.sst/platform/config.d.ts" />
/** `npx sst deploy --stage NAME`: to AWS, to Cloudflare or to both. infra/settings.ts says what decides; docs/deploy-aws.md how to start. */
export default $config({
  async app({ stage }) {
    const { cloudsOf, PROVIDERS } = await import('./infra/settings.ts');
    const clouds = cloudsOf(stage, process.env);
    return {
      name: 'glyphgate',
      home: clouds.includes('aws') ? 'aws' : 'cloudflare',
      removal: stage === 'production' ? 'retain' : 'remove',
      protect: stage === 'production',
      providers: Object.fromEntries(clouds.map((cloud) => [cloud, PROVIDERS[cloud]])),
    };
  },
  async run() {
    const { deploy } = await import('./infra/deploy.ts');
    return deploy($app.stage, process.env);
  },
});

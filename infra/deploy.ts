/** One deployment: what it is made of on each cloud, and what to do next. */
import { deployAws } from './aws/stage.ts';
import { deployCloudflare } from './cloudflare/stage.ts';
import { type Environment, readSettings } from './settings.ts';

export function deploy(stage: string, environment: Environment) {
  const settings = readSettings(stage, environment);
  // Kept by `sst secret set`; a deployment without them stops and says so.
  const secrets = {
    masterKey: new sst.Secret('MasterKey').value,
    siteSecret: new sst.Secret('SiteSecret').value,
    // Only where tokens are signed with a private key. SST hands a secret that is set to the program like this.
    signingKey: environment.SST_SECRET_SigningKey ? new sst.Secret('SigningKey').value : undefined,
  };
  const endpoints = {
    ...(settings.clouds.includes('aws') && { aws: deployAws(settings, secrets) }),
    ...(settings.clouds.includes('cloudflare') && {
      cloudflare: deployCloudflare(settings, secrets),
    }),
  };
  const [first] = Object.values(endpoints);
  return {
    ...endpoints,
    widget: $interpolate`${first}/api.js`,
    next: $interpolate`npx glyphgate verify-deploy ${first}${settings.basePath === '/api' ? '' : ` --base-path ${settings.basePath}`}`,
  };
}

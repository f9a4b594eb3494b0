/** Which function answers which path of the HTTP API. Every method goes through, so that a wrong one is told which is right. */
export const FUNCTIONS = ['generate', 'verify', 'health'] as const;
export type FunctionName = (typeof FUNCTIONS)[number];

/** `basePath`: the service's own, such as /api. What no other names is `generate`'s. */
export const routes = (basePath: string): Readonly<Record<string, FunctionName>> => ({
  $default: 'generate',
  [`ANY ${basePath}/captcha/verify`]: 'verify',
  [`ANY ${basePath}/captcha/siteverify`]: 'verify',
  'ANY /.well-known/jwks.json': 'verify',
  [`ANY ${basePath}/health`]: 'health',
});

/** As the parts of a deployment are named. */
export const capital = (name: string): string => `${name[0]!.toUpperCase()}${name.slice(1)}`;

/**
 * Clients of hosted services as their users write them, with nothing changed but the URL: each is set up once and then asked whether a
 * token passes. What it checks of the reply stands in its own source; here only its answer counts.
 */
// biome-ignore-all lint/suspicious/noExplicitAny: these packages are installed on first use, so their types are not at hand
export const load = (name: string): Promise<any> => import(name);

/** What ends with the tests. */
export const closers: (() => unknown)[] = [];

export interface CompatClient {
  readonly name: string;
  /** `url`: of siteverify. Gives what to call with a token; undefined: a form without one. */
  start(url: string, secret: string): Promise<(token: string | undefined) => Promise<boolean>>;
}

/** An auth framework with a captcha in front of sign-up; it speaks to three services in the ways of each. */
const betterAuth = (provider: 'cloudflare-turnstile' | 'google-recaptcha' | 'hcaptcha'): CompatClient => ({
  name: `better-auth as ${provider}`,
  async start(url, secretKey) {
    const [{ betterAuth: create }, { captcha }, { memoryAdapter }] = await Promise.all([
      load('better-auth'),
      load('better-auth/plugins'),
      load('better-auth/adapters/memory'),
    ]);
    const auth = create({
      baseURL: 'http://localhost',
      secret: 'a secret of the auth framework itself',
      database: memoryAdapter({ user: [], session: [], account: [], verification: [] }),
      emailAndPassword: { enabled: true },
      rateLimit: { enabled: false },
      telemetry: { enabled: false },
      logger: { disabled: true },
      plugins: [captcha({ provider, secretKey, siteVerifyURLOverride: url })],
    });
    let users = 0;
    return async (token) => {
      const request = new Request('http://localhost/api/auth/sign-up/email', {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          Origin: 'http://localhost',
          'X-Forwarded-For': '192.0.2.7',
          ...(token !== undefined && { 'X-Captcha-Response': token }),
        },
        body: JSON.stringify({
          name: 'Ada',
          email: `ada${users++}@example.com`,
          password: 'a long password',
        }),
      });
      const { status } = await auth.handler(request);
      if (![200, 400, 403, 500].includes(status)) throw new Error(`sign-up answered ${status}`);
      return status === 200;
    };
  },
});

/** A guard of Nest's, in front of a route of a real application. */
const nest: CompatClient = {
  name: '@nestlab/google-recaptcha',
  async start(url, secretKey) {
    await load('reflect-metadata');
    const [common, { NestFactory }, recaptcha] = await Promise.all([
      load('@nestjs/common'),
      load('@nestjs/core'),
      load('@nestlab/google-recaptcha'),
    ]);
    class Forms {
      send() {
        return { sent: true };
      }
    }
    const send = Object.getOwnPropertyDescriptor(Forms.prototype, 'send');
    common.Controller()(Forms);
    common.Post('send')(Forms.prototype, 'send', send);
    common.UseGuards(recaptcha.GoogleRecaptchaGuard)(Forms.prototype, 'send', send);
    class App {}
    common.Module({
      controllers: [Forms],
      imports: [
        recaptcha.GoogleRecaptchaModule.forRoot({
          secretKey,
          network: url,
          response: (request: { headers: Record<string, string> }) => request.headers.recaptcha,
        }),
      ],
    })(App);
    const app = await NestFactory.create(App, { logger: false });
    await app.listen(0);
    const address = `http://localhost:${app.getHttpServer().address().port}/send`;
    closers.push(() => app.close());
    return async (token) => {
      const headers: Record<string, string> = token === undefined ? {} : { recaptcha: token };
      return (await fetch(address, { method: 'POST', headers })).ok;
    };
  },
};

const googleRecaptcha: CompatClient = {
  name: 'google-recaptcha',
  async start(apiUrl, secret) {
    const { default: GoogleRecaptcha } = await load('google-recaptcha');
    const client = new GoogleRecaptcha({ secret, apiUrl });
    return (response) =>
      new Promise((resolve) =>
        client.verify(
          { response, remoteIp: '192.0.2.7' },
          (error: Error | null, body: { success: boolean }) => resolve(error === null && body.success),
        ),
      );
  },
};

const recaptcha2: CompatClient = {
  name: 'recaptcha2',
  async start(url, secretKey) {
    const { default: Recaptcha2 } = await load('recaptcha2');
    const client = new Recaptcha2({ siteKey: 'any', secretKey });
    client.apiEndpoint = url;
    return (token) =>
      client.validateRequest({ body: { 'g-recaptcha-response': token } }, '192.0.2.7').then(
        () => true,
        () => false,
      );
  },
};

export const CLIENTS: readonly CompatClient[] = [
  betterAuth('cloudflare-turnstile'),
  betterAuth('google-recaptcha'),
  betterAuth('hcaptcha'),
  nest,
  googleRecaptcha,
  recaptcha2,
];

/**
 * The demo's own back end, mounted in development only: what its pages may choose from, samples for the gallery, and a stand-in for a
 * protected site's server, which knows the secret. The pages themselves are static files in demo/.
 */
import type { Hono } from 'hono';
import * as v from 'valibot';
import {
  ALPHABETS,
  type ChallengeSpec,
  DIFFICULTIES,
  type Difficulty,
  FORMATS,
  type Format,
  KINDS,
  type KindName,
  PICTURE_LANGUAGES,
} from '../challenge/challenge.ts';
import type { Kinds } from '../challenge/choose.ts';
import type { Config } from '../config.ts';
import type { CaptchaService } from '../service/contract.ts';
import { PROFILES } from '../site/policy.ts';
import { readFields } from './body.ts';
import type { CookieJar } from './cookie.ts';
import { invalid, ProblemError } from './problem.ts';
import { parse } from './schemas.ts';

export interface DemoParts {
  readonly config: Config;
  readonly service: CaptchaService;
  readonly kinds: Kinds;
  readonly cookies: CookieJar;
}

const sampleQuery = v.object({
  kind: v.picklist(KINDS, KINDS.join(', ')),
  preset: v.optional(v.string()),
  difficulty: v.optional(v.pipe(v.picklist(['1', '2', '3'], '1, 2, 3'), v.transform(Number)), '2'),
  lang: v.optional(v.picklist(PICTURE_LANGUAGES, PICTURE_LANGUAGES.join(', ')), 'en'),
  alphabet: v.optional(v.picklist(ALPHABETS, ALPHABETS.join(', '))),
  format: v.optional(v.picklist(FORMATS, FORMATS.join(', '))),
  n: v.optional(v.pipe(v.string(), v.regex(/^\d{1,12}$/, 'a whole number')), '0'),
});

/** Whom the demo's own calls count for. */
const SUBJECT = { address: '127.0.0.1' };

export function mountDemo<E extends object>(app: Hono<E>, parts: DemoParts): void {
  const { config, service, kinds } = parts;

  app.get('/demo/config.json', (context) =>
    context.json({
      profiles: PROFILES,
      profile: config.profile,
      kinds: Object.values(kinds).map(({ name, presets }) => ({ name, presets, difficulties: DIFFICULTIES })),
      languages: PICTURE_LANGUAGES,
      sitekey: config.siteKey,
      ttl: config.ttlSeconds,
    }),
  );

  app.get('/demo/sample', async (context) => {
    const { n, kind: name, preset: asked, ...query } = parse(sampleQuery, context.req.query());
    const kind = kinds[name as KindName]!;
    const preset = asked === undefined ? kind.presets[0] : kind.presets.find((each) => each.name === asked);
    if (!preset) throw new ProblemError(invalid('preset', kind.presets.map((each) => each.name).join(', ')));
    const alphabet = query.alphabet ?? preset.alphabets[0];
    const spec: ChallengeSpec<Format> = {
      seed: `gallery ${n}`,
      preset: preset.name,
      difficulty: query.difficulty as Difficulty,
      lang: query.lang,
      format: query.format ?? preset.formats[0]!,
      ...(alphabet !== undefined && { alphabet }),
    };
    await kind.ready?.(spec.format);
    const puzzle = kind.generate(spec);
    const picture = puzzle.picture();
    context.header('Content-Type', picture.mediaType);
    context.header('X-Answer', encodeURIComponent(puzzle.answer));
    context.header('X-Note', encodeURIComponent(puzzle.note));
    return context.body(picture.bytes);
  });

  app.post('/demo/redeem', async (context) => {
    const { token } = parse(
      v.object({ token: v.string('the token of a verify') }),
      await readFields(context),
    );
    return context.json(await service.siteverify({ secret: config.secrets[0]!, response: token }));
  });

  if (config.demoAnswers)
    app.get('/demo/answer', async (context) => {
      const issued = await service.recall(context.req.query('captcha_id') ?? '', SUBJECT);
      if (!issued.ok) return context.json({ answer: null }, 404);
      const { answer, point } = issued.puzzle;
      return context.json({ answer, ...(point && { point }) });
    });

  app.post('/noscript', async (context) => {
    const form = parse(
      v.object({ answer: v.string('text'), form: v.string('text') }),
      await readFields(context),
    );
    const id = parts.cookies.read(context, form.form);
    const verdict =
      id === undefined ? undefined : await service.verify({ id, answer: form.answer, hostname: '' }, SUBJECT);
    const token = verdict?.ok && verdict.verified ? verdict.token : undefined;
    const redeemed =
      token !== undefined &&
      (await service.siteverify({ secret: config.secrets[0]!, response: token })).success;
    return context.html(resultPage(redeemed), redeemed ? 200 : 422);
  });
}

function resultPage(passed: boolean): string {
  const [title, text] = passed
    ? [
        'Passed · 验证通过',
        'The answer was right, and the server redeemed the token. 答案正确,服务器已核销令牌。',
      ]
    : [
        'Not passed · 未通过',
        'The answer was wrong, too late, or used already. 答案错误、已过期或已被使用。',
      ];
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>Glyphgate — ${title}</title>
    <link rel="icon" href="/demo/icon.svg" type="image/svg+xml">
    <link rel="stylesheet" href="/demo/demo.css">
  </head>
  <body>
    <header class="bar">
      <a class="brand" href="/"><img src="/demo/icon.svg" alt="" width="32" height="32">Glyphgate</a>
      <nav><a href="/">Demo</a> <a href="/gallery">Gallery</a> <a href="/noscript" aria-current="page">Without script</a></nav>
    </header>
    <main id="main" class="narrow">
      <h1 id="result" data-passed="${passed}">${title}</h1>
      <p>${text}</p>
      <p><a href="/noscript">Try another · 再来一次</a></p>
    </main>
  </body>
</html>
`;
}

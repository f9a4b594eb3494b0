/** The checks that need an answer or a secret: a token is earned, by the right answer or a guess that may pass, and redeemed once. */
import {
  ATTEMPT,
  type Deployment,
  expect,
  generate,
  hasCode,
  NotTried,
  said,
  siteverify,
  verify,
} from './deployment-kit.ts';

/** Of a scene's four letters one is right: so many guesses fail together once in a hundred runs. */
const GUESSES = 16;

export async function secretIsKnown(deployment: Deployment): Promise<string> {
  const wrong = await siteverify(deployment, { secret: 'not-the-secret-of-any-site', response: 'x' });
  expect(
    hasCode(wrong, 'invalid-input-secret'),
    'invalid-input-secret for a wrong one',
    said(wrong.status, wrong.body),
  );
  if (!deployment.secret)
    throw new NotTried('a wrong secret is refused; set GLYPHGATE_SECRET to try the right one');
  const right = await siteverify(deployment, { secret: deployment.secret, response: 'x' });
  expect(
    hasCode(right, 'invalid-input-response'),
    'GLYPHGATE_SECRET to be known there',
    said(right.status, right.body),
  );
  return 'a wrong one is refused, GLYPHGATE_SECRET is known';
}

export async function solved(deployment: Deployment): Promise<string> {
  const { token, how } = await earn(deployment);
  const { secret } = deployment;
  if (!secret) throw new NotTried(`${how} earned a token; set GLYPHGATE_SECRET to redeem it`);
  const redeem = (idempotency_key: string) =>
    siteverify(deployment, { secret, response: token, idempotency_key });
  const [one, two] = [ATTEMPT(), ATTEMPT()];
  const first = await redeem(one);
  expect(first.body.success === true, 'the token to be redeemed', said(first.status, first.body));
  const repeated = await redeem(one);
  expect(
    repeated.body.success === true,
    'the same answer for the same idempotency key',
    said(repeated.status, repeated.body),
  );
  const second = await redeem(two);
  expect(
    hasCode(second, 'timeout-or-duplicate'),
    'timeout-or-duplicate for a second redemption',
    said(second.status, second.body),
  );
  return `${how} earned a token (${first.body.kind}, a blind guess passes ${first.body.guess}); it was redeemed once`;
}

async function earn(deployment: Deployment): Promise<{ token: string; how: string }> {
  const { answerOf } = deployment;
  const tries = answerOf ? 1 : GUESSES;
  for (let i = 1; i <= tries; i++) {
    const { status, body: challenge } = await generate(deployment, answerOf ? '' : 'kind=scene&difficulty=1');
    if (status === 400)
      throw new NotTried('no guess can pass here; --insider reads the right answer from the store');
    expect(status === 200, 'a challenge', said(status, challenge));
    const answer = answerOf ? await answerOf(challenge.captcha_id) : 'A';
    if (answer === undefined)
      throw new Error(
        'expected the challenge in the store that this environment names, under its key; it is not there',
      );
    const { body } = await verify(deployment, { captcha_id: challenge.captcha_id, answer });
    if (body.token)
      return { token: body.token, how: answerOf ? 'the right answer' : `guess ${i} of ${GUESSES}` };
    if (body.next) {
      if (!answerOf)
        throw new NotTried(
          'several rounds in a row, where no guess gets far; --insider reads the right answers',
        );
      return earnRounds(deployment, body.next.chain);
    }
  }
  if (answerOf) throw new Error('expected the right answer to be taken; it was not');
  throw new NotTried(`none of ${GUESSES} guesses was right, which happens once in a hundred runs`);
}

async function earnRounds(deployment: Deployment, chain: string): Promise<{ token: string; how: string }> {
  let ticket = chain;
  for (let round = 2; round <= 9; round++) {
    const { body: challenge } = await deployment.wire.ask(
      `/captcha/generate?chain=${encodeURIComponent(ticket)}`,
    );
    const answer = await deployment.answerOf!(challenge.captcha_id);
    const { status, body } = await verify(deployment, { captcha_id: challenge.captcha_id, answer });
    if (body.token) return { token: body.token, how: `${round} rounds of right answers` };
    expect(body.next !== undefined, 'the next round or a token', said(status, body));
    ticket = body.next.chain;
  }
  throw new Error('expected a token after at most nine rounds');
}

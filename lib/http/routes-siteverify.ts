/**
 * The redeeming call, in the shape that hosted services made standard. It has its own way of saying no: never the error envelope,
 * always `success: false` with `error-codes`.
 */
import { StoreError } from '../errors.ts';
import { describeError } from '../observe/log.ts';
import type { Redemption } from '../service/contract.ts';
import { failure } from '../service/siteverify.ts';
import { type Fields, readFields } from './body.ts';
import { type App, type AppParts, callOf, note, type RequestContext } from './context.ts';
import { limited, ProblemError } from './problem.ts';
import { jsonReply } from './reply.ts';
import { addressOf } from './visitor.ts';

const MAX_RESPONSE = 2048;
const MAX_SECRET = 1024;
const MAX_IDEMPOTENCY_KEY = 128;

export function mountSiteverify(app: App, parts: AppParts): void {
  app.post(`${parts.basePath}/captcha/siteverify`, async (context) => {
    context.get('trace').address = addressOf(parts, context);
    let fields: Fields;
    try {
      fields = await readFields(context);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      note(context, {}, 'bad-request');
      return jsonReply(context, failure('bad-request'), error.problem.status);
    }
    try {
      return answer(context, await redeem(parts, context, fields));
    } catch (error) {
      const store = error instanceof StoreError;
      parts.log({
        level: 'error',
        event: store ? 'store_failed' : 'fault',
        request_id: context.get('requestId'),
        route: 'siteverify',
        error: describeError(error),
      });
      const headers = store ? { 'Retry-After': String(error.retryAfterSeconds) } : {};
      return jsonReply(context, failure('internal-error'), store ? 503 : 500, headers);
    }
  });
}

async function redeem(parts: AppParts, context: RequestContext, fields: Fields): Promise<Redemption> {
  const secret = text(fields, 'secret');
  if (!secret) return failure('missing-input-secret');
  if (secret.length > MAX_SECRET) return failure('invalid-input-secret');
  const response = text(fields, 'response');
  if (!response) return failure('missing-input-response');
  if (response.length > MAX_RESPONSE) return failure('invalid-input-response');
  const idempotencyKey = text(fields, 'idempotency_key');
  if (fields.idempotency_key !== undefined && !validKey(idempotencyKey)) return failure('bad-request');
  return parts.service.siteverify({ secret, response, idempotencyKey }, callOf(context));
}

function answer(context: RequestContext, redemption: Redemption) {
  note(context, {}, redemption.success ? 'redeemed' : redemption['error-codes'][0]);
  if (redemption.success) return jsonReply(context, redemption);
  const { limit, ...body } = redemption;
  return limit ? jsonReply(context, body, 429, limited(limit).headers) : jsonReply(context, body);
}

const text = (fields: Fields, name: string): string | undefined => {
  const value = fields[name];
  return typeof value === 'string' ? value : undefined;
};

const validKey = (key: string | undefined) =>
  key !== undefined && key.length > 0 && key.length <= MAX_IDEMPOTENCY_KEY;

/**
 * Errors of the operator or of the system: thrown, with a stable `code` and a cause.
 * What a visitor gets wrong is never thrown: it is a `Refusal`, a value with a reason (see http/problem.ts for the wire form).
 */
export class GlyphgateError extends Error {
  readonly code: string;
  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'GlyphgateError';
    this.code = code;
  }
}

/** The configuration names something that cannot work; `message` says the variable and what was expected. */
export class ConfigError extends GlyphgateError {
  constructor(message: string, options?: ErrorOptions) {
    super('config_invalid', message, options);
    this.name = 'ConfigError';
  }
}

/** The store cannot be reached, is too slow or is full. Becomes a 503 with `Retry-After`. */
export class StoreError extends GlyphgateError {
  readonly retryAfterSeconds: number;
  constructor(
    code: 'store_unavailable' | 'store_full',
    message: string,
    options?: ErrorOptions & { retryAfterSeconds?: number },
  ) {
    super(code, message, options);
    this.name = 'StoreError';
    this.retryAfterSeconds = options?.retryAfterSeconds ?? 5;
  }
}

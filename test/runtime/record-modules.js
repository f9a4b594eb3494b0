/** `--import` this: what the process loads is written to the file that RECORD_MODULES names. */
import { appendFileSync } from 'node:fs';
import { registerHooks } from 'node:module';

registerHooks({
  load(url, context, next) {
    appendFileSync(process.env.RECORD_MODULES ?? '/dev/null', `${url}\n`);
    return next(url, context);
  },
});

/** Whether the service can work: the store answers, and the renderer draws where there is one. */
import type { KindName } from '../challenge/challenge.ts';
import { FACTS } from '../challenge/facts.ts';
import type { Store } from '../store/store.ts';
import { VERSION } from '../util/version.ts';

export interface HealthParts {
  readonly store: Store;
  readonly kinds: readonly KindName[];
  /** Questions of the operator's own bank, beside our templates. */
  readonly ownQuestions: number;
  /** Draws something small; absent where this deployment carries no renderer. */
  readonly probeRenderer?: (() => boolean) | undefined;
  readonly clock: () => number;
}

export interface Health {
  readonly status: 'healthy' | 'error';
  readonly timestamp: string;
  readonly questions_count: number;
  readonly option_letters: readonly string[];
  readonly image_size: { readonly configured: string; readonly needed: number; readonly enough: boolean };
  readonly version: string;
  readonly kinds: readonly string[];
  readonly store: { readonly kind: string; readonly ok: boolean; readonly latency_ms: number };
  /** `ok` is null where the renderer is another deployment's affair. */
  readonly renderer: { readonly ok: boolean | null };
}

const STORE_CHECK_LIFE_MS = 1000;

export function createHealth(parts: HealthParts): () => Promise<Health> {
  let seen: Health['store'] | undefined;
  let checkedAt = Number.NEGATIVE_INFINITY;
  let rendererOk: boolean | null | undefined;

  const checkStore = async (): Promise<Health['store']> => {
    const started = performance.now();
    const ok = await parts.store.ping().then(
      () => true,
      () => false,
    );
    return { kind: parts.store.kind, ok, latency_ms: Math.round((performance.now() - started) * 100) / 100 };
  };
  const checkRenderer = () => {
    try {
      return parts.probeRenderer ? parts.probeRenderer() : null;
    } catch {
      return false;
    }
  };

  return async () => {
    const now = parts.clock();
    // The result is kept, not its promise: on workerd a request must not wait for what another one has begun.
    if (!seen || now - checkedAt >= STORE_CHECK_LIFE_MS || now < checkedAt) {
      checkedAt = now;
      seen = await checkStore();
    }
    rendererOk ??= checkRenderer();
    const { width, height } = FACTS.sceneSize;
    const enough = FACTS.neededHeight <= height;
    return {
      status: seen.ok && rendererOk !== false && enough ? 'healthy' : 'error',
      timestamp: new Date(now).toISOString(),
      questions_count: FACTS.questionsCount + parts.ownQuestions,
      option_letters: ['A', 'B', 'C', 'D'],
      image_size: { configured: `${width}x${height}`, needed: FACTS.neededHeight, enough },
      version: VERSION,
      kinds: parts.kinds,
      store: seen,
      renderer: { ok: rendererOk },
    };
  };
}

/** How the tests run workerd: as production does, and without a word to anybody. */

/** For the environment of whatever loads wrangler. */
export const QUIET = {
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_HIDE_BANNER: 'true',
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
} as const;

/** As in infra/cloudflare/wrangler.jsonc. */
export const WORKERD = {
  compatibility_date: '2026-10-01',
  compatibility_flags: ['nodejs_compat'],
};

export const DURABLE_OBJECTS = (className: string) => ({
  durable_objects: { bindings: [{ name: 'STORE', class_name: className }] },
  migrations: [{ tag: 'v1', new_sqlite_classes: [className] }],
});

/** What SST puts into the first reading of a configuration. */
export const $config = (/** @type {unknown} */ config) => config;

/** What workerd brings that neither the Web standards nor npm know; kept apart so that the rest of the code is typed without it. */
declare module 'cloudflare:workers' {
  export const DurableObject: typeof import('@cloudflare/workers-types').CloudflareWorkersModule.DurableObject;
  export const env: unknown;
  export const WorkerEntrypoint: typeof import('@cloudflare/workers-types').CloudflareWorkersModule.WorkerEntrypoint;
}

/** A module of type CompiledWasm. */
declare module '*.wasm' {
  const module: WebAssembly.Module;
  export default module;
}

/** A module of type Data. */
declare module '*.bin' {
  const bytes: ArrayBuffer;
  export default bytes;
}

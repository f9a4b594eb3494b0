/** `guarded`: only the server knows where the point is and what comes together there. `client`: the browser knows everything. */
export const MODES = ['guarded', 'client'] as const;
export type Mode = (typeof MODES)[number];

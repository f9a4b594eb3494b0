/** Node's primitives in the place of the portable ones, whose tables are made when they are imported. */
export { nodePrimitives as PORTABLE } from '../node-primitives.ts';

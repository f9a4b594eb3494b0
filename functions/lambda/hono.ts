/**
 * Hono with the router for processes that answer few requests: the usual one makes one expression of all routes at the first request,
 * which takes a cold start longer than trying them in turn.
 */
import { Hono as Tiny } from 'hono/tiny';

export class Hono extends Tiny {}

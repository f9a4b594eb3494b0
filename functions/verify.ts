/** Lambda behind API Gateway: verify and siteverify. Carries no renderer. */
import { handle } from 'hono/aws-lambda';
import { lambdaAddress } from '../lib/http/address.ts';
import { assemble } from '../lib/http/assemble.ts';
import { openEnvironment } from './environment.ts';

const { config, store, log } = openEnvironment({ severalInstances: true });
const { app } = assemble(config, { store, log, clientAddress: lambdaAddress, roles: ['verify'] });

export const handler = handle(app);

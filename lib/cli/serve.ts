/** `glyphgate serve`: the server, from the environment; the same that `npm start` runs. */
import type { Command } from './command.ts';

export const serve: Command = {
  name: 'serve',
  summary: 'run the service, configured by the environment',
  options: {},
  notes: [
    'Reads NODE_ENV, PORT and the variables GLYPHGATE_… and listens until it is told to stop. With NODE_ENV=development nothing else is needed: keys for development, the demo at /, the keys for tests.',
  ],
  examples: ['NODE_ENV=development npx glyphgate serve'],
  run: async (_given, tools) => tools.serve(),
};

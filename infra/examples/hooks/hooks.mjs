/**
 * Hooks for a Glyphgate service (docs/hooks.md). Start with: GLYPHGATE_HOOKS=infra/examples/hooks/hooks.mjs npm start
 */

/** Asked first, since its priority is highest: who does not say what it is gets no challenge. */
const browsersOnly = {
  name: 'browsers-only',
  priority: 10,
  before({ operation, headers }) {
    if (operation !== 'verify' && !headers?.get('User-Agent'))
      return { code: 'user_agent_missing', message: 'This form needs a browser.' };
  },
};

/** An extra line for every wrong answer. */
const wrongAnswers = {
  name: 'wrong-answers',
  after({ operation, outcome, site, kind, preset, ms }) {
    if (operation === 'verify' && outcome === 'wrong')
      console.log(JSON.stringify({ event: 'wrong_answer', site, kind, preset, ms: Math.round(ms) }));
  },
};

/** The picture of a live challenge never changes, so a browser may keep it for as long as the challenge lives. */
const keepPictures = {
  name: 'keep-pictures',
  mediaHeaders: ({ route }) =>
    route === ':id/image' ? { 'Cache-Control': 'private, max-age=300, immutable' } : undefined,
};

export default [wrongAnswers, browsersOnly, keepPictures];

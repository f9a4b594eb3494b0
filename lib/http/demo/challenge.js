/**
 * One challenge at a time, from picture to token: load → show → (refresh | expire) → answer → wrong, next round or token.
 * Every failure ends in words and a button that tries the same step again.
 */
import { byId, make, scaleFor } from './dom.js';
import { language, onLanguage, say } from './language.js';
import { revealView } from './reveal.js';
import { get, newAttempt, post } from './wire.js';

/** @typedef {import('./wire.js').Reply} Reply */
/** @typedef {import('./language.js').Key} Key */
/** @typedef {'loading' | 'ready' | 'checking' | 'stuck' | 'solved'} State */

const WARN_SECONDS = 30;

/**
 * @param {{
 *   options: () => Record<string, string | number | undefined>,
 *   onToken: (token: string) => void,
 *   onStart: () => void,
 * }} hooks `options`: the query of generate; `onStart`: another challenge replaces whatever was earned before
 */
export function challengeCard({ options, onToken, onStart }) {
  const card = byId('challenge');
  const picture = /** @type {HTMLButtonElement} */ (byId('picture'));
  const image = /** @type {HTMLImageElement} */ (byId('image'));
  const note = byId('note');
  const hint = byId('hint');
  const form = /** @type {HTMLFormElement} */ (byId('typed'));
  const input = /** @type {HTMLInputElement} */ (byId('answer'));
  const choices = byId('choices');
  const status = byId('status');
  const retry = /** @type {HTMLButtonElement} */ (byId('retry'));
  const timer = byId('timer');
  const clock = byId('clock');
  const bar = byId('bar');
  const round = byId('round');

  /** @type {State} */
  let state = 'loading';
  let id = '';
  let expires = 0;
  let lifetime = 0;
  /** A reply that belongs to an older turn is ignored. */
  let turn = 0;
  /** @type {() => void} */
  let tryAgain = () => {};
  let waitUntil = 0;
  /** @type {() => void} */
  let restate = () => {};
  /** @type {Awaited<ReturnType<typeof revealView>> | undefined} */
  let view;

  /** @param {State} next */
  function enter(next) {
    state = next;
    card.dataset.state = next;
    card.setAttribute('aria-busy', String(next === 'loading' || next === 'checking'));
    for (const control of card.querySelectorAll('[data-needs-ready]'))
      control.setAttribute('aria-disabled', String(next !== 'ready'));
    input.readOnly = next !== 'ready';
  }

  /** @param {Key} key @param {Record<string, string | number>} [values] @param {'good' | 'bad' | 'plain'} [tone] */
  function tell(key, values = {}, tone = 'plain') {
    restate = () => {
      status.textContent = say(key, values);
    };
    status.dataset.tone = tone;
    restate();
  }

  /** @param {{chain?: string | undefined, replaces?: string | undefined, because?: (() => void) | undefined}} [how] */
  async function load({ chain, replaces, because } = {}) {
    const mine = ++turn;
    retry.hidden = true;
    enter('loading');
    if (!because) tell('status.loading');
    const { kind, ...rest } = options();
    let reply = replaces
      ? await post('/api/captcha/refresh', { captcha_id: replaces, lang: language() })
      : await get('/api/captcha/generate', { kind, ...rest, lang: language(), chain });
    // Whoever waited too long before asking for another picture gets one all the same.
    if (replaces && reply.kind === 'refused' && reply.status === 404)
      reply = await get('/api/captcha/generate', { kind, ...rest, lang: language() });
    if (mine !== turn) return;
    if (reply.kind !== 'ok') {
      id = '';
      return fail(reply, () => load({ chain, because }));
    }
    await show(reply.body);
    if (mine !== turn) return;
    enter('ready');
    if (because) because();
    else if (replaces) tell('status.fresh');
    else tell('status.ready');
  }

  /** @param {any} challenge the reply of generate */
  async function show(challenge) {
    id = challenge.captcha_id;
    card.dataset.challenge = id;
    lifetime = challenge.expire_time * 1000;
    expires = performance.now() + lifetime;
    image.src = challenge.image_base64;
    await image.decode().catch(() => {});
    const scale = scaleFor(image.naturalWidth);
    image.width = image.naturalWidth * scale;
    image.height = image.naturalHeight * scale;
    picture.dataset.kind = challenge.kind;
    picture.dataset.preset = challenge.preset;
    image.alt = `${challenge.description ?? say('challenge.alt')} ${say('challenge.another')}`;
    note.textContent = challenge.note;
    note.lang = challenge.lang;
    await showView(challenge);
    showControls(challenge.answer_format);
    const { round: number, rounds } = challenge;
    round.textContent = rounds > 1 ? say('challenge.round', { round: number, rounds }) : '';
    tick();
  }

  /** A kind that is more than a picture has a view of its own. @param {any} challenge */
  async function showView(challenge) {
    view?.close();
    view = undefined;
    const own = challenge.reveal !== undefined;
    picture.hidden = own;
    hint.hidden = own;
    if (!own) return;
    const mine = turn;
    const made = await revealView({ challenge, ask: find, onWhole: () => tell('reveal.found', {}, 'good') });
    if (mine !== turn) return made.close();
    view = made;
    picture.before(made.element);
  }

  /** @param {[number, number, number][]} trail @returns {Promise<string | undefined>} the picture that it brought to light */
  async function find(trail) {
    const mine = turn;
    const path = `/api/captcha/${id}/reveal`;
    tell('reveal.asking');
    let reply = await post(path, { trail });
    if (mine === turn && reply.kind === 'unreachable') reply = await post(path, { trail });
    if (mine !== turn || state !== 'ready') return undefined;
    if (reply.kind === 'refused' && reply.status === 404)
      load({ because: () => tell('error.gone', {}, 'bad') });
    else if (reply.kind === 'refused' && reply.status === 400) tell('reveal.again', {}, 'bad');
    else if (reply.kind !== 'ok') fail(reply, () => enter('ready'));
    else if (reply.body.revealed) return reply.body.image_base64;
    else if (reply.body.tries_left === 0) load({ because: () => tell('reveal.spent', {}, 'bad') });
    else tell('reveal.miss', { left: reply.body.tries_left }, 'bad');
    return undefined;
  }

  /** @param {any} format answer_format of generate */
  function showControls(format) {
    const typed = format.type !== 'choice';
    form.hidden = !typed;
    choices.hidden = typed;
    if (typed) {
      input.value = '';
      input.inputMode = format.alphabet === 'digits' || format.type === 'number' ? 'numeric' : 'text';
      return;
    }
    const letters = [...choices.querySelectorAll('button')].map((button) => button.value);
    if (letters.join() === format.options.join()) return;
    choices.replaceChildren(
      ...format.options.map((/** @type {string} */ letter) => {
        const attributes = { type: 'button', value: letter, 'data-needs-ready': true };
        const button = make('button', attributes, letter);
        button.setAttribute('aria-label', say('challenge.option', { letter }));
        button.addEventListener('click', () => answer(letter));
        return button;
      }),
    );
  }

  /** @param {string} text */
  function answer(text) {
    if (state === 'ready') submit({ captcha_id: id, answer: text, attempt: newAttempt() });
  }

  /** @param {{captcha_id: string, answer: string, attempt: string}} body sent unchanged when it is sent again */
  async function submit(body) {
    const mine = ++turn;
    retry.hidden = true;
    enter('checking');
    tell('status.checking');
    let reply = await post('/api/captcha/verify', body);
    if (mine !== turn) return;
    if (reply.kind === 'unreachable') reply = await post('/api/captcha/verify', body);
    if (mine !== turn) return;
    if (reply.kind === 'refused' && reply.status === 404)
      return load({ because: () => tell('error.gone', {}, 'bad') });
    if (reply.kind !== 'ok') return fail(reply, () => submit(body));
    const { verified, token, next } = reply.body;
    if (verified) {
      enter('solved');
      tell('status.right', {}, 'good');
      onToken(token);
    } else if (next) {
      load({ chain: next.chain, because: () => tell('status.next', { remaining: next.remaining }) });
    } else {
      load({ because: () => tell('status.wrong', {}, 'bad') });
    }
  }

  /** @param {Exclude<Reply, {kind: 'ok'}>} reply @param {() => void} again */
  function fail(reply, again) {
    enter('stuck');
    tryAgain = again;
    const wait = reply.kind === 'refused' ? reply.retryAfter : 0;
    waitUntil = wait > 0 ? performance.now() + wait * 1000 : 0;
    const time = new Date(Date.now() + wait * 1000).toLocaleTimeString(language());
    if (reply.kind !== 'refused') tell(`error.${reply.kind}`, {}, 'bad');
    else if (reply.status === 429) tell('error.limited', { time }, 'bad');
    else if (reply.status === 503) tell('error.unavailable', { time }, 'bad');
    else tell('error.refused', { message: reply.message }, 'bad');
    retry.hidden = false;
    tick();
  }

  function tick() {
    const now = performance.now();
    const wait = Math.ceil((waitUntil - now) / 1000);
    retry.setAttribute('aria-disabled', String(wait > 0));
    if (waitUntil > 0 && wait <= 0 && state === 'stuck') {
      waitUntil = 0;
      tell('error.limited.over');
    }
    retry.textContent = wait > 0 ? say('error.wait', { seconds: wait }) : say('error.retry');

    const left = Math.max(0, Math.ceil((expires - now) / 1000));
    const running = id !== '' && state !== 'solved' && !(state === 'stuck' && left === 0);
    timer.hidden = !running;
    if (!running) return;
    const time = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
    clock.textContent = say('challenge.expires', { time });
    timer.dataset.soon = String(left <= WARN_SECONDS);
    bar.style.inlineSize = `${Math.max(0, Math.min(100, ((expires - now) / lifetime) * 100))}%`;
    // A tab that nobody looks at draws nothing.
    if (left === 0 && state === 'ready' && !document.hidden) load({ because: () => tell('status.expired') });
  }

  const refresh = () => {
    if (state === 'ready') load({ replaces: id });
  };
  const start = () => {
    onStart();
    return load();
  };

  picture.addEventListener('click', refresh);
  byId('refresh').addEventListener('click', refresh);
  byId('again').addEventListener('click', async () => {
    await start();
    if (view) view.focus();
    else (form.hidden ? choices.querySelector('button') : input)?.focus();
  });
  retry.addEventListener('click', () => {
    if (performance.now() >= waitUntil) tryAgain();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (input.value.trim() !== '') return answer(input.value);
    tell('status.empty', {}, 'bad');
    input.focus();
  });
  onLanguage(() => {
    restate();
    choices.replaceChildren();
    if (id !== '' && state !== 'solved') start();
    else tick();
  });
  setInterval(tick, 500);

  return { start };
}

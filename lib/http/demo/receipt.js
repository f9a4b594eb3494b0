/** What a right answer earns: the token, what it says, and its redemption by the local server in the role of a back end. */
import { byId, make } from './dom.js';
import { language, onLanguage, say } from './language.js';
import { post } from './wire.js';

export function receipt() {
  const tokenEmpty = byId('token-empty');
  const tokenFull = byId('token-full');
  const raw = byId('token-raw');
  const claims = byId('claims');
  const redeemEmpty = byId('redeem-empty');
  const redeemFull = byId('redeem-full');
  const button = /** @type {HTMLButtonElement} */ (byId('redeem'));
  const results = byId('redemptions');
  const copied = byId('copied');

  let token = '';
  let redemptions = 0;
  let busy = false;

  /** @param {string} next empty: nothing earned yet */
  function show(next) {
    token = next;
    redemptions = 0;
    results.replaceChildren();
    copied.textContent = '';
    const earned = token !== '';
    tokenEmpty.hidden = redeemEmpty.hidden = earned;
    tokenFull.hidden = redeemFull.hidden = !earned;
    byId('token-step').dataset.reached = byId('redeem-step').dataset.reached = String(earned);
    raw.textContent = token;
    label();
  }

  function label() {
    button.textContent = say(redemptions === 0 ? 'redeem.first' : 'redeem.again');
    const rows = Object.entries(decode(token)).map(([name, value]) =>
      make('tr', {}, make('th', { scope: 'row' }, name), make('td', {}, describe(name, value))),
    );
    claims.replaceChildren(...rows);
  }

  async function redeem() {
    if (busy) return;
    busy = true;
    const mine = token;
    const reply = await post('/demo/redeem', { token });
    busy = false;
    if (mine !== token) return;
    redemptions += 1;
    const { good, text, body } = judge(reply);
    const heading = make('p', { class: 'verdict', 'data-tone': good ? 'good' : 'bad' });
    heading.append(make('strong', {}, say('redeem.attempt', { number: redemptions })), ' ', text);
    const item = make('li', {}, heading);
    if (body) {
      const pre = make('pre', { tabindex: 0, role: 'group', 'aria-label': say('redeem.reply') });
      pre.textContent = JSON.stringify(body, null, 2);
      item.append(pre);
    }
    results.append(item);
    label();
  }

  button.addEventListener('click', redeem);
  byId('copy').addEventListener('click', async () => {
    const range = document.createRange();
    range.selectNodeContents(raw);
    getSelection()?.removeAllRanges();
    getSelection()?.addRange(range);
    await navigator.clipboard?.writeText(token);
    copied.textContent = say('token.copied');
  });
  onLanguage(label);

  return { show, focus: () => button.focus() };
}

/** @param {import('./wire.js').Reply} reply @returns {{good: boolean, text: string, body?: any}} */
function judge(reply) {
  if (reply.kind === 'refused')
    return { good: false, text: say('error.refused', { message: reply.message }) };
  if (reply.kind !== 'ok') return { good: false, text: say(`error.${reply.kind}`) };
  const codes = reply.body['error-codes'] ?? [];
  if (reply.body.success) return { good: true, text: say('redeem.accepted'), body: reply.body };
  const text = codes.includes('timeout-or-duplicate')
    ? say('redeem.duplicate')
    : say('redeem.refused', { codes: codes.join(', ') });
  return { good: false, text, body: reply.body };
}

/** The payload of a JWT, unverified: only whoever holds the key can verify it. @param {string} jwt @returns {Record<string, unknown>} */
function decode(jwt) {
  const payload = jwt.split('.')[1];
  if (!payload) return {};
  const binary = atob(payload.replace(/-/g, '+').replace(/_/g, '/'));
  return JSON.parse(new TextDecoder().decode(Uint8Array.from(binary, (symbol) => symbol.charCodeAt(0))));
}

/** @param {string} name @param {unknown} value */
function describe(name, value) {
  const text = typeof value === 'string' && value !== '' ? value : JSON.stringify(value);
  if (typeof value !== 'number' || !['exp', 'iat', 'nbf'].includes(name)) return text;
  return `${text} (${new Date(value * 1000).toLocaleTimeString(language())})`;
}

/** The demo: a visitor's challenge on the left, what the page and the back end get out of it on the right. */
import { byId, make } from './dom.js';
import { language, onLanguage, say, sayOr, startLanguage } from './language.js';
import { receipt } from './receipt.js';
import { get } from './wire.js';

/**
 * @typedef {{name: string, formats: string[], alphabets: string[]}} Preset
 * @typedef {{name: string, presets: Preset[], difficulties: number[]}} Kind
 * @typedef {{kinds: Kind[], sitekey?: string}} DemoConfig
 */

const MOST_EXCHANGES = 12;

/** @type {DemoConfig} */
let config = { kinds: [] };
const controls = /** @type {HTMLFormElement} */ (byId('options'));
const query = new URLSearchParams(location.search);
/** What is chosen now; starts from the address, e.g. `/?kind=text&preset=strong&difficulty=2`. */
const chosen = {
  kind: query.get('kind') ?? '',
  preset: query.get('preset') ?? '',
  alphabet: query.get('alphabet') ?? '',
  difficulty: query.get('difficulty') ?? '',
  format: query.get('format') ?? '',
};
/** @typedef {keyof typeof chosen} Choice */

const earned = receipt();
const captcha = /** @type {HTMLElement & {reset(): void, execute(): void}} */ (byId('captcha'));

captcha.addEventListener('glyphgate-success', (event) => {
  earned.show(/** @type {CustomEvent<{token: string}>} */ (event).detail.token);
  earned.focus();
});
byId('again').addEventListener('click', () => {
  earned.show('');
  captcha.reset();
  captcha.focus();
});

/** What is chosen becomes attributes; the widget notices, and asks for a challenge of that sort. */
function ask() {
  earned.show('');
  const wanted = { sitekey: config.sitekey ?? '', ...chosen };
  for (const [name, value] of Object.entries(wanted)) {
    if (value) captcha.setAttribute(name, value);
    else captcha.removeAttribute(name);
  }
  captcha.lang = language();
  captcha.execute();
  const attributes = Object.entries(wanted).flatMap(([name, value]) => (value ? [`${name}="${value}"`] : []));
  byId('markup').textContent =
    `<script src="${location.origin}/widget/element.js" async></script>\n<glyphgate-captcha ${attributes.join(' ')}></glyphgate-captcha>`;
}

/** Draws the choices that go together, and corrects those that don't any more. */
function drawOptions() {
  const kind = config.kinds.find(({ name }) => name === chosen.kind) ?? config.kinds[0];
  if (!kind) return;
  const preset = kind.presets.find(({ name }) => name === chosen.preset) ?? kind.presets[0];
  offer(
    'kind',
    config.kinds.map(({ name }) => [name, sayOr(`kind.${name}`, name)]),
  );
  offer(
    'difficulty',
    kind.difficulties.map((level) => [String(level), sayOr(`difficulty.${level}`, String(level))]),
  );
  offer(
    'preset',
    kind.presets.map(({ name }) => [name, name]),
  );
  offer(
    'alphabet',
    (preset?.alphabets ?? []).map((name) => [name, sayOr(`alphabet.${name}`, name)]),
  );
  offer(
    'format',
    (preset?.formats ?? []).map((name) => [name, name.toUpperCase()]),
  );
  byId('kind-about').textContent = sayOr(`kind.${kind.name}.about`, '');
}

/** @param {Choice} name @param {[value: string, label: string][]} items a choice of one is no choice and stays hidden */
function offer(name, items) {
  if (!items.some(([value]) => value === chosen[name])) chosen[name] = items[0]?.[0] ?? '';
  const field = byId(`option-${name}`);
  field.hidden = items.length < 2;
  const list = /** @type {HTMLElement} */ (field.querySelector('[data-items]'));
  if (list instanceof HTMLSelectElement) {
    list.replaceChildren(...items.map(([value, text]) => make('option', { value }, text)));
    list.value = chosen[name];
    return;
  }
  const focused = list.contains(document.activeElement);
  list.replaceChildren(
    ...items.map(([value, text]) => {
      const radio = make('input', { type: 'radio', name, value });
      radio.checked = value === chosen[name];
      return make('label', { class: 'segment' }, radio, make('span', {}, text));
    }),
  );
  if (focused) /** @type {HTMLElement | null} */ (list.querySelector('input:checked'))?.focus();
}

controls.addEventListener('change', (event) => {
  const { name, value } = /** @type {HTMLInputElement | HTMLSelectElement} */ (event.target);
  chosen[/** @type {Choice} */ (name)] = value;
  drawOptions();
  ask();
});

/** What was asked of the server, by whomever on this page. */
new PerformanceObserver((list) => {
  for (const entry of /** @type {PerformanceResourceTiming[]} */ (list.getEntries())) {
    const { pathname, search } = new URL(entry.name);
    if (entry.initiatorType !== 'fetch' || !/^\/(api|demo\/redeem)/.test(pathname)) continue;
    const row = make('tr', {});
    row.append(
      make('td', {}, make('code', {}, pathname + search)),
      make('td', {}, entry.responseStatus ? String(entry.responseStatus) : say('wire.lost')),
      make('td', {}, `${Math.max(1, Math.round(entry.duration))} ms`),
    );
    const rows = byId('exchanges');
    rows.prepend(row);
    while (rows.children.length > MOST_EXCHANGES) rows.lastElementChild?.remove();
  }
}).observe({ type: 'resource', buffered: true });

onLanguage(drawOptions);
onLanguage(() => {
  captcha.lang = language();
});
onLanguage(() => {
  document.title = say('title.demo');
});

startLanguage();
const reply = await get('/demo/config.json');
if (reply.kind === 'ok') config = reply.body;
drawOptions();
ask();

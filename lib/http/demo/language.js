/** Which language the page speaks: `?lang=`, else the last choice, else the browser's. Elements with `data-say` follow it. */
import { STRINGS } from './strings.js';

/** @typedef {keyof typeof STRINGS} Language */
/** @typedef {keyof typeof STRINGS.en} Key */

const STORED = 'glyphgate.demo.lang';

/** @type {Language} */
let current = 'en';
/** @type {(() => void)[]} */
const listeners = [];

/** @param {unknown} name @returns {Language | undefined} */
function known(name) {
  if (typeof name !== 'string') return undefined;
  if (name.toLowerCase().startsWith('zh')) return 'zh-CN';
  return name.toLowerCase().startsWith('en') ? 'en' : undefined;
}

export const language = () => current;

/** @param {Key} key @param {Record<string, string | number>} [values] */
export function say(key, values = {}) {
  return STRINGS[current][key].replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

/** For names that the server may know before these pages do. @param {string} key @param {string} otherwise */
export const sayOr = (key, otherwise) =>
  key in STRINGS[current] ? say(/** @type {Key} */ (key)) : otherwise;

/** @param {() => void} listener called after every change of language */
export const onLanguage = (listener) => listeners.push(listener);

/** @param {Language} name */
function speak(name) {
  current = name;
  document.documentElement.lang = name;
  for (const element of document.querySelectorAll('[data-say]'))
    element.textContent = say(/** @type {Key} */ (element.getAttribute('data-say')));
  for (const button of document.querySelectorAll('[data-lang]'))
    button.setAttribute('aria-pressed', String(button.getAttribute('data-lang') === name));
  for (const listener of listeners) listener();
}

/** Storage throws where the visitor has forbidden it; the choice then lasts as long as the page. */
function stored() {
  try {
    return localStorage.getItem(STORED);
  } catch {
    return null;
  }
}

/** @param {Language} name */
function store(name) {
  try {
    localStorage.setItem(STORED, name);
  } catch {}
}

/** Call once, after the listeners are in place. */
export function startLanguage() {
  const asked = known(new URLSearchParams(location.search).get('lang'));
  const kept = known(stored());
  speak(asked ?? kept ?? navigator.languages.map(known).find(Boolean) ?? 'en');
  for (const button of document.querySelectorAll('[data-lang]')) {
    button.addEventListener('click', () => {
      const name = known(button.getAttribute('data-lang'));
      if (!name) return;
      store(name);
      speak(name);
    });
  }
}

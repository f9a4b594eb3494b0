/** The gallery: every preset × difficulty × alphabet (or language) as pictures that this server draws when asked. */
import { byId, make, scaleFor } from './dom.js';
import { onLanguage, say, sayOr, startLanguage } from './language.js';
import { get } from './wire.js';

/**
 * @typedef {{name: string, formats: string[], alphabets: string[]}} Preset
 * @typedef {{name: string, presets: Preset[], difficulties: number[]}} Kind
 * @typedef {{kind: string, preset: string, difficulty: number, alphabet: string, lang: string}} Sample
 */

const AT_ONCE = 4;
const LANGUAGE_NAMES = /** @type {Record<string, string>} */ ({ en: 'English', 'zh-CN': '中文' });

/** @type {{kinds: Kind[], languages: string[]}} */
let config = { kinds: [], languages: [] };
const gallery = byId('gallery');
const status = byId('status');
let serial = Math.floor(Math.random() * 1e9);
/** A newer drawing of the whole page ends the older. */
let turn = 0;

/** @param {Kind} kind @param {Preset} preset @param {number} difficulty @returns {Sample[]} */
function samplesOf(kind, preset, difficulty) {
  const common = { kind: kind.name, preset: preset.name, difficulty };
  return preset.alphabets.length > 0
    ? preset.alphabets.map((alphabet) => ({ ...common, alphabet, lang: '' }))
    : config.languages.map((lang) => ({ ...common, alphabet: '', lang }));
}

/** @param {Sample} sample */
const variantOf = ({ alphabet, lang }) =>
  alphabet ? sayOr(`alphabet.${alphabet}`, alphabet) : (LANGUAGE_NAMES[lang] ?? lang);

function draw() {
  const mine = ++turn;
  /** @type {(() => Promise<boolean>)[]} */
  const jobs = [];
  const sections = config.kinds.map((kind) =>
    make(
      'section',
      { class: 'kind', 'data-kind': kind.name },
      make('h2', {}, sayOr(`kind.${kind.name}`, kind.name)),
      make('p', { class: 'about' }, sayOr(`kind.${kind.name}.about`, '')),
      ...kind.presets.flatMap((preset) => [
        ...(kind.presets.length > 1 ? [make('h3', {}, preset.name)] : []),
        ...kind.difficulties.map((difficulty) => {
          const figures = samplesOf(kind, preset, difficulty).map((sample) => {
            const { element, refresh } = figure(sample);
            jobs.push(refresh);
            return element;
          });
          const heading = kind.presets.length > 1 ? 'h4' : 'h3';
          const title = make(heading, { class: 'quiet' }, say('gallery.difficulty', { difficulty }));
          return make('div', { class: 'level' }, title, make('div', { class: 'figures' }, ...figures));
        }),
      ]),
    ),
  );
  gallery.replaceChildren(...sections);
  run(jobs, mine);
}

/** @param {(() => Promise<boolean>)[]} jobs @param {number} mine */
async function run(jobs, mine) {
  status.textContent = say('gallery.drawing');
  let drawn = 0;
  const worker = async () => {
    for (let job = jobs.shift(); job && mine === turn; job = jobs.shift()) if (await job()) drawn += 1;
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  if (mine === turn) status.textContent = say('gallery.status', { count: drawn });
}

/** @param {Sample} sample */
function figure(sample) {
  const { kind, preset, difficulty } = sample;
  const alt = say('gallery.alt', {
    kind: sayOr(`kind.${kind}`, kind),
    preset,
    difficulty,
    variant: variantOf(sample),
  });
  const image = make('img', { alt: `${alt} ${say('challenge.another')}`, decoding: 'async' });
  const button = make('button', { type: 'button', class: 'picture', 'data-preset': preset }, image);
  const answer = make('span', { class: 'answer' });
  const size = make('span', { class: 'size' });
  const chosen = Object.entries(sample).filter(([name, value]) => value !== '' && name !== 'lang');
  const href = `/?${new URLSearchParams(chosen.map(([name, value]) => [name, String(value)]))}`;
  const attempt = make('a', { href, 'aria-label': `${say('gallery.try')}: ${alt}` }, say('gallery.try'));
  const caption = make('figcaption', {}, make('strong', {}, variantOf(sample)), size, attempt, answer);
  const element = make('figure', {}, button, caption);

  /** @returns {Promise<boolean>} whether the picture came */
  const refresh = async () => {
    try {
      const query = new URLSearchParams(
        Object.entries(sample).flatMap(([name, value]) => (value === '' ? [] : [[name, String(value)]])),
      );
      serial += 1;
      query.set('n', String(serial));
      const response = await fetch(`/demo/sample?${query}`, {
        cache: 'no-store',
        signal: AbortSignal.timeout(12_000),
      });
      if (!response.ok) throw new Error(String(response.status));
      const bytes = new Uint8Array(await response.arrayBuffer());
      image.src = `data:${response.headers.get('content-type')};base64,${toBase64(bytes)}`;
      await image.decode();
      const scale = scaleFor(image.naturalWidth);
      image.width = image.naturalWidth * scale;
      image.height = image.naturalHeight * scale;
      answer.textContent = say('gallery.answer', {
        answer: decodeURIComponent(response.headers.get('x-answer') ?? ''),
      });
      size.textContent = say('gallery.size', {
        width: image.naturalWidth,
        height: image.naturalHeight,
        kilobytes: (bytes.length / 1024).toFixed(1),
      });
      return true;
    } catch {
      image.removeAttribute('src');
      size.textContent = say('gallery.failed');
      answer.textContent = '';
      return false;
    }
  };
  button.addEventListener('click', refresh);
  return { element, refresh };
}

/** @param {Uint8Array} bytes */
function toBase64(bytes) {
  let binary = '';
  for (let at = 0; at < bytes.length; at += 0x8000)
    binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(binary);
}

const answers = /** @type {HTMLInputElement} */ (byId('answers'));
answers.addEventListener('change', () => {
  gallery.dataset.answers = String(answers.checked);
});
byId('renew').addEventListener('click', draw);
onLanguage(() => {
  document.title = say('title.gallery');
  if (config.kinds.length > 0) draw();
});

startLanguage();
const reply = await get('/demo/config.json');
if (reply.kind === 'ok') {
  config = reply.body;
  draw();
} else {
  status.textContent = reply.kind === 'refused' ? reply.message : say(`error.${reply.kind}`);
}

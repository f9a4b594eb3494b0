/**
 * How the widget looks: one constructed sheet for all of them, which no policy for styles stands against. Sizes are in em of at
 * least 16 px, so that they follow the visitor's font size and a page's small type cannot make them unreadable.
 * A site may set `--glyphgate-accent`, `--glyphgate-on-accent`, `--glyphgate-radius` and `--glyphgate-font`.
 */
const theme = (scheme: string, surface: string, ink: string, accent: string, on: string, bad: string) =>
  `color-scheme:${scheme};--surface:${surface};--ink:${ink};--bad:${bad};--accent:var(--glyphgate-accent,${accent});--on-accent:var(--glyphgate-on-accent,${on});`;
const DARK = theme('dark', '#18201e', '#e8efed', '#5fd3bb', '#04211b', '#ffa3ab');
/** So much ink in the surface. */
const shade = (name: string, percent: number) =>
  `--${name}:color-mix(in srgb,var(--ink) ${percent}%,var(--surface));`;

/** As wide as the frame may be where there is room, and nothing where there is none: in any column, grid or row. */
const STRUT =
  '.frame::after{content:"- -";display:block;height:0;overflow:hidden;visibility:hidden;word-spacing:40em}';

const SHEET = `
:host{${theme('light', '#fff', '#15211e', '#0b6a5b', '#fff', '#9a1f2b')}display:inline-block;max-width:100%;vertical-align:top;text-align:start;
font:max(1rem,16px)/1.4 var(--glyphgate-font,system-ui,sans-serif);letter-spacing:normal;text-transform:none;white-space:normal}
:host([hidden]),[hidden]{display:none!important}
:host([theme=dark]){${DARK}}
@media(prefers-color-scheme:dark){:host(:not([theme=light])){${DARK}}}
*,::before{box-sizing:border-box;margin:0}
.frame{${shade('sunken', 6)}${shade('line', 16)}${shade('edge', 55)}${shade('soft', 76)}}
.frame{position:relative;max-width:20em;padding:.875em 1em .625em;background:var(--surface);color:var(--ink);
border:1px solid var(--line);border-radius:var(--glyphgate-radius,.75em)}
${STRUT}
[data-kind=scene]{max-width:26em}
:host([size=compact]) .frame{max-width:17em}
:host([size=flexible]) .frame{max-width:40em}
[data-state=solved]{border-color:var(--accent)}
.top,.foot{display:flex;align-items:center;gap:.5em}
.top{color:var(--soft);font-size:.875em;font-variant-numeric:tabular-nums}
.top b,.status{flex:1}
.top svg{color:var(--accent)}
.body{container-type:inline-size;display:grid;grid-template-columns:100%;gap:.5em;margin:.375em 0 .25em}
.note{min-height:4.05em;font-size:.875em;line-height:1.35;display:grid;align-content:center;overflow-wrap:anywhere}
.stage{position:relative;display:grid;place-items:center;height:6.5em;background:var(--sunken);border-radius:.5em;overflow:hidden}
.stage>canvas{position:absolute;width:100%;height:100%;object-fit:contain}
[data-renews]{cursor:pointer}
[data-preset=bitmap]{image-rendering:pixelated}
.controls{min-height:2.75em}
@container(min-width:30em){.note{min-height:2.7em}.stage{height:9em}}
[data-kind=scene] .note{min-height:2.7em}
@container(min-width:22em){[data-kind=scene] .note{min-height:1.35em}}
[data-kind=scene] .stage{height:auto;aspect-ratio:12/13}
[data-kind=reveal] .stage{height:auto;aspect-ratio:3}
[data-kind=reveal] .controls{min-height:6em}
.typed,.choices{display:flex;gap:.5em}
.choices{direction:ltr}
input,.choices *{flex:1;min-width:0}
button,input{font:inherit;color:inherit;height:2.75em;padding:0 1em;border:1px solid var(--edge);border-radius:.5em;background:var(--surface)}
input{width:100%;padding:0 .75em}
[dir=rtl] input{text-align:right}
::placeholder{color:var(--soft);opacity:1}
button{cursor:pointer;font-weight:600;line-height:1.1}
button:hover{background:var(--sunken)}
.primary{background:var(--accent);border-color:var(--accent);color:var(--on-accent)}
.primary:hover{background:color-mix(in srgb,var(--ink) 14%,var(--accent))}
[aria-disabled=true]{cursor:default}
[aria-busy=true] .stage>*{opacity:.5}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.foot{min-height:2.75em;gap:0;margin-inline-end:-.625em}
.halt .body{margin-bottom:3em}
.status{align-self:start;padding-top:.4em;font-size:.875em;line-height:1.3;color:var(--soft)}
[data-bad],[data-soon]{color:var(--bad)}
.icon{display:grid;place-items:center;width:2.75em;padding:0;border-color:transparent;border-radius:50%;color:var(--soft);background:none}
svg{width:1.375em;fill:none;stroke:currentColor;stroke-width:1.75;stroke-linecap:round;stroke-linejoin:round}
.over,.halt .foot{position:absolute;inset:0;margin:0;display:grid;place-content:center;place-items:center;gap:1em;padding:1em;
text-align:center;border-radius:inherit;background:var(--surface)}
.over svg{width:3.5em;color:var(--accent)}
.over{outline:none;font-weight:600}
.halt .status{flex:none;align-self:auto;font-size:1em;color:var(--ink)}
@media(forced-colors:active){.icon,.stage{border:1px solid}.primary{border:3px double}}
`;

let shared: CSSStyleSheet | undefined;

/** Made when the first widget needs it. */
export function sheet(): CSSStyleSheet {
  if (!shared) {
    shared = new CSSStyleSheet();
    shared.replaceSync(SHEET);
  }
  return shared;
}

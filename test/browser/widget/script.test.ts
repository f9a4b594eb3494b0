/** The script interface, ours and Turnstile's: by hand, by class, by callback names, from React; and what strangers may not do with it. */
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { redeem, solve, stage } from './kit.ts';

const SITE = {
  GLYPHGATE_SITEKEY: '0x4AAAAAAAtest',
  GLYPHGATE_SECRET: '0x4AAAAAAAtest_secret_of_this_very_site',
};
const visit = stage(SITE);
const API = '<script src="/api.js" async></script>';

/** A script of the page's own, as a file: the policy forbids it to stand in the page. */
const script = (source: string) => ({
  before: (page: import('playwright-core').Page) =>
    page.route('**/page.js', (route) => route.fulfill({ contentType: 'text/javascript', body: source })),
});
const log =
  'const log = []; globalThis.log = log; const note = (name) => (...values) => log.push([name, ...values]);';
const logged = (page: import('playwright-core').Page) =>
  page.evaluate(() => (globalThis as unknown as { log: [string, ...unknown[]][] }).log);

test('render, getResponse, isExpired, reset, remove, ready, execute', () =>
  visit(
    '<div id="here"></div><div id="later"></div>',
    async (on) => {
      const { page } = on;
      const first = await on.widgetAt('#here glyphgate-captcha').id();
      expect(await page.evaluate(() => glyphgate.getResponse())).toBeUndefined();
      await solve({ ...on, widget: on.widgetAt('#here glyphgate-captcha') });
      const token = await on.widgetAt('#here glyphgate-captcha').token();
      expect(
        await page.evaluate(() => [glyphgate.getResponse('#here'), glyphgate.isExpired('#here')]),
      ).toEqual([token, false]);
      expect((await logged(page)).map(([name]) => name)).toEqual(['ready', 'before', 'after', 'solved']);
      expect((await logged(page)).at(-1)).toEqual(['solved', token]);
      await page.evaluate(() => glyphgate.reset('#here'));
      const second = await on.widgetAt('#here glyphgate-captcha').id(first);
      // Held back until asked for.
      await page.evaluate(() => glyphgate.render('#later', { kind: 'text', execution: 'execute' }));
      await on.widgetAt('#later glyphgate-captcha').in('idle');
      await page.evaluate(() => glyphgate.execute('#later'));
      await on.widgetAt('#later glyphgate-captcha').id(second);
      await page.evaluate(() => glyphgate.remove('#here'));
      expect(await page.locator('glyphgate-captcha').count()).toBe(1);
      await expect(page.evaluate(() => glyphgate.render('#nowhere'))).rejects.toThrow(
        'expected an element or the selector of one',
      );
    },
    {
      head: '<script src="/page.js"></script><script src="/api.js?render=explicit&onload=begin" async defer></script>',
      ...script(`${log} function begin() {
        glyphgate.ready(note('ready'));
        glyphgate.render('#here', { sitekey: '0x4AAAAAAAtest', kind: 'text', action: 'login', callback: note('solved'),
          'before-interactive-callback': note('before'), 'after-interactive-callback': note('after') });
      }`),
    },
  ));

test('a page written for Turnstile, by class and data attributes, after two URLs were changed', () =>
  visit(
    '<form><div class="cf-turnstile" data-sitekey="0x4AAAAAAAtest" data-kind="text" data-action="login" data-cdata="u-7" data-callback="solved"></div></form>',
    async (on) => {
      await solve(on);
      const token = await on.widget.token();
      expect(await logged(on.page)).toEqual([['solved', token]]);
      expect(await on.page.evaluate(() => [...new FormData(document.forms[0]!)])).toEqual([
        ['cf-turnstile-response', token],
      ]);
      expect(await on.page.locator('input[name="cf-turnstile-response"]').inputValue()).toBe(token);
      expect(await on.page.evaluate(() => turnstile.getResponse())).toBe(token);
      expect(await redeem(on.server, token, SITE.GLYPHGATE_SECRET)).toMatchObject({
        success: true,
        action: 'login',
        cdata: 'u-7',
      });
      await on.page.evaluate(() => turnstile.reset());
      expect(await on.page.locator('input[name="cf-turnstile-response"]').inputValue()).toBe('');
    },
    {
      head: '<script src="/page.js"></script><script src="/api.js?compat=turnstile" async defer></script>',
      ...script(`${log} globalThis.solved = note('solved');`),
    },
  ));

test('a React wrapper of Turnstile from npm, unmodified', async () => {
  const { outputFiles } = await build({
    entryPoints: ['test/browser/widget/react-page.js'],
    bundle: true,
    minify: true,
    write: false,
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  await visit(
    '',
    async ({ page, widgetAt, server }) => {
      const widget = widgetAt('glyphgate-captcha');
      const first = await widget.id();
      await page.getByRole('button', { name: 'Show the question' }).click();
      await page.getByRole('button', { name: `Answer ${await server.answer(first)}` }).click();
      await page.getByText('solved true').waitFor();
      expect(await redeem(server, await widget.token(), SITE.GLYPHGATE_SECRET)).toMatchObject({
        success: true,
        action: 'login',
      });
      expect(await widget.host.getAttribute('theme')).toBe('dark');
      // Nothing lies over what comes below it.
      const [box, below] = await Promise.all([
        widget.host.boundingBox(),
        page.getByRole('button', { name: 'Reset' }).boundingBox(),
      ]);
      expect(below!.y).toBeGreaterThanOrEqual(box!.y + box!.height);
      await page.getByRole('button', { name: 'Reset' }).click();
      await widget.id(first);
      await page.getByRole('button', { name: 'Toggle' }).click();
      await expect.poll(() => page.locator('glyphgate-captcha').count()).toBe(0);
      await page.getByRole('button', { name: 'Toggle' }).click();
      await widget.in('ready');
    },
    {
      // As its documentation has it for those who bring the script themselves: by the id that it looks for.
      head: '<script id="cf-turnstile-script" src="/api.js?compat=turnstile&render=explicit" async defer></script><script src="/page.js" defer></script>',
      ...script(outputFiles[0]!.text),
    },
  );
});

test('what strangers put into a page clobbers nothing and calls nothing', () =>
  visit(
    `<img name="currentScript" alt=""><form name="createElement"></form><form name="querySelectorAll"><input name="append"></form>
     <form id="glyphgate"></form><img id="solved" alt="">
     <form class="glyphgate" data-kind="text" data-callback="solved" data-error-callback="print" data-onclick="alert(1)" data-style="color:red"
       data-language="../../../evil" data-theme="&quot;]{}*{display:none}" data-tabindex="0"><input name="append"><input name="setAttribute"></form>`,
    async (on) => {
      const element = on.widgetAt('glyphgate-captcha');
      await element.id();
      expect(await element.host.evaluate((host) => host.getAttributeNames().sort())).toEqual([
        'kind',
        'lang',
        'name',
        'tabindex',
        'theme',
      ]);
      expect(await on.page.evaluate(() => typeof glyphgate.render)).toBe('function');
      await solve({ ...on, widget: element });
      // Nothing of the answer, nor which challenge it was, can be read from the page.
      const seen = await element.host.evaluate((host) => host.outerHTML + host.shadowRoot!.innerHTML);
      expect(seen).not.toMatch(/[0-9a-z]{32}|captcha_id|base64/);
    },
    { head: API },
  ));

test('no attribute calls what the browser brings', () => {
  const names = ['eval', 'print', 'alert', 'Function', '__proto__', 'constructor', 'location'];
  const places = names.map(
    (name) =>
      `<div class="glyphgate" data-kind="text" data-sitekey="nobodys" data-error-callback="${name}"></div>`,
  );
  return visit(
    places.join(''),
    async ({ page, widgetAt }) => {
      let opened = false;
      page.on('dialog', (dialog) => {
        opened = true;
        void dialog.dismiss();
      });
      for (const name of names)
        await widgetAt(`[data-error-callback="${name}"] glyphgate-captcha`).in('stuck');
      expect(opened).toBe(false);
    },
    { head: API },
  );
});

declare global {
  var glyphgate: import('../../../lib/widget/interface.ts').Interface;
  var turnstile: import('../../../lib/widget/interface.ts').Interface;
}

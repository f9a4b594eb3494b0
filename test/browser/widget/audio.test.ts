/** Something to hear: the kind audio, the spoken form of a text challenge, and the way from a picture to either and back. */
import { expect, test } from 'vitest';
import { redeem, stage, type Visit } from './kit.ts';

const visit = stage();

/** Follows the sound: how often it began, how often it ended. */
const followed = (page: Visit['page']) =>
  page.addInitScript(() => {
    const heard: number[] = [];
    Object.assign(globalThis, { heard });
    const { start } = AudioBufferSourceNode.prototype;
    AudioBufferSourceNode.prototype.start = function (...when: [number?]) {
      heard.push(this.buffer!.duration);
      start.apply(this, when);
    };
  });
const heard = (page: Visit['page']) =>
  page.evaluate(() => (globalThis as unknown as { heard: number[] }).heard);

test('heard, slowly too, again without a new take, and typed', () =>
  visit(
    '<glyphgate-captcha kind="audio"></glyphgate-captcha>',
    async ({ page, widget, server }) => {
      const id = await widget.id();
      let takes = 0;
      page.on('request', (request) => {
        if (request.url().includes('/audio')) takes++;
      });
      await page.getByRole('button', { name: 'Play', exact: true }).click();
      const stop = page.getByRole('button', { name: 'Stop' });
      await stop.waitFor();
      // While it sounds nothing is read out.
      await widget.check.click();
      expect(await widget.status.textContent()).toBe('');
      await stop.click();
      await page.getByText('Enter your answer first.').waitFor();
      await page.getByRole('button', { name: 'Play slowly' }).click();
      await stop.waitFor();
      await page.getByRole('button', { name: 'Play', exact: true }).click();
      await expect.poll(async () => (await heard(page)).length).toBe(3);
      const [first, slow, again] = await heard(page);
      expect(slow).toBeGreaterThan(first!);
      expect(again).toBe(first);
      expect(takes).toBe(2);
      await widget.input.fill(await server.answer(id));
      await widget.input.press('Enter');
      await widget.in('solved');
      expect(await redeem(server, await widget.token())).toMatchObject({ success: true, kind: 'audio' });
    },
    { before: followed },
  ));

test('after three takes there are no more of one challenge', () =>
  visit('<glyphgate-captcha kind="audio"></glyphgate-captcha>', async ({ page, widget, server }) => {
    const id = await widget.id();
    for (let take = 0; take < 3; take++)
      expect((await fetch(`${server.url}/api/captcha/${id}/audio`)).status).toBe(200);
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    await page.getByText('No more recordings of this one.').waitFor();
    await widget.refresh.click();
    await widget.id(id);
  }));

test('the same characters can be heard where they cannot be read', () =>
  visit(
    '<glyphgate-captcha kind="text" preset="classic"></glyphgate-captcha>',
    async ({ page, widget, server }) => {
      const id = await widget.id();
      await page.getByRole('button', { name: 'Listen instead' }).click();
      await page.getByText('Type only what the voice says that speaks first.').waitFor();
      await page.getByRole('button', { name: 'Play', exact: true }).click();
      await page.getByRole('button', { name: 'Stop' }).click();
      await page.getByRole('button', { name: 'Show a picture instead' }).click();
      await widget.host.locator('canvas').waitFor();
      expect(await widget.id()).toBe(id);
      await widget.input.fill(await server.answer(id));
      await widget.check.click();
      await widget.in('solved');
    },
  ));

test('a scene is traded for something to hear, and that stays so until a picture is wanted', () =>
  visit(
    '<glyphgate-captcha kind="scene" difficulty="1"></glyphgate-captcha>',
    async ({ page, widget, server }) => {
      const scene = await widget.id();
      await page.getByRole('button', { name: 'Listen instead' }).click();
      const audio = await widget.id(scene);
      await widget.input.fill('0');
      await widget.check.click();
      const next = await widget.id(audio);
      await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
      await page.getByRole('button', { name: 'Show a picture instead' }).click();
      const back = await widget.id(next);
      await page.getByRole('button', { name: `Answer ${await server.answer(back)}` }).click();
      await widget.in('solved');
    },
  ));

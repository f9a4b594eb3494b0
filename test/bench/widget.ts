/**
 * `npm run bench:widget`: what a visitor's browser pays. Script load to first paint of the widget, interaction to next paint, layout
 * shift and memory over refreshes, in Chromium against the local server. Medians over fresh pages; the machine's load is in them.
 */
import { loadavg } from 'node:os';
import { launchChromium } from '../browser/stage.ts';
import { startServer } from '../runtime/server.ts';

const RUNS = 15;
const [browser, server] = await Promise.all([launchChromium(), startServer()]);
const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

async function open(kind: string) {
  const context = await browser.newContext({ locale: 'en' });
  const page = await context.newPage();
  await page.addInitScript(() => {
    const found = { shift: 0, slowest: 0 };
    Object.assign(globalThis, { found });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & {
        value: number;
        hadRecentInput: boolean;
      })[])
        if (!entry.hadRecentInput) found.shift += entry.value;
    }).observe({ type: 'layout-shift', buffered: true });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) found.slowest = Math.max(found.slowest, duration);
    }).observe({ type: 'event', buffered: true, durationThreshold: 16 } as PerformanceObserverInit);
  });
  // Nothing else is on the page: its first paint is the widget's.
  await page.route('**/page', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html><title>Bench</title><script src="/widget/element.js"></script>
        <glyphgate-captcha kind="${kind}"></glyphgate-captcha>`,
    }),
  );
  return { context, page };
}

const paint: number[] = [];
const interaction: number[] = [];
const shifts: number[] = [];
for (let run = 0; run < RUNS; run++) {
  const { context, page } = await open('text');
  await page.goto(`${server.url}/page`);
  paint.push(
    await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          const loaded = performance
            .getEntriesByType('resource')
            .find(({ name }) => name.endsWith('element.js')) as PerformanceResourceTiming;
          const painted = () => performance.getEntriesByName('first-contentful-paint')[0];
          const wait = () =>
            painted() ? resolve(painted()!.startTime - loaded.responseEnd) : setTimeout(wait, 5);
          wait();
        }),
    ),
  );
  const widget = page.locator('glyphgate-captcha');
  const ready = () => widget.locator('.frame[data-state=ready]').waitFor();
  await ready();
  await widget.locator('input').click();
  await page.keyboard.type('abcd');
  await page.keyboard.press('Enter');
  await page.getByText('That was not right').waitFor();
  await ready();
  await widget.getByRole('button', { name: 'New challenge' }).click();
  await ready();
  await page.waitForTimeout(200);
  const found = await page.evaluate(
    () => (globalThis as unknown as { found: { shift: number; slowest: number } }).found,
  );
  interaction.push(found.slowest);
  shifts.push(found.shift);
  await context.close();
}
const frames = await revealFrames();
console.log(`load average ${loadavg()[0]!.toFixed(1)}, ${RUNS} fresh pages`);
console.log(
  `script loaded → first paint   median ${median(paint).toFixed(0)} ms, best ${Math.min(...paint).toFixed(0)} ms`,
);
console.log(
  `interaction → next paint      median of the slowest ${median(interaction).toFixed(0)} ms, best ${Math.min(...interaction).toFixed(0)} ms (0: under 16)`,
);
console.log(`layout shift                  most ${Math.max(...shifts)}`);
console.log(
  `reveal, pointer moving        a frame each ${median(frames.gaps).toFixed(1)} ms (95 % within ${frames.gaps[Math.floor(frames.gaps.length * 0.95)]!.toFixed(1)}), ${frames.layouts} layouts and ${frames.script.toFixed(2)} ms of script a frame in ${frames.gaps.length} frames`,
);
await Promise.all([browser.close(), server.stop()]);

/** The pointer wanders over the pieces for some two seconds. */
async function revealFrames() {
  const { context, page } = await open('reveal');
  await page.goto(`${server.url}/page`);
  const canvas = page.locator('glyphgate-captcha canvas');
  await page.locator('glyphgate-captcha .frame[data-state=ready]').waitFor();
  const box = (await canvas.boundingBox())!;
  const session = await context.newCDPSession(page);
  await session.send('Performance.enable');
  const metrics = async () => {
    const { metrics: all } = await session.send('Performance.getMetrics');
    const of = (wanted: string) => all.find(({ name }) => name === wanted)!.value;
    return { layouts: of('LayoutCount'), script: of('ScriptDuration') };
  };
  await page.mouse.move(box.x + 10, box.y + 10);
  await page.waitForTimeout(500);
  const before = await metrics();
  const gaps = page.evaluate(
    () =>
      new Promise<number[]>((resolve) => {
        const times: number[] = [];
        const tick = (time: number) => {
          times.push(time);
          if (times.length <= 120) requestAnimationFrame(tick);
          else resolve(times.slice(1).map((each, i) => each - times[i]!));
        };
        requestAnimationFrame(tick);
      }),
  );
  for (let i = 0; i < 200; i++)
    await page.mouse.move(box.x + 10 + (i % 100) * ((box.width - 20) / 100), box.y + 10 + (i % 40) * 2);
  const found = (await gaps).sort((x, y) => x - y);
  const after = await metrics();
  await context.close();
  return {
    gaps: found,
    layouts: after.layouts - before.layouts,
    script: ((after.script - before.script) * 1000) / found.length,
  };
}

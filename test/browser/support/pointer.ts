/** The mouse over the plotting area, and what the page then says. */
import assert from 'node:assert/strict';
import type { ChartView } from './open-chart.ts';

/** Of 50 ms each: a busy machine takes its time. */
export const MAX_TRIES = 200;

/** @param at 0 at the left edge, 1 at the right one */
export async function hover({ page, frame }: ChartView, at: number): Promise<void> {
  const { x, y } = await spot({ page, frame }, at);
  await page.mouse.move(x, y);
}

export async function drag({ page, frame }: ChartView, from: number, to: number): Promise<void> {
  const start = await spot({ page, frame }, from);
  const end = await spot({ page, frame }, to);
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move((start.x + end.x) / 2, start.y, { steps: 4 });
  await page.mouse.move(end.x, end.y, { steps: 4 });
  await page.mouse.up();
}

export async function doubleClick({ page, frame }: ChartView, at: number): Promise<void> {
  const { x, y } = await spot({ page, frame }, at);
  await page.mouse.dblclick(x, y);
}

async function spot({ frame }: Pick<ChartView, 'page' | 'frame'>, at: number): Promise<{ x: number; y: number }> {
  // A chart that is being drawn anew has none for a moment.
  let box = await frame.locator('.u-over').boundingBox();
  for (let tries = 0; tries < MAX_TRIES && box === null; tries += 1) {
    await frame.waitForTimeout(50);
    box = await frame.locator('.u-over').boundingBox();
  }
  assert(box !== null, 'no plotting area');
  // Where a busy machine has not yet laid it out for its frame, it moves on.
  for (let tries = 0, before = 0; tries < MAX_TRIES && box !== null && box.width !== before; tries += 1) {
    before = box.width;
    await frame.waitForTimeout(50);
    box = (await frame.locator('.u-over').boundingBox()) ?? box;
  }
  return { x: box.x + Math.min(box.width - 1, Math.max(0, at * box.width)), y: box.y + box.height / 2 };
}

/** Waits until the text is there. */
export async function expectText({ frame }: ChartView, selector: string, text: string): Promise<void> {
  const read = async (): Promise<string> => (await frame.locator(selector).textContent()) ?? '';
  for (let tries = 0; tries < MAX_TRIES && (await read()) !== text; tries += 1) await frame.waitForTimeout(50);
  assert.equal(await read(), text);
}

export async function expectValues(view: ChartView, values: readonly string[]): Promise<void> {
  const read = (): Promise<string[]> => view.frame.locator('#legend .value').allTextContents();
  for (let tries = 0; tries < MAX_TRIES && (await read()).join() !== values.join(); tries += 1)
    await view.frame.waitForTimeout(50);
  assert.deepEqual(await read(), values);
}

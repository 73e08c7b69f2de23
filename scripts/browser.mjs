/** A headless Chromium (`CHROMIUM`, else `chromium` on PATH), spoken to over pipes by its DevTools protocol. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

const patienceMilliseconds = 40_000;

/**
 * Runs `use({ photograph, page })`. `directory`: for the profile. `page(method, params)` speaks to the page; `onEvent({ method, params })`
 * hears what it says.
 */
export async function inBrowser(directory, { width, height, onEvent = () => {} }, use) {
  const args = [
    ...['--headless=new', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--remote-debugging-pipe'],
    ...[`--user-data-dir=${directory}`, `--window-size=${width},${height}`, 'about:blank'],
  ];
  const stdio = ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'];
  const browser = spawn(process.env.CHROMIUM ?? 'chromium', args, { stdio });
  const ended = once(browser, 'exit');
  try {
    const send = speaker(browser.stdio[3], browser.stdio[4], onEvent);
    const { targetId } = await send('Target.createTarget', { url: 'about:blank' });
    const { sessionId } = await send('Target.attachToTarget', { targetId, flatten: true });
    const page = (method, params) => send(method, params, sessionId);
    await page('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: false });
    return await use({ page, photograph: (url, texts) => photograph(page, url, texts) });
  } finally {
    browser.kill();
    await ended;
  }
}

/** One JSON message after the other, each ended by a zero byte. */
function speaker(to, from, onEvent) {
  const waiting = new Map();
  let last = 0;
  let text = '';
  from.setEncoding('utf8').on('data', (data) => {
    const messages = (text + data).split('\0');
    text = messages.pop();
    for (const { id, result, error, method, params } of messages.map((message) => JSON.parse(message))) {
      if (method !== undefined) onEvent({ method, params });
      const settle = waiting.get(id);
      waiting.delete(id);
      settle?.(result, error);
    }
  });
  return (method, params, sessionId) =>
    new Promise((resolve, reject) => {
      const id = ++last;
      waiting.set(id, (result, error) => (error === undefined ? resolve(result) : reject(new Error(error.message))));
      to.write(`${JSON.stringify({ id, method, params: params ?? {}, sessionId })}\0`);
    });
}

/** A PNG of the page once it shows all of these texts. */
async function photograph(page, url, texts) {
  await page('Page.navigate', { url });
  const giveUpAt = Date.now() + patienceMilliseconds;
  const expression = `[document, ...[...document.querySelectorAll('iframe')].map((frame) => frame.contentDocument)]
    .map((part) => part?.body?.innerText ?? '').join(' ')`;
  for (;;) {
    const { result } = await page('Runtime.evaluate', { expression });
    const missing = texts.filter((text) => !result.value?.includes(text));
    if (missing.length === 0) break;
    if (Date.now() > giveUpAt) throw new Error(`${url} does not show "${missing.join('", "')}", but\n${result.value}`);
    await sleep(200);
  }
  // What is drawn after the text: fonts, icons, transitions.
  await sleep(1000);
  const { data } = await page('Page.captureScreenshot', { format: 'png' });
  return Buffer.from(data, 'base64');
}

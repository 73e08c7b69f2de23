/**
 * `npm run test:pictures`: the pages of `wattbandit plot` in a real browser. Ends with the line `N passed, N failed`; skipped, and says
 * so, where no browser can be had.
 */
import { deepStrictEqual, ok, strictEqual } from 'node:assert';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inBrowser } from './browser.mjs';
import { obtain } from './debianPackage.mjs';
import { check, conclude, giveUp } from './checks.mjs';
import { compiled } from './embedded.mjs';
import { prepare, root } from './prepare.mjs';

const pictures = {
  pareto: ['--trace', 'zeus/v100/cifar100'],
  regret: ['--trace', 'zeus/v100/cifar100', '--seeds', '3', '--recurrences', '20'],
  carbon: ['--trace', 'CISO/a40-resnet50-b128'],
  power: ['--trace', 'zeus/v100/cifar100'],
};

/** Draws all pages; answers their addresses by kind. */
function draw(directory) {
  const main = join(root, 'dist', 'worker', 'cli', 'main.js');
  const fileOf = (kind) => join(directory, `${kind}.html`);
  for (const [kind, source] of Object.entries(pictures))
    execFileSync(process.execPath, [main, 'plot', kind, ...source, '--out', fileOf(kind)], {
      stdio: ['ignore', 2, 'pipe'],
    });
  writeFileSync(fileOf('orders'), ordersPage());
  return [...Object.keys(pictures), 'orders'].map((kind) => ({ kind, url: pathToFileURL(fileOf(kind)).href }));
}

/** Runs on the recorded grid, under orders that begin at once, follow each other closely, and outlast the picture. */
function ordersPage() {
  const { carbonPicture } = compiled('worker/plot/carbon');
  const { htmlOf } = compiled('worker/plot/html');
  const { traceCarbon } = compiled('worker/plot/traceCarbon');
  const { loadCurves, loadZones } = compiled('simulation/tracesCarbon');
  const [series] = loadZones(join(root, 'data', 'carbon'), ['CISO']);
  const [curve] = loadCurves(join(root, 'data', 'zeus'), ['a40-resnet50-b128']);
  const hour = (n) => new Date(Date.UTC(2021, 6, 1, n)).toISOString();
  const order = (holds, text, from, to) => ({ holds, text, fromAt: hour(from), toAt: to === null ? null : hour(to) });
  const orders = [
    order('eta', 'η 0.9', -5, 20),
    order('limit', 'power limit 150 W', 30, 32),
    order('limit', 'at most 200 W', 31, 60),
    order('limit', 'frozen: batch size and limit stay', 70, null),
  ];
  return htmlOf(carbonPicture({ ...traceCarbon({ series, curve, eta: 0.5, fromAt: hour(0) }), orders }));
}

async function checkOrders({ url }, driver) {
  await driver.open(url);
  await check(
    'orders: names of orders and lines of forecasts are within the picture, and no name runs into another',
    async () => {
      const { names, lines, columns, outside } = await driver.evaluate(`(() => {
      const svg = document.querySelector('svg[role=img]').getBoundingClientRect();
      const boxes = [...document.querySelectorAll('.orderName text, text.orderName')].map((name) => ({ text: name.textContent, box: name.getBoundingClientRect() }));
      const meets = (one, other) => one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
      return {
        names: boxes.map(({ text }) => text),
        lines: document.querySelectorAll('.expected > path').length,
        columns: [...document.querySelectorAll('thead th')].map((head) => head.textContent).slice(-2),
        outside: boxes.flatMap(({ text, box }, at) => [
          ...(box.left < svg.left || box.right > svg.right ? [text + ' is outside'] : []),
          ...boxes.slice(at + 1).flatMap((other) => (meets(box, other.box) ? [text + ' meets ' + other.text] : [])),
        ]),
      };
    })()`);
      deepStrictEqual(names.toSorted(), ['#1 η 0.9', '#2 power limit 150 W', '#3 at most 200 W', '#4 frozen']);
      deepStrictEqual({ lines, columns, outside }, { lines: 3, columns: ['Expected', 'Orders'], outside: [] });
    },
  );
  await check('orders: the tab key leads to the picture and to the table, which says the same', async () => {
    const reached = new Set();
    for (let pressed = 0; pressed < 4; pressed++) {
      await driver.press('Tab');
      reached.add(await driver.evaluate('document.activeElement.getAttribute("aria-label")'));
    }
    ok(reached.has('The picture') && reached.has('The table'), [...reached].join());
    const rows = await driver.evaluate(
      `[...document.querySelectorAll('tbody tr')].map((row) => row.lastChild.textContent)`,
    );
    for (const number of ['#1', '#2 #3', '#3', '#4', '–']) ok(rows.includes(number), `no row has ${number}`);
  });
}

/** What a check does with a page. `heard`: what the page did since it was opened. */
function driverOf(page, heard) {
  const evaluate = async (expression) => {
    const { result, exceptionDetails } = await page('Runtime.evaluate', { expression, returnByValue: true });
    if (exceptionDetails !== undefined)
      throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  };
  const until = async (expression) => {
    const giveUpAt = Date.now() + 40_000;
    while (!(await evaluate(expression))) {
      if (Date.now() > giveUpAt) throw new Error(`it never came true that ${expression}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  return {
    evaluate,
    async open(url) {
      heard.length = 0;
      await page('Page.navigate', { url });
      await until(`location.href === ${JSON.stringify(url)} && document.readyState === 'complete'`);
    },
    async press(key) {
      const windowsVirtualKeyCode = {
        Tab: 9,
        PageUp: 33,
        PageDown: 34,
        End: 35,
        Home: 36,
        ArrowLeft: 37,
        ArrowRight: 39,
      }[key];
      for (const type of ['rawKeyDown', 'keyUp'])
        await page('Input.dispatchKeyEvent', { type, key, code: key, windowsVirtualKeyCode });
    },
    media: (media, features = {}) =>
      page('Emulation.setEmulatedMedia', {
        media,
        features: Object.entries(features).map(([name, value]) => ({ name, value })),
      }),
    size: (width, height) =>
      page('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: false }),
  };
}

async function checkPage({ kind, url }, driver, heard) {
  await driver.open(url);
  await check(`${kind}: nothing is fetched, and nobody complains`, async () => {
    const { title, heading } = await driver.evaluate(
      `({ title: document.title, heading: document.querySelector('h1').innerText })`,
    );
    strictEqual(title, heading);
    const requests = heard.filter(({ method }) => method === 'Network.requestWillBeSent');
    deepStrictEqual(
      requests.map(({ params }) => params.request.url),
      [url],
    );
    const complaints = heard.filter(({ method }) =>
      /^(Runtime\.exceptionThrown|Runtime\.consoleAPICalled|Log\.entryAdded)$/.test(method),
    );
    deepStrictEqual(complaints, []);
  });
  await check(
    `${kind}: the picture has a title and a description, and the table as many rows as it should`,
    async () => {
      const { title, description, rows } = await driver.evaluate(`(() => {
      const svg = document.querySelector('svg[role=img]');
      const [title, description] = svg.getAttribute('aria-labelledby').split(' ').map((id) => document.getElementById(id).textContent);
      return { title, description, rows: document.querySelectorAll('tbody tr').length };
    })()`);
      ok(title.length > 5 && description.length > 20 && rows > 5, JSON.stringify({ title, description, rows }));
    },
  );
  for (const scheme of ['light', 'dark']) {
    await driver.media('screen', { 'prefers-color-scheme': scheme });
    await check(`${kind}: all text stands out 4.5 : 1 in ${scheme}`, async () => {
      const faint = await driver.evaluate(faintTexts);
      deepStrictEqual(faint, []);
    });
  }
  await check(`${kind}: on paper it is light, without controls`, async () => {
    await driver.media('print', { 'prefers-color-scheme': 'dark' });
    const [ground, steering] = await driver.evaluate(
      `[getComputedStyle(document.body).backgroundColor, document.getElementById('steering')?.offsetHeight ?? 0]`,
    );
    deepStrictEqual([ground, steering], ['rgb(255, 255, 255)', 0]);
  });
  await driver.media('screen');
  await check(`${kind}: at 400 % only the picture and the table scroll sideways`, async () => {
    await driver.size(320, 256);
    const [scroll, client] = await driver.evaluate(
      `[document.scrollingElement.scrollWidth, document.scrollingElement.clientWidth]`,
    );
    ok(scroll <= client, `the page is ${scroll} pixels wide on a screen of ${client}`);
    const scrolled = await driver.evaluate(`[...document.querySelectorAll('.scroll')].map((part) => part.tabIndex)`);
    deepStrictEqual(scrolled, [0, 0]);
  });
  await driver.size(1280, 1024);
}

/** Texts that stand out less than WCAG 2 wants, in the page. The ground is the body's; halos of labels have its colour. */
const faintTexts = `(() => {
  const partsOf = (colour) => colour.match(/[\\d.]+/g).slice(0, 3).map((part) => Number(part) / 255);
  const luminance = (colour) => {
    const [red, green, blue] = partsOf(colour).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const ground = luminance(getComputedStyle(document.body).backgroundColor);
  const hasText = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== '');
  const isDrawn = (element) => element.closest('title, desc, style, script, [hidden]') === null;
  return [...document.body.querySelectorAll('*')].filter((element) => hasText(element) && isDrawn(element)).flatMap((element) => {
    const style = getComputedStyle(element);
    const own = luminance(element instanceof SVGElement ? style.fill : style.color);
    const contrast = (Math.max(own, ground) + 0.05) / (Math.min(own, ground) + 0.05);
    return contrast >= 4.5 ? [] : [element.textContent + ': ' + contrast.toFixed(2)];
  });
})()`;

async function checkSlider({ url }, driver) {
  const { loadTraces } = compiled('simulation/traces');
  const { zeusCostJoules } = compiled('policy/cost');
  const { traceTradeOff } = compiled('worker/plot/traceFacts');
  const [world] = loadTraces(join(root, 'data', 'zeus'), 'v100', { jobs: ['cifar100'] });
  const { points, maxPowerWatts } = traceTradeOff(world, 0.5);
  const winnerAt = (eta) => {
    const costOf = ({ joules, seconds }) => zeusCostJoules(joules, seconds, eta, maxPowerWatts);
    const { batchSize, powerLimitWatts } = points.reduce((best, one) => (costOf(one) < costOf(best) ? one : best));
    return `batch size ${batchSize}, ${powerLimitWatts} W`;
  };
  await driver.open(url);
  await check(
    'pareto: the slider is reached by the tab key, and each key names the winner of the policy’s cost',
    async () => {
      for (let pressed = 0; (await driver.evaluate('document.activeElement.id')) !== 'eta'; pressed++) {
        ok(pressed < 10, 'ten tabs did not lead to it');
        await driver.press('Tab');
      }
      const seen = new Set();
      for (const key of [
        'Home',
        ...Array(9).fill('PageUp'),
        'End',
        ...Array(5).fill('ArrowLeft'),
        'Home',
        'ArrowRight',
      ]) {
        await driver.press(key);
        const [eta, words, path] = await driver.evaluate(
          `[Number(document.getElementById('eta').value), document.getElementById('winner').textContent, document.getElementById('isoCost').getAttribute('d')]`,
        );
        ok(
          words.startsWith(`At η ${eta.toFixed(2)} the cheapest is ${winnerAt(eta)}:`),
          `${key}: ${words}, not ${winnerAt(eta)}`,
        );
        seen.add(`${winnerAt(eta)} ${path}`);
      }
      ok(seen.size > 10, 'the line hardly moved');
      ok(new Set([...seen].map((one) => one.split(':')[0])).size > 1);
    },
  );
}

async function checkWithoutScript({ url }, driver, page) {
  await check('pareto: without scripts there is no slider, and everything else', async () => {
    await page('Emulation.setScriptExecutionDisabled', { value: true });
    await driver.open(url);
    const [hidden, marks] = await driver.evaluate(
      `[getComputedStyle(document.getElementById('steering')).display, document.querySelectorAll('.known > path').length]`,
    );
    strictEqual(hidden, 'none');
    ok(marks > 50, `${marks} marks`);
    await page('Emulation.setScriptExecutionDisabled', { value: false });
  });
}

async function checkAll(directory) {
  const pages = draw(directory);
  const heard = [];
  const settings = { width: 1280, height: 1024, onEvent: (event) => heard.push(event) };
  await inBrowser(join(directory, 'browser'), settings, async ({ page }) => {
    for (const domain of ['Page', 'Runtime', 'Network', 'Log']) await page(`${domain}.enable`);
    const driver = driverOf(page, heard);
    for (const each of pages) await checkPage(each, driver, heard);
    const pareto = pages.find(({ kind }) => kind === 'pareto');
    await checkSlider(pareto, driver);
    await checkOrders(
      pages.find(({ kind }) => kind === 'orders'),
      driver,
    );
    await checkWithoutScript(pareto, driver, page);
  });
}

function hasBrowser() {
  try {
    if (process.env.CHROMIUM === undefined) obtain('chromium', ['chromium']);
    return true;
  } catch (error) {
    console.error(`\nSKIPPED: the pictures were looked at by no browser. ${error.message}\n`);
    return false;
  }
}

const directory = mkdtempSync(join(tmpdir(), 'wattbandit-pictures-'));
try {
  await prepare();
  if (hasBrowser()) await checkAll(directory);
} catch (error) {
  giveUp(error);
} finally {
  rmSync(directory, { recursive: true, force: true });
}
conclude();

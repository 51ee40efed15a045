// What the browser tests share: TAP, the database, what is watched on every page, a look at it with axe.
'use strict';
const { execFileSync } = require('child_process');
const fs = require('fs');
const path = require('path');
const { chromium } = require('playwright-core');

const { URL: SITE, PASSWORD, WORK, PICTURES, CHAMTHI_DB } = process.env;
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const canaries = fs.readFileSync(path.join(WORK, 'canaries'), 'utf8').split('\n').filter(Boolean);

let count = 0;
function ok(good, sentence, detail) {
  count++;
  console.log(`${good ? 'ok' : 'not ok'} ${count} - ${sentence}`);
  if (!good && detail !== undefined) console.log(`# ${JSON.stringify(detail).slice(0, 2000)}`);
  if (!good) process.exitCode = 1;
}
const is = (got, wanted, sentence) => ok(got === wanted, sentence, { got, wanted });
const sql = (text) => execFileSync('sqlite3', ['-cmd', '.timeout 5000', CHAMTHI_DB], { input: text, encoding: 'utf8' }).trim();

// ---- what is watched on every page ----
const complaints = []; // console errors, refused by the CSP or else
const leaks = [];
let pages = 0;

function watch(page) {
  page.on('console', (m) => {
    // Chromium itself reports each 4xx page and each lost connection that a test makes on purpose.
    if (m.type() === 'error' && !/Failed to load resource.*(status of 4|net::ERR)/.test(m.text())) complaints.push(m.text());
  });
  page.on('pageerror', (e) => complaints.push(String(e)));
  page.on('response', async (r) => {
    const seen = JSON.stringify(r.headers()) + (await r.text().catch(() => ''));
    if (/certificate|results/.test(r.url())) return; // there a winner's name is what one asks for
    pages++;
    for (const name of canaries) if (seen.includes(name)) leaks.push(`${name} in ${r.url()}`);
  });
}

async function judgeOf(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(() =>
    axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
  return found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(' | ')}`);
}

// Every page on a desk, a tablet and a telephone, light and dark: no violation, nothing wider than the screen,
// a picture.
const SCREENS = [[1280, 900, 'light'], [1280, 900, 'dark'], [820, 1180, 'light'], [360, 740, 'light'], [360, 740, 'dark']];
async function look(page, name) {
  const wrong = [];
  for (const [width, height, scheme] of SCREENS) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: scheme });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (wide > 0) wrong.push(`${width} ${scheme}: ${wide} px too wide`);
    for (const v of await judgeOf(page)) wrong.push(`${width} ${scheme}: ${v}`);
    await page.screenshot({ path: path.join(PICTURES, `${name}-${width}-${scheme}.png`), fullPage: width < 1280 });
  }
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.emulateMedia({ colorScheme: 'light' });
  ok(wrong.length === 0, `${name}: no axe violation and no sideways scrolling, light and dark, on desk, tablet and telephone`, wrong);
}

// ---- steps ----
async function signIn(page, name, password) {
  await page.fill('#name', name);
  await page.fill('#password', password);
  await page.click('main button');
}

const marks = (page) => page.$$eval('input.mark', (list) => list.map((x) => x.value));
async function fill(page, values) {
  const fields = await page.$$('input.mark');
  for (let i = 0; i < values.length; i++) await fields[i].fill(values[i]);
}
const press = (page, what) => Promise.all([page.waitForNavigation(), page.click(`button[value=${what}]`)]);
const text = (page, selector) => page.innerText(selector);

async function open(options = {}) {
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync'],
  });
  const context = await browser.newContext({ locale: 'vi-VN', ...options });
  const page = await context.newPage();
  watch(page);
  return { browser, context, page };
}

// Runs the walk, says what was seen on the way, ends the TAP.
function run(walk) {
  walk().then(() => {
    ok(pages > 0 && canaries.length > 20 && leaks.length === 0,
      `no author, address, telephone, file, receipt number or judge's name in ${pages} replies, headers included`, leaks);
    ok(complaints.length === 0, 'the console stayed silent: nothing broke the content security policy', complaints);
  }).catch((e) => {
    ok(false, 'the walk came to its end', String(e.stack));
  }).finally(() => {
    console.log(`1..${count}`);
    process.exit();
  });
}

// Waits until the database answers so; false after some seconds.
async function becomes(query, wanted, seconds = 10) {
  for (let i = 0; i < seconds * 20; i++) {
    if (sql(query) === wanted) return true;
    await new Promise((r) => setTimeout(r, 50));
  }
  return false;
}

module.exports = { SITE, PASSWORD, ok, is, sql, watch, look, judgeOf, signIn, marks, fill, press, text, open, run, becomes };

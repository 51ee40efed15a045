// A visitor's pages: contests and their rules, results, draws, a certificate's PDF, large letters. Prints TAP.
'use strict';
const fs = require('fs');
const path = require('path');
const { SITE, ok, is, sql, look, text, open, run } = require('./lib.js');

const { PDF, WORK } = process.env;

async function rules(page) {
  await page.goto(`${SITE}/vi`);
  await page.click('.contests a >> nth=0');
  const rules = await text(page, 'main');
  ok(/Quy định chung/.test(rules) && /Tính chân thực, từ 0 đến 25 điểm/.test(rules) && /Giải Nhất \(Bài viết\): 1 giải/.test(rules) && /Nhận bài từ ngày/.test(rules), 'the rules are there in words', rules);
  await look(page, 'contest');
  await page.goto(page.url().replace('/vi/', '/en/'));
  ok(/Entries are received from/.test(await text(page, 'main')), 'in English too');
  await look(page, 'contest-english');
  await page.goto(`${SITE}/vi/contest/2023`);
  ok(/chưa được công bố/.test(await text(page, 'main')), 'rules that are not published are not shown');
}

async function results(page) {
  await page.goto(`${SITE}/vi/contest/2023/results`);
  const rows = await page.$$eval('tbody tr', (list) => list.map((x) => x.innerText));
  is(rows.length, Number(sql("SELECT count(*) FROM award WHERE year = 2023 AND state = 'decided'")), 'the results are the decided awards, no more');
  ok(rows.some((x) => /Lê Doãn Tụng/.test(x)), 'with names and units', rows);
  await look(page, 'results');
  await page.goto(`${SITE}/en/contest/2023/results`);
  await look(page, 'results-english');
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('text=How entries were judged')]);
  ok(fs.readFileSync(await download.path()).subarray(0, 5).toString() === '%PDF-', 'the methods note is a PDF');
  await page.goto(`${SITE}/vi/contest/2024/results`);
  ok(/chưa được công bố/.test(await text(page, 'main')), 'results that are not published are not there');
}

async function draws(page) {
  await page.goto(`${SITE}/vi/contest/2024/draws`);
  const shown = await text(page, 'main');
  const hash = sql("SELECT lower(hex(output_hash)) FROM draw WHERE state = 'published'");
  ok(shown.includes(hash) && /công bố cùng kết quả/.test(shown), 'a draw shows its hashes, its seed comes with the results', shown);
  await look(page, 'draws');
  sql("INSERT INTO publication(year, results_at) VALUES (2024, 1) ON CONFLICT(year) DO UPDATE SET results_at = 1");
  await page.goto(`${SITE}/en/contest/2024/draws`); // the Vietnamese page may be a minute old
  ok((await text(page, 'main')).includes(sql("SELECT lower(hex(seed)) FROM draw WHERE state = 'published'")), 'with the results the seed is there');
  await look(page, 'draws-published');
  const inputs = await (await page.request.get(await page.getAttribute('section a', 'href').then((x) => SITE + x))).text();
  is(inputs, sql("SELECT inputs FROM draw WHERE state = 'published'") + (inputs.endsWith('\n') ? '\n' : ''), 'and all that went into the draw can be downloaded');
}

async function certificates(page) {
  await page.goto(`${SITE}/vi/certificate`);
  await page.setInputFiles('#file', PDF);
  await Promise.all([page.waitForNavigation(), page.click('text=Kiểm tra tệp')]);
  ok(/đang có hiệu lực/.test(await text(page, '.verdict')) && /Lê Doãn Tụng/.test(await text(page, '.verdict')), 'a genuine PDF is known');
  await look(page, 'certificate-file');
  const changed = path.join(WORK, 'changed.pdf');
  fs.writeFileSync(changed, Buffer.concat([fs.readFileSync(PDF), Buffer.from('\n')]));
  await page.setInputFiles('#file', changed);
  await Promise.all([page.waitForNavigation(), page.click('text=Kiểm tra tệp')]);
  ok(/không phải bản gốc/.test(await text(page, '.verdict')), 'one byte more and it is not');
  await look(page, 'certificate-file-unknown');
  await page.goto(`${SITE}/vi/certificate`);
  await drop(page, '#file', PDF);
  is(await page.$eval('#file', (x) => x.files.length), 1, 'the field takes a file that is dropped on it');
  await Promise.all([page.waitForNavigation(), page.click('text=Kiểm tra tệp')]);
  ok(/đang có hiệu lực/.test(await text(page, '.verdict')), 'and it is known as well');
}

// A file from the desktop, let go over an element: the browser's own drag and drop, no event made by hand.
async function drop(page, selector, file) {
  const box = await (await page.$(selector)).boundingBox();
  const devtools = await page.context().newCDPSession(page);
  const at = { x: box.x + box.width / 2, y: box.y + box.height / 2, data: { items: [], files: [file], dragOperationsMask: 1 } };
  for (const type of ['dragEnter', 'dragOver', 'drop']) await devtools.send('Input.dispatchDragEvent', { type, ...at });
}

async function looks(page) {
  await page.goto(`${SITE}/vi/contest/2024`);
  const size = () => page.evaluate(() => getComputedStyle(document.documentElement).fontSize);
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const before = [await size(), await paper()];
  await page.selectOption('#look-size', 'largest');
  await page.selectOption('#look-theme', 'dark');
  await Promise.all([page.waitForNavigation(), page.click('.look button')]);
  is(page.url(), `${SITE}/vi/contest/2024`, 'choosing large letters leads back to the same page');
  ok(parseFloat(await size()) > 1.4 * parseFloat(before[0]) && (await paper()) !== before[1], 'which is large and dark now');
  await look(page, 'largest-dark');
  await page.goto(`${SITE}/vi`);
  ok(parseFloat(await size()) > 1.4 * parseFloat(before[0]), 'and the choice stays');
}

run(async () => {
  const { browser, page } = await open();
  await rules(page);
  await results(page);
  await draws(page);
  await certificates(page);
  await looks(page);
  await browser.close();
});

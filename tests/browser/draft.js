// Not a word is lost, whatever happens while a judge types. Prints TAP.
'use strict';
const { spawn } = require('child_process');
const { SITE, PASSWORD, ok, is, sql, watch, signIn, marks, fill, press, text, open, run, becomes } = require('./lib.js');

const { CHAMTHI, SERVER, CHAMTHI_DB } = process.env;
const phachOf = (page) => page.url().match(/entry\/([^/?#]+)/)[1];
const comment = (phach) => `SELECT comment FROM sheet WHERE phach = '${phach}' AND judge_id = (SELECT judge_id FROM judge WHERE code = 'GK01')`;
const said = (page, words) => page.waitForFunction((w) => document.getElementById('autosave').textContent.includes(w), words, { timeout: 15000 }).then(() => true, () => false);

async function next(page) {
  await page.goto(`${SITE}/vi/judge`);
  await page.click('a.main');
}

async function typing(page) {
  await fill(page, ['8,5', '20.5']);
  await page.fill('#comment', 'câu thứ nhất');
  const start = Date.now();
  ok(await becomes(comment(phachOf(page)), 'câu thứ nhất', 5) && Date.now() - start < 2500,
    `what is typed is on the server after ${Date.now() - start} ms, nobody having pressed anything`);
  ok(await said(page, 'Đã tự lưu lúc'), 'and the page says so');
  is(await page.evaluate(() => Object.keys(localStorage).filter((x) => x.startsWith('chamthi:')).length), 0, 'what the server has is not left on the device');
  is(await text(page, '#total'), '29', 'the total runs along, comma or point');
  await page.reload();
  is((await marks(page)).slice(0, 2).join(';'), '8,5;20,5', 'and it is all there when the page is opened again');
  await page.focus('input.mark');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowDown');
  is((await marks(page)).slice(0, 2).join(';'), '9;20', 'arrow keys move a mark by its step, Enter goes to the next one');
}

async function losingTheNetwork(context, page) {
  await context.setOffline(true);
  await page.fill('#comment', 'gõ khi mất mạng');
  ok(await said(page, 'vẫn giữ trên máy này'), 'without a network the page says that it keeps what is typed');
  await context.setOffline(false);
  ok(await becomes(comment(phachOf(page)), 'gõ khi mất mạng'), 'and sends it by itself when the network is back');

  await context.setOffline(true);
  await page.fill('#comment', 'thẻ đóng khi mất mạng');
  const address = page.url();
  await page.close();
  await context.setOffline(false);
  const again = await context.newPage();
  watch(again);
  await again.goto(address);
  is(await again.inputValue('#comment'), 'thẻ đóng khi mất mạng', 'a tab closed without a network: its words are back when the essay is opened');
  ok(await becomes(comment(phachOf(again)), 'thẻ đóng khi mất mạng'), 'and then on the server');
  return again;
}

async function restarting(page) {
  process.kill(Number(SERVER), 'SIGKILL');
  await page.fill('#comment', 'gõ khi máy chủ chết');
  ok(await said(page, 'vẫn giữ trên máy này'), 'a killed server: the page keeps what is typed');
  const server = spawn(CHAMTHI, ['--db', CHAMTHI_DB, 'serve', '--listen', new URL(SITE).host], { stdio: 'ignore' });
  process.on('exit', () => server.kill());
  ok(await becomes(comment(phachOf(page)), 'gõ khi máy chủ chết', 15), 'and sends it when the server is back');
}

async function expiring(context, page) {
  sql('DELETE FROM session');
  await page.fill('#comment', 'gõ khi hết phiên');
  ok(await said(page, 'Phiên làm việc đã hết hạn'), 'when the session has run out the page says so and keeps what is typed');
  const other = await context.newPage();
  watch(other);
  await other.goto(`${SITE}/vi/sign-in`);
  await signIn(other, 'gk01', PASSWORD);
  await other.close();
  ok(await becomes(comment(phachOf(page)), 'gõ khi hết phiên', 15), 'signing in in another tab is enough: it is sent by itself');
}

async function twoTabs(context, page) {
  const phach = phachOf(page);
  const other = await context.newPage();
  watch(other);
  await other.goto(page.url());
  await other.fill('#comment', 'viết ở thẻ thứ hai');
  ok(await becomes(comment(phach), 'viết ở thẻ thứ hai'), 'the second tab saves');
  await page.fill('#comment', 'viết ở thẻ thứ nhất');
  ok(await said(page, 'lưu ở thẻ hoặc máy khác'), 'the first is told, and overwrites nothing');
  is(sql(comment(phach)), 'viết ở thẻ thứ hai', 'what the other saved still stands');
  await press(page, 'save');
  const both = await text(page, '.versions');
  ok(/thẻ thứ nhất/.test(both) && /thẻ thứ hai/.test(both), 'both versions are shown side by side', both);
  await Promise.all([page.waitForNavigation(), page.click('[data-forget]')]);
  is(await page.inputValue('#comment'), 'viết ở thẻ thứ hai', 'the judge chooses the stored one and has it');
  await other.close();
}

async function tooLong(context, page) {
  const address = page.url(), long = 'dài '.repeat(1300);
  await page.fill('#comment', long);
  ok(await said(page, 'Có chỗ chưa đúng'), 'a comment that is too long is not called saved');
  await page.close();
  const again = await context.newPage();
  watch(again);
  await again.goto(address);
  is(await again.inputValue('#comment'), long, 'and is still there when the essay is opened again');
  await press(again, 'save');
  ok(/dài quá 5.000/.test(await text(again, '#errors')), 'the button says what is wrong');
  await again.goto(address);
  is(await again.inputValue('#comment'), long, 'the list of errors left behind, nothing is lost either');
  await again.fill('#comment', 'ngắn lại');
  ok(await becomes(comment(phachOf(again)), 'ngắn lại'), 'shortened, it is saved');
  return again;
}

async function anotherJudge(context, page) {
  const phach = phachOf(page);
  sql(`INSERT INTO sheet (round_id, phach, judge_id) SELECT round_id, phach,
    (SELECT judge_id FROM judge WHERE code = 'GK02') FROM sheet WHERE phach = '${phach}'; DELETE FROM session`);
  const other = await context.newPage();
  watch(other);
  await other.goto(`${SITE}/vi/sign-in`);
  await signIn(other, 'gk02', PASSWORD);
  sql(`UPDATE sheet SET rev = ${await page.inputValue('[name=rev]')} WHERE phach = '${phach}' AND rev = 0`);
  await page.fill('#comment', 'lời của giám khảo thứ nhất');
  ok(await said(page, 'Phiên làm việc đã hết hạn'), 'another judge signs in on the same device: the first page keeps what is typed');
  is(sql(`SELECT count(*) FROM sheet WHERE phach = '${phach}' AND comment LIKE '%thứ nhất'`), '0', 'and stores nothing in the other one\'s sheet');
  await other.click('nav button');
  await other.goto(`${SITE}/vi/sign-in`);
  await signIn(other, 'gk01', PASSWORD);
  await other.close();
  ok(await becomes(comment(phach), 'lời của giám khảo thứ nhất', 15), 'the first judge signs in again, and it is sent');
  sql(`DELETE FROM sheet WHERE phach = '${phach}' AND judge_id = (SELECT judge_id FROM judge WHERE code = 'GK02')`);
}

async function submitting(page) {
  await fill(page, ['8,5', '20', '15', '12', '4']);
  await page.fill('#comment', 'nộp ngay khi vừa gõ');
  await page.waitForTimeout(1450); // about when the pause ends: the two requests cross
  await press(page, 'submit');
  ok(page.url().endsWith('/receipt'), 'submitting while a draft is on its way gives the receipt', page.url());
  is(await page.evaluate(() => localStorage.length), 0, 'and nothing stays on the device');
}

async function withoutScript() {
  const { browser, page } = await open({ javaScriptEnabled: false });
  await page.goto(`${SITE}/vi/judge`);
  await signIn(page, 'gk02', PASSWORD);
  await page.click('a.main');
  await fill(page, ['8,5', '20', '', '12', '4']);
  await press(page, 'save');
  ok(/Bản nháp đã lưu/.test(await text(page, '#state')), 'without JavaScript a draft is saved by its button');
  await press(page, 'submit');
  ok(/chưa có điểm/.test(await text(page, '#errors')), 'a missing mark is listed');
  await page.locator('input.mark').nth(2).fill('15');
  await press(page, 'submit');
  ok(page.url().endsWith('/receipt') && /[0-9A-Z]{4}-[0-9A-Z]{4}/.test(await text(page, '.code')), 'and the sheet is submitted');
  await browser.close();
}

run(async () => {
  const { browser, context, page } = await open();
  await page.goto(`${SITE}/vi/judge`);
  await signIn(page, 'gk01', PASSWORD);
  await page.click('a.main');
  await typing(page);
  const again = await losingTheNetwork(context, page);
  await restarting(again);
  await expiring(context, again);
  await twoTabs(context, again);
  const shortened = await tooLong(context, again);
  await anotherJudge(context, shortened);
  await submitting(shortened);
  await next(shortened);
  await browser.close();
  await withoutScript();
});

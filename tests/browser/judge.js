// A judge's evening and a visitor with a certificate, walked through in Chromium. Prints TAP.
'use strict';
const { SITE, PASSWORD, ok, is, sql, watch, look, signIn, marks, fill, press, text, open, run } = require('./lib.js');

const { GENUINE, HELD, REVOKED, REPLACED } = process.env;
const HOSTILE = '<script>window.hit=1</script>"\'><img src=x onerror="window.hit=1">&amp;\n  ệ &#39; ${7*7} </textarea>';

async function visitor(page) {
  await page.goto(`${SITE}/`);
  is(page.url(), `${SITE}/vi`, 'the bare address leads to the Vietnamese pages');
  ok((await text(page, 'main')).includes('2024'), 'the first page lists the contests');
  await look(page, 'home');
  await page.click('nav a[hreflang=en]');
  is(await page.getAttribute('html', 'lang'), 'en', 'one link leads to the same page in English');
  await page.goto(`${SITE}/c/${GENUINE.toLowerCase().replace(/-/g, '')}`);
  const genuine = await text(page, '.verdict');
  ok(/đang có hiệu lực/.test(genuine) && /Lê Doãn Tụng/.test(genuine) && /2301\/QĐ-BTC/.test(genuine),
    'the address in the QR picture tells that a certificate is genuine, with all that is printed', genuine);
  await look(page, 'certificate-genuine');
  await page.fill('#code', REVOKED);
  await Promise.all([page.waitForNavigation(), page.click('main button')]);
  const revoked = await text(page, 'main');
  ok(/đã bị thu hồi/.test(revoked) && !/Bí Mật/.test(await page.content()), 'a revoked one says so, but not why', revoked);
  await look(page, 'certificate-revoked');
  await page.goto(`${SITE}/en/certificate?code=${REPLACED}`);
  ok(/replaced by a new one/.test(await text(page, 'main')), 'a replaced one says so');
  await page.goto(`${SITE}/vi/certificate?code=${HELD}`);
  ok(/tạm dừng hiệu lực/.test(await text(page, 'main')), 'one that is looked into says so');
  const mistyped = await page.goto(`${SITE}/vi/certificate?code=${GENUINE.replace(/^../, (two) => two[1] + two[0])}`);
  ok(mistyped.status() === 400 && /gõ nhầm/.test(await text(page, 'main')), 'a mistyped code is called that');
  const unknown = await page.goto(`${SITE}/vi/certificate?code=24V5-Q055-SBQH-8EAY-GEMN`);
  ok(unknown.status() === 404 && /không có trong sổ/.test(await text(page, 'main')), 'a code that nobody was given finds nothing');
  const missing = await page.goto(`${SITE}/en/nothing/here`);
  ok(missing.status() === 404 && /Not found/.test(await text(page, 'h1')), 'a wrong address is told in its language');
}

async function signing(page) {
  await page.goto(`${SITE}/vi/judge`);
  ok(page.url().includes('/vi/sign-in?next='), 'the queue asks a stranger to sign in');
  await look(page, 'sign-in');
  await signIn(page, 'gk01', 'không phải mật khẩu này');
  ok(/không đúng/.test(await text(page, '[role=alert]')), 'a wrong password is told without saying which part is wrong');
  is(await page.inputValue('#name'), 'gk01', 'the name stays in its field');
  await signIn(page, 'ban-to-chuc', PASSWORD);
  ok(await page.waitForSelector('#code').then(() => true, () => false), 'an organizer is asked for a code as well');
  await look(page, 'sign-in-code');
  await page.goto(`${SITE}/vi/judge`);
  await signIn(page, 'GK01', PASSWORD);
  is(page.url(), `${SITE}/vi/judge`, 'after signing in one is where one wanted to go');
  const mine = Number(sql("SELECT count(*) FROM sheet WHERE judge_id = (SELECT judge_id FROM judge WHERE code = 'GK01')"));
  ok(mine > 5 && (await page.$$('.queue li')).length === mine, 'the queue holds the judge\'s own essays, all of them');
  await look(page, 'queue');
}

async function drafting(page) {
  await page.click('a.main');
  const address = page.url();
  ok((await page.$$('.essay p')).length > 5, 'the essay is there in paragraphs');
  await look(page, 'entry');
  await fill(page, ['8,5', 'hai mươi', '26', '12,25', '']);
  await page.fill('#comment', HOSTILE);
  await press(page, 'save');
  const errors = await page.$$eval('#errors li', (list) => list.map((x) => x.innerText));
  is(errors.length, 3, 'three marks that cannot stand are listed on top');
  ok(/“hai mươi” không phải là điểm/.test(errors[0]) && /ngoài thang điểm 0–25/.test(errors[1]) && /bước điểm 0,5/.test(errors[2]),
    'each says what is wrong with what was typed', errors);
  is((await marks(page)).join(';'), '8,5;hai mươi;26;12,25;', 'all that was typed is still in its place');
  await look(page, 'entry-errors');
  await page.click('#errors li:nth-child(2) a');
  is(await page.evaluate(() => document.activeElement.value), '26', 'the list leads to the field');
  await fill(page, ['8,5', '20.5', '25', '12,5', '']);
  await press(page, 'save');
  ok(/Bản nháp đã lưu/.test(await text(page, '#state')), 'a draft is saved with a mark missing');
  is((await marks(page)).join(';'), '8,5;20,5;25;12,5;', 'marks come back with a comma, however they were typed');
  is(await page.inputValue('#comment'), HOSTILE, 'a hostile comment comes back exactly');
  is(await page.evaluate(() => window.hit), undefined, 'and nothing of it was run');
  await press(page, 'submit');
  ok(/chưa có điểm/.test(await text(page, '#errors')), 'a sheet with a mark missing is not submitted: a blank is no zero');
  return address;
}

async function submitting(page, address) {
  await page.goto(address);
  await page.focus('input.mark');
  for (const value of ['8,5', '20.5', '25', '12,5', '4,5']) {
    await page.keyboard.press('Control+A');
    await page.keyboard.type(value);
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Tab'); // past the comment and the notes, over "save draft"
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  ok(page.url().endsWith('/receipt'), 'with the keyboard alone the sheet is filled and submitted', page.url());
  const receipt = await text(page, 'main');
  ok(/[0-9A-Z]{4}-[0-9A-Z]{4}/.test(receipt) && /\d+\/\d+\/\d{4} \d\d:\d\d/.test(receipt) && /71/.test(receipt),
    'the receipt has a code, the time and the total', receipt);
  await look(page, 'receipt');
  const code = await text(page, '.code');
  is(sql(`SELECT state || ' ' || code FROM sheet WHERE code = '${code}'`), `submitted ${code}`, 'the code stands in the database');
  await page.goBack();
  if (await page.$('button[value=submit]')) {
    await press(page, 'submit');
    is(await page.innerText('.code').catch(() => ''), code, 'going back and submitting once more gives the same receipt');
  } else {
    ok(/đã nộp/.test(await text(page, '#state')), 'going back shows the sheet as submitted');
  }
  await page.goto(`${SITE}/vi/judge/given`);
  ok(/71/.test(await text(page, 'tbody td.n')) || /71/.test(await text(page, 'main')), 'the marks given so far are listed');
  await look(page, 'given');
  await page.goto(`${address}/history`);
  ok(/đã nộp/.test(await text(page, 'main')), 'with every version of the sheet');
  await look(page, 'history');
  await page.goto(address);
  is((await page.$$('input.mark')).length, 0, 'a submitted sheet can only be read');
  await look(page, 'entry-submitted');
}

async function conflicting(context, page) {
  await page.goto(`${SITE}/vi/judge`);
  await page.click('a.main');
  const other = await context.newPage();
  watch(other);
  await other.goto(page.url());
  await fill(other, ['20', '20']);
  await other.fill('#comment', 'viết ở máy tính bảng');
  await press(other, 'save');
  await fill(page, ['15', '15,5']);
  await page.fill('#comment', 'viết ở máy tính');
  await press(page, 'save');
  const both = await text(page, 'main');
  ok(/viết ở máy tính bảng/.test(both) && /viết ở máy tính\n?/.test(both) && /15,5/.test(both) && /20/.test(both),
    'two tabs: the slower one is shown both versions, and nothing is overwritten', both);
  await look(page, 'conflict');
  await press(page, 'save');
  is((await marks(page)).slice(0, 2).join(';'), '15;15,5', 'the judge may choose the one just typed');
  await other.close();
}

async function expiring(page) {
  sql('DELETE FROM session');
  await fill(page, ['16', '16,5', '17']);
  await page.fill('#comment', 'gõ khi phiên đã hết hạn\nhai dòng');
  await press(page, 'save');
  ok(/vẫn được giữ/.test(await text(page, '[role=alert]')), 'when the session has run out, one signs in again in place');
  await look(page, 'expired');
  await signIn(page, 'gk01', 'sai một lần cho chắc');
  await signIn(page, 'gk01', PASSWORD);
  await Promise.all([page.waitForNavigation(), page.click('main button')]);
  is((await marks(page)).slice(0, 3).join(';'), '16;16,5;17', 'and all that was typed is saved');
  is(await page.inputValue('#comment'), 'gõ khi phiên đã hết hạn\nhai dòng', 'with the comment');
}

async function recusing(page) {
  await page.goto(`${SITE}/vi/judge`);
  await page.click('.queue li:last-child a');
  const essay = page.url();
  await page.click('.aside a >> nth=1');
  await page.fill('#text', 'giống bài đăng Báo Hànộimới năm 2019');
  await look(page, 'suspect');
  await Promise.all([page.waitForNavigation(), page.click('main button.main')]);
  is(sql("SELECT text FROM suspicion"), 'giống bài đăng Báo Hànộimới năm 2019', 'a judge tells the organizers of what looks copied');
  await page.goto(essay);
  await page.click('.aside a');
  await page.fill('textarea', 'cháu họ');
  await look(page, 'recuse');
  await Promise.all([page.waitForNavigation(), page.click('button.danger')]);
  ok(/từ chối/.test(await text(page, '#state')) && (await page.$$('.essay p:not(.facts)')).length === 0,
    '“I recognise the author” takes the essay off the desk');
  const others = sql("SELECT phach FROM sheet WHERE judge_id = (SELECT judge_id FROM judge WHERE code = 'GK02')" +
    " EXCEPT SELECT phach FROM sheet WHERE judge_id = (SELECT judge_id FROM judge WHERE code = 'GK01') LIMIT 1");
  const reply = await page.goto(`${SITE}/vi/entry/${others}`);
  is(reply.status(), 404, 'another judge\'s essay does not exist for this one');
  const words = await text(page, 'main');
  const nothing = await page.goto(`${SITE}/vi/entry/24V5-Q055-SBQH-8EAY-GEMN`);
  ok(nothing.status() === 404 && words === (await text(page, 'main')), 'and looks like one that was never there');
}

async function leaving(page) {
  await page.goto(`${SITE}/en/judge`);
  ok(/1 of [0-9]+ essays submitted/.test(await text(page, 'main')), 'the queue counts in English too', await text(page, '.progress'));
  await look(page, 'queue-english');
  await page.click('nav button');
  await page.goto(`${SITE}/en/judge`);
  ok(page.url().includes('/en/sign-in'), 'after signing out the pages are closed');
  await page.goto(`${SITE}/en/sign-in`);
  await page.keyboard.press('Tab');
  is(await page.evaluate(() => document.activeElement.className), 'skip', 'the first key stop skips to the main part');
}

run(async () => {
  const { browser, context, page } = await open();
  await visitor(page);
  await signing(page);
  const address = await drafting(page);
  await submitting(page, address);
  await conflicting(context, page);
  await expiring(page);
  await recusing(page);
  await leaving(page);
  await browser.close();
});

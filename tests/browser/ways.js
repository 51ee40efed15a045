// The same pages by other ways: passages coloured, paper, the keyboard alone, no JavaScript, English. Prints TAP.
'use strict';
const { execFileSync } = require('child_process');
const path = require('path');
const { SITE, PASSWORD, ok, is, sql, look, signIn, fill, press, text, open, run, becomes } = require('./lib.js');

const { GENUINE, PDF, PICTURES, WORK, HANDWRITTEN } = process.env;
const coloured = (page) => page.$$eval('#text mark', (list) => list.map((x) => x.innerText));
const kept = (phach) => `SELECT highlights FROM sheet_note JOIN sheet USING (sheet_id) WHERE phach = '${phach}'`;
const go = (page, act) => Promise.all([page.waitForNavigation(), act]);

async function colouring(page) {
  await page.goto(`${SITE}/vi/judge`);
  await signIn(page, 'gk01', PASSWORD);
  ok(/hết ngày 31\/12\/2099, còn [0-9.]+ ngày/.test(await text(page, 'main')), 'the queue says until when');
  ok(/Túi 1/.test(await text(page, 'main h3')), 'and goes by parcel');
  await page.click('a.main');
  const phach = page.url().match(/entry\/([^/?#]+)/)[1];
  const second = await text(page, '#text p >> nth=1');
  ok(await page.isHidden('#highlight'), 'nothing is selected, so nothing is offered');
  await page.click('#text p >> nth=1', { clickCount: 3 });
  await page.waitForSelector('#highlight:not([hidden])');
  await look(page, 'entry-selected');
  await page.click('#text p >> nth=1', { clickCount: 3 });
  await page.click('#highlight');
  is((await coloured(page)).join('|'), second, 'a paragraph selected with the mouse is coloured');
  ok(await becomes(kept(phach), `1:0-${[...second].length}`), 'and stored by itself', sql(kept(phach)));
  await page.reload();
  is((await coloured(page)).join('|'), second, 'it is there when the essay is opened again');
  await look(page, 'entry-coloured');

  await page.click('#text p >> nth=1', { clickCount: 2 });
  await page.keyboard.press('Shift+ArrowRight');
  await page.waitForSelector('#highlight:not([hidden])');
  await page.keyboard.press('Tab');
  is(await page.evaluate(() => document.activeElement.id), 'highlight', 'after a selection the next stop of the keyboard is the button');
  const letters = await page.evaluate(() => { // from the third paragraph into the fourth
    const [, , a, b] = document.querySelectorAll('#text p');
    getSelection().setBaseAndExtent(a.firstChild, a.firstChild.length - 5, b.firstChild, 4);
    return [a.firstChild.data.slice(-5), b.firstChild.data.slice(0, 4)];
  });
  await page.waitForFunction(() => document.getElementById('highlight').textContent === 'Tô màu đoạn đang chọn');
  await page.keyboard.press('Enter');
  is((await coloured(page)).join('|'), [second, ...letters].join('|'), 'a selection over two paragraphs is coloured in both');
  await page.click('#text p >> nth=1', { clickCount: 3 });
  await page.waitForFunction(() => document.getElementById('highlight').textContent === 'Bỏ tô màu');
  await page.click('#highlight');
  is((await coloured(page)).join('|'), letters.join('|'), 'what is coloured already loses its colour');
  ok(await becomes(kept(phach), sql(kept(phach))) && await becomes(`SELECT count(*) FROM (${kept(phach)}) WHERE highlights LIKE '2:%'`, '1'), 'and that is stored too');
}

async function comingBack(page) {
  const address = page.url();
  await page.goto(`${SITE}/vi/judge`);
  await page.goto(address);
  ok(await page.isHidden('#last-place'), 'an essay opened for the first time begins at its beginning');
  await page.evaluate(() => document.querySelectorAll('#text p')[6].scrollIntoView());
  await page.waitForFunction(() => Object.keys(localStorage).some((x) => x.startsWith('place:')));
  await page.goto(`${SITE}/vi/judge`);
  await page.goto(address);
  await page.click('#last-place');
  ok(await page.evaluate(() => Math.abs(document.querySelectorAll('#text p')[6].getBoundingClientRect().top) < 200), 'coming back, one press leads to where one was');
}

const words = (pdf) => execFileSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8' });
async function printing(page) {
  const title = await text(page, 'h1'), phach = await text(page, '.phach');
  await fill(page, ['8,5']);
  await page.fill('#note', 'ghi chú riêng không in');
  ok(await page.isVisible('[data-print]'), 'an essay has a button to print it');
  const asked = page.evaluate(() => new Promise((done) => { window.print = () => done(true); }));
  await page.click('[data-print]');
  ok(await asked, 'which opens the printer\'s window');
  const file = path.join(WORK, 'entry.pdf');
  await page.pdf({ path: file, format: 'A4' });
  execFileSync('pdftoppm', ['-r', '50', '-png', file, path.join(PICTURES, 'entry-paper')]);
  const paper = words(file), pages = paper.split('\f').filter((x) => x.trim()), [essay, sheet] = [paper.slice(0, paper.lastIndexOf(phach)), paper.slice(paper.lastIndexOf(phach))];
  ok(essay.includes(title) && essay.includes(phach), 'the paper begins with the essay', paper);
  ok(/GK01/.test(sheet) && /Tính chân thực/.test(sheet) && /8,5/.test(sheet) && /Thể thức/.test(sheet), 'its sheet follows, with the code and the judge', sheet);
  ok(pages[pages.length - 1].includes(phach) && /Nhận xét/.test(pages[pages.length - 1]), 'on one page', pages.length);
  ok(!/ghi chú riêng|Ghi chú riêng|Đăng xuất|Lưu bản nháp|Cỡ chữ/.test(paper), 'without private notes and without buttons', paper);
}

// ---- the keyboard alone ----
async function tabTo(page, wanted) { // a selector; each stop on the way must be visible
  for (let i = 0; i < 120; i++) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate((s) => {
      const x = document.activeElement, style = getComputedStyle(x);
      return { there: x.matches(s), seen: x === document.body || (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2), what: x.outerHTML.slice(0, 80) };
    }, wanted);
    if (!at.seen) throw new Error(`no ring around ${at.what}`);
    if (at.there) return;
  }
  throw new Error(`Tab does not reach ${wanted}`);
}
async function follow(page, wanted) {
  await tabTo(page, wanted);
  await go(page, page.keyboard.press('Enter'));
}

async function byKeys() {
  const { browser, page } = await open();
  await page.goto(`${SITE}/vi`);
  await follow(page, '.contests a[href$="2023"]');
  await follow(page, 'a[href$="/results"]');
  ok(/Lê Doãn Tụng/.test(await text(page, 'main')), 'keys lead to the results');
  await follow(page, 'main a[href$="/certificate"]');
  await tabTo(page, '#code');
  await page.keyboard.type(GENUINE);
  await go(page, page.keyboard.press('Enter'));
  ok(/đang có hiệu lực/.test(await text(page, '.verdict')), 'and check a certificate');
  await tabTo(page, '#look-size');
  await page.keyboard.press('ArrowDown');
  await tabTo(page, '.look button');
  await go(page, page.keyboard.press('Enter'));
  ok(await page.$('html.large'), 'and make the letters large');

  await follow(page, 'nav a[href$="/sign-in"]');
  await tabTo(page, '#name');
  await page.keyboard.type('gk02');
  await tabTo(page, '#password');
  await page.keyboard.type(PASSWORD);
  await go(page, page.keyboard.press('Enter'));
  await follow(page, 'a.main');
  for (const mark of ['8,5', '20', '15', '12', '4']) {
    await tabTo(page, 'input.mark');
    await page.keyboard.type(mark);
  }
  await tabTo(page, '#comment');
  await page.keyboard.type('gõ bằng phím');
  await follow(page, 'button[value=submit]');
  ok(page.url().endsWith('/receipt'), 'a judge signs in, marks and submits with keys', page.url());
  await follow(page, 'main a.main');
  await follow(page, 'a[href$="/copied"]');
  await tabTo(page, '#text');
  await page.keyboard.type('giống một bài trên mạng');
  await follow(page, 'main button.main');
  is(sql('SELECT text FROM suspicion'), 'giống một bài trên mạng', 'tells of what looks copied');
  await follow(page, 'main a.button');
  const essay = page.url();
  await follow(page, 'a[href$="/recuse"]');
  await tabTo(page, 'input[type=radio]');
  await page.keyboard.press('Space');
  await follow(page, 'button.danger');
  is(page.url().replace(/#.*/, ''), essay.replace(/#.*/, ''), 'declines an essay');
  ok(/từ chối/.test(await text(page, '#state')), 'which is said');
  await follow(page, 'main .crumbs a');
  await follow(page, 'main a[href$="/given"]');
  ok(/59,5/.test(await text(page, 'main')), 'looks at the marks given');
  await follow(page, 'nav form button');
  await page.goto(`${SITE}/vi/judge`);
  ok(page.url().includes('sign-in'), 'and signs out');
  await browser.close();
}

async function withoutScript() {
  const { browser, context, page } = await open({ javaScriptEnabled: false });
  await page.goto(`${SITE}/vi/certificate?code=${GENUINE}`);
  ok(/đang có hiệu lực/.test(await page.innerText('.verdict')), 'without JavaScript a certificate is checked');
  await page.setInputFiles('#file', PDF);
  await go(page, page.click('text=Kiểm tra tệp'));
  ok(/đang có hiệu lực/.test(await page.innerText('.verdict')), 'also by its file');
  await page.selectOption('#look-theme', 'dark');
  await go(page, page.click('.look button'));
  is(await page.getAttribute('html', 'class'), 'normal dark', 'the background can be chosen');
  await page.goto(`${SITE}/vi/judge`);
  await signIn(page, 'gk01', PASSWORD);
  await page.click('a.main');
  ok((await page.$$('#text mark')).length === 2, 'passages are coloured');
  ok(!await page.isVisible('#highlight') && !await page.isVisible('[data-print]'), 'buttons that need a script are not shown');
  const other = await context.newPage();
  await other.goto(page.url());
  await other.fill('#comment', 'từ máy kia');
  await press(other, 'save');
  await page.fill('#comment', 'từ máy này');
  await press(page, 'save');
  const both = await page.innerText('.versions');
  ok(/máy kia/.test(both) && /máy này/.test(both), 'two versions are shown side by side', both);
  await press(page, 'save');
  is(await page.inputValue('#comment'), 'từ máy này', 'and one is chosen');
  await page.click('a[href$="/recuse"]');
  await page.check('input[type=radio] >> nth=0');
  await go(page, page.click('button.danger'));
  ok(/từ chối/.test(await page.innerText('#state')), 'an essay is declined');
  await browser.close();
}

async function inEnglish(page) {
  const phach = page.url().match(/entry\/([^/?#]+)/)[1];
  const addresses = { home: '', certificate: `certificate?code=${GENUINE}`, draws: 'contest/2024/draws', queue: 'judge', given: 'judge/given',
    entry: `entry/${phach}`, recuse: `entry/${phach}/recuse`, suspect: `entry/${phach}/copied`, history: `entry/${phach}/history`, missing: 'nothing' };
  for (const [name, address] of Object.entries(addresses)) {
    await page.goto(`${SITE}/en/${address}`);
    await look(page, `${name}-english`);
    const left = await page.evaluate(() => { // words of the program, not of the contest, that are not English
      const own = document.body.cloneNode(true);
      for (const x of own.querySelectorAll('[lang=vi], .brand, .who, .phach, .verdict dd, .queue a, option, textarea, script')) x.remove();
      return own.textContent.match(/[^\n]*[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ][^\n]*/g);
    });
    ok(!left || left.every((x) => /Hà Nội/.test(x)), `${name}: nothing is left untranslated`, left);
  }
}

async function handwriting(page) {
  await page.goto(`${SITE}/vi/entry/${HANDWRITTEN}`);
  const pictures = await page.$$eval('.picture img', (all) => Promise.all(all.map((x) => {
    x.loading = 'eager';
    return x.decode().then(() => x.naturalWidth > 100 && x.getBoundingClientRect().right <= x.closest('article').getBoundingClientRect().right + 0.5);
  })));
  is(pictures.join(), 'true,true', 'a handwritten essay shows its pages as pictures, no wider than the column');
  await look(page, 'handwritten');
}

run(async () => {
  const { browser, page } = await open();
  await colouring(page);
  await comingBack(page);
  await printing(page);
  await handwriting(page);
  await byKeys();
  await inEnglish(page);
  await withoutScript();
  await browser.close();
});

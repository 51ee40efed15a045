// Three hundred hostile strings in every place where a page shows text: each is read back exactly, none
// is run. Prints TAP.
'use strict';
const { SITE, PASSWORD, ok, is, sql, watch, signIn, press, open, run } = require('./lib.js');

const seeds = [
  '<script>hit()</script>', '"><img src=x onerror=hit()>', "' onmouseover='hit()", '" autofocus onfocus=hit() x="',
  '</textarea><script>hit()</script>', '</title><svg onload=hit()>', '<!--<img src="--><img src=x onerror=hit()//">',
  'javascript:hit()', '&lt;script&gt;hit()&lt;/script&gt;', '&amp;amp;lt;', '&#60;script&#62;', '&#x3c;img&#x3e;', '<%script>',
  '<scr\tipt>', '<a href="data:text/html,<script>hit()</script>">', '{{7*7}} ${7*7} <%= 7*7 %>', '%s%n%d%p %%', ']]><x>',
  '<math><mtext></mtext><script>', '\\"; hit(); //', '<base href=//evil.example>', '<meta http-equiv=refresh content=0>',
  '<style>*{display:none}</style>', '\u202E<evil>\u202C', 'ặ ễ ổ <b>đậm</b> “ngoặc”', '+84<>\'"&', '<details open ontoggle=hit()>',
  'a\u007F<x>', '`<img src=`x`onerror=hit()>`', '<IMG """><SCRIPT>hit()</SCRIPT>">'];
const frames = [['', ''], ['"', '"'], ["'", "'"], ['</p>', '<p>'], ['<![CDATA[', ']]>'], ['&', ';'], ['<<', '>>'], ['<!--', '-->'], ['x=', ' y'], ['\\', '\\']];
const all = seeds.flatMap((s) => frames.map(([a, b]) => `${a}${s}${b}`));
const PLAIN = 'Một câu bình thường'; // what no string may be treated differently from
const hex = (s) => `CAST(x'${Buffer.from(s).toString('hex')}' AS TEXT)`; // every byte through the shell unharmed

// A form takes 5,000 characters: as many of them in each as fit.
const portions = [[]];
for (const s of all) {
  if ([...portions.at(-1), s].join('\n').length > 4900) portions.push([]);
  portions.at(-1).push(s);
}

let hits = 0;

// All that a page is made of, in order: elements, attributes, texts and what stands in fields. `signs` are
// written as one, so that two pages that differ in nothing else are equal. Runs in the browser.
function shape(doc, signs) {
  const out = [];
  const put = (text) => out.push(signs.reduce((t, s) => t.split(s).join('¤'), text));
  (function walk(node) {
    if (node.nodeType !== Node.ELEMENT_NODE) return put(`${node.nodeType} ${node.data}`);
    put(`<${node.localName}`);
    for (const a of node.attributes) if (!(node.name === 'csrf' && a.name === 'value')) put(`${a.name}=${a.value}`);
    if (node.matches('input:not([name=csrf]), textarea')) put(`holds ${node.value}`);
    node.childNodes.forEach(walk);
    return out.push('>');
  })(doc.documentElement);
  return out;
}

const differs = (a, b) => {
  const i = a.findIndex((line, k) => line !== b[k]);
  return i < 0 && a.length === b.length ? null : { wanted: a.slice(i - 1, i + 2), got: b.slice(i - 1, i + 2) };
};

// What the database holds, as one string everywhere.
function store(s) {
  const x = hex(s);
  sql(`BEGIN;
    UPDATE contest SET name = ${x}; UPDATE track SET name = ${x}; UPDATE round SET name = ${x};
    UPDATE criterion SET name = ${x}, description = ${x};
    UPDATE blind SET title = ${x}, text = ${x};
    UPDATE user SET name = ${x} WHERE user_id = ${me.user}; UPDATE judge SET code = ${x} WHERE judge_id = ${me.judge};
    UPDATE sheet SET comment = ${x}, returned_reason = ${x}; UPDATE sheet_note SET text = ${x};
    UPDATE sheet_revision SET comment = ${x}, reason = ${x};
    UPDATE public_rule SET vi = ${x}, en = ${x}, source = ${x};
    UPDATE award SET prize = ${x}, recipient = ${x}, recipient_unit = ${x}, track = ${x};
    UPDATE certificate SET honorific = ${x}, name = ${x}, address = ${x}, achievement = ${x}, prize = ${x}, title = ${x},
      decision = ${x} WHERE code = '${process.env.GENUINE}';
    UPDATE certificate SET serial = ${x} WHERE code = '${process.env.GENUINE}';
    COMMIT`);
}

// Three sheets of one judge: one to be marked, one submitted, one returned, each with a version behind it.
const me = {};
async function prepare(page) {
  [me.user, me.judge] = sql("SELECT user_id, judge_id FROM user WHERE name = 'gk01'").split('|');
  const mine = sql(`SELECT phach FROM sheet WHERE judge_id = ${me.judge} ORDER BY phach`).split('\n');
  [me.open, me.sent, me.back] = mine;
  await page.goto(`${SITE}/vi/judge`);
  await signIn(page, 'gk01', PASSWORD);
  for (const phach of [me.open, me.sent, me.back]) {
    await page.goto(`${SITE}/vi/entry/${phach}`);
    for (const field of await page.$$('input.mark')) await field.fill(await field.getAttribute('data-most').then((x) => String(x / 100)));
    await page.fill('#comment', 'nhận xét');
    await page.fill('#note', 'ghi chú');
    await press(page, phach === me.sent ? 'submit' : 'save');
  }
  sql(`UPDATE sheet SET state = 'returned' WHERE phach = '${me.back}'`);
  await page.evaluate(() => localStorage.clear());
}

const PAGES = ['/vi', '/en/contest/2024', '/vi/contest/2023/results', '/en/contest/2024/draws', '/vi/judge', '/en/judge/given',
  '/vi/entry/OPEN', '/en/entry/SENT', '/vi/entry/BACK', '/vi/entry/SENT/receipt', '/en/entry/SENT/history', '/vi/entry/OPEN/copied',
  '/vi/entry/OPEN/recuse'];
const LOOKED_UP = ['/en/certificate?code=GENUINE'];
// What an address holds and its page shows again.
const ASKED = ['/vi/sign-in?next=¤', '/en/contest/2024?x=¤', '/vi/certificate?code=¤', '/en/contest/1999?x=¤'];

const encoded = (s) => encodeURIComponent(s).replace(/'/g, '%27'); // as browsers do
const pathOf = (page, s) => page.replace('OPEN', me.open).replace('SENT', me.sent).replace('BACK', me.back)
  .replace('GENUINE', process.env.GENUINE).replace('¤', encoded(s));

// Behind a proxy, as far as that server knows: a visitor may look up thirty certificates a minute.
let visitor = 0;
const somebodyElse = (page) => page.setExtraHTTPHeaders({ 'X-Forwarded-For': `10.0.${visitor >> 8}.${visitor++ & 255}` });

const READ = `async ({ paths, signs }) => { ${shape}
  return Promise.all(paths.map(async (path) =>
    shape(new DOMParser().parseFromString(await (await fetch(path)).text(), 'text/html'), signs))); }`;
const READ_HERE = `(signs) => { ${shape} return shape(document, signs); }`;
const inBrowser = (page, code, argument) => page.evaluate(`(${code})(${JSON.stringify(argument)})`);

// The pages beside the same ones with a plain string: every string alone, read by the browser's own parser;
// then thirty alone and all three hundred at once, opened, so that what can run does.
async function comeBack(tab, list, before, what) {
  const wrong = [], shapes = {};
  const compare = (kind, page, s, now) => {
    shapes[kind + page] ??= now; // the plain one comes first
    const other = differs(shapes[kind + page], now);
    if (other) wrong.push({ page, s: s.slice(0, 80), ...other });
  };
  for (const s of [PLAIN, ...all]) {
    before(s);
    await somebodyElse(tab);
    const now = await inBrowser(tab, READ, { paths: list.map((page) => pathOf(page, s)), signs: [s, encoded(s)] });
    list.forEach((page, i) => compare('read ', page, s, now[i]));
  }
  const few = all.filter((s, i) => i % 10 === Math.floor(i / 10) % 10); // each seed once, every frame thrice
  for (const s of [PLAIN, ...few, all.join(' ')]) {
    before(s);
    for (const page of list) {
      await somebodyElse(tab);
      await tab.goto(new URL(pathOf(page, s), tab.url()).href);
      compare('open ', page, s, await inBrowser(tab, READ_HERE, [s, encoded(s)]));
    }
  }
  for (const page of list) {
    const count = shapes[`open ${page}`].join('').split('¤').length - 1, of = wrong.filter((w) => w.page === page);
    ok(count > 0 && !of.length, `${what} ${page}: 300 strings come back exactly, in ${count} places each`, of.slice(0, 2));
  }
}

// ---- what is typed ----

const fields = async (page) => ({ comment: await page.inputValue('#comment'), note: await page.inputValue('#note') });
async function type(page, s) {
  await page.fill('#comment', s);
  await page.fill('#note', s);
}

async function saved(page) {
  const wrong = [];
  for (const s of portions.map((p) => p.join('\n'))) {
    await page.goto(`${SITE}/vi/entry/${me.open}`);
    await type(page, s);
    await press(page, 'save');
    const now = await fields(page);
    if (now.comment !== s || now.note !== s) wrong.push(now);
  }
  ok(wrong.length === 0, 'comments and notes of them all are saved and come back exactly', wrong);
}

async function inConflict(page) {
  const wrong = [];
  for (const s of portions.map((p) => p.join('\n'))) {
    await page.goto(`${SITE}/vi/entry/${me.open}`);
    sql(`UPDATE sheet SET rev = rev + 1, comment = 'khác' WHERE phach = '${me.open}'`); // as another tab would
    await type(page, `${s}.`);
    await press(page, 'save');
    const cells = await page.$$eval('.versions td:last-child', (list) => list.map((td) => [...td.querySelectorAll('p')].map((p) => p.textContent).join('\n')));
    const kept = await page.$$eval('form input[name=comment], form input[name=note]', (list) => list.map((x) => x.value));
    if (cells.filter((text) => text === `${s}.`).length !== 2 || kept.join() !== `${s}.,${s}.`) wrong.push({ cells, kept });
    await Promise.all([page.waitForNavigation(), page.click('[data-forget]')]); // or it would wait on this device
  }
  ok(wrong.length === 0, 'two versions side by side: all that was typed is shown and kept exactly', wrong);
}

async function afterTheSession(page) {
  const wrong = [];
  for (const s of portions.map((p) => p.join('\n'))) {
    await page.goto(`${SITE}/vi/entry/${me.open}`);
    await type(page, s);
    sql('DELETE FROM session');
    await press(page, 'save');
    await signIn(page, 'gk01', PASSWORD);
    await page.waitForSelector('input[name=comment]', { state: 'attached' });
    const kept = await page.$$eval('input[name=comment], input[name=note]', (list) => list.map((x) => x.value));
    if (kept.join() !== `${s},${s}`) wrong.push(kept);
    await Promise.all([page.waitForNavigation(), page.click('main button')]);
    if ((await fields(page)).comment !== s) wrong.push('not saved');
  }
  ok(wrong.length === 0, 'a session over: what was typed goes through the sign-in exactly', wrong);
}

async function asMarks(page) {
  const wrong = [];
  await page.goto(`${SITE}/vi/entry/${me.open}`);
  const count = (await page.$$('input.mark')).length;
  for (let i = 0; i < all.length; i += count) {
    const some = all.slice(i, i + count);
    await page.$$eval('input.mark', (list, values) => list.forEach((x, k) => {
      x.value = values[k] ?? '1';
      x.dispatchEvent(new Event('input', { bubbles: true })); // as typing does
    }), some);
    await press(page, 'submit');
    const got = await page.$$eval('input.mark', (list) => list.map((x) => x.value));
    const said = await page.$$eval('#errors li', (list) => list.map((x) => x.textContent));
    for (const [k, s] of some.entries()) if (got[k] !== s || !said[k].includes(s)) wrong.push({ s, got: got[k], said: said[k] });
  }
  ok(wrong.length === 0, 'marks that are none stand in their fields and in what is said of them, exactly', wrong.slice(0, 3));
}

async function coloured(page) {
  sql(`UPDATE blind SET text = ${hex(all.join('\n'))} WHERE phach = '${me.open}';
    UPDATE sheet_note SET highlights = '${all.map((s, i) => `${i}:${i % 3}-${i % 3 + 4}`).join(' ')}'`);
  await page.evaluate(() => localStorage.clear()); // marks that are none wait there to be corrected
  await page.goto(`${SITE}/vi/entry/${me.open}`);
  const got = await page.$$eval('#text p', (list) => list.map((x) => x.textContent));
  is(got.join('\n'), all.join('\n'), 'coloured paragraphs come back exactly');
  is((await page.$$('#text mark')).length, all.length, 'with a colour in each');
  sql("UPDATE sheet_note SET highlights = ''");
}

async function asNames(page) {
  const wrong = [];
  for (const s of [...all, all.join(' ')]) {
    await somebodyElse(page); // failures are counted by name and address
    const got = await page.evaluate(async (name) => {
      const parse = async (reply) => new DOMParser().parseFromString(await (await reply).text(), 'text/html');
      const csrf = (await parse(fetch('/vi/sign-in'))).querySelector('[name=csrf]').value;
      const page = await parse(fetch('/vi/sign-in', { method: 'POST', body: new URLSearchParams({ csrf, name, password: 'không phải mật khẩu' }) }));
      return page.querySelector('#name')?.value ?? page.title;
    }, s);
    if (got !== s) wrong.push({ s, got });
  }
  ok(wrong.length === 0, 'a name that nobody has stands in its field again, exactly', wrong.slice(0, 3));
}

run(async () => {
  is(all.length, 300, 'there are three hundred of them');
  const { browser, context, page } = await open();
  const other = await browser.newContext();
  const stranger = await other.newPage();
  watch(stranger);
  const network = await other.newCDPSession(stranger);
  await network.send('Network.enable');
  await network.send('Network.setCacheDisabled', { cacheDisabled: true }); // or public pages stay for a minute
  for (const x of [context, other]) await x.exposeFunction('hit', () => { hits++; });
  for (const [tab, site] of [[page, SITE], [stranger, process.env.CHECK]]) {
    await tab.goto(`${site}/vi`);
    await tab.evaluate(() => hit());
    const plain = await inBrowser(tab, READ_HERE, []);
    await tab.evaluate(() => document.querySelector('h1').append(document.createElement('b')));
    ok(differs(plain, await inBrowser(tab, READ_HERE, [])), 'an element too many is seen');
  }
  is(hits, 2, 'one that ran would be counted');
  hits = 0;

  await prepare(page);
  await saved(page);
  await inConflict(page);
  await afterTheSession(page);
  await asMarks(page);
  await coloured(page);
  await comeBack(page, PAGES, store, 'stored,');
  await comeBack(stranger, LOOKED_UP, store, 'stored,');
  store('thế thôi');
  await comeBack(stranger, ASKED, () => {}, 'asked for,');
  await asNames(stranger);
  is(hits, 0, 'nothing of all that was run');
  await browser.close();
});

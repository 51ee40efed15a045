// Three hundred hostile strings in every place where a page shows text: each is read back exactly, none
// is run. Prints TAP.
'use strict';
const { SITE, PASSWORD, ok, is, sql, signIn, press, open, run } = require('./lib.js');

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
const quote = (s) => `'${s.replace(/'/g, "''")}'`;
const hex = (s) => `CAST(x'${Buffer.from(s).toString('hex')}' AS TEXT)`; // every byte through the shell unharmed

let hits = 0;
async function goes(page, address, selector, wanted, what) {
  await page.goto(SITE + address);
  const got = await page.$$eval(selector, (list) => list.map((x) => ('value' in x && x.tagName !== 'LI' ? x.value : x.textContent)));
  const missing = wanted.filter((s) => !got.includes(s));
  ok(missing.length === 0, `${what}: ${wanted.length} strings come back exactly`, { missing: missing.slice(0, 3), got: got.slice(0, 3) });
}

// A page shows one of these at a time: set it, look, next.
async function oneByOne(page, strings, set, address, selector, what) {
  const wrong = [];
  for (const s of strings) {
    sql(set(hex(s)));
    await page.goto(SITE + address);
    const got = await page.$$eval(selector, (list) => list.map((x) => x.textContent));
    if (!got.some((t) => t.includes(s))) wrong.push([s, got[0]]);
  }
  ok(wrong.length === 0, `${what}: ${strings.length} strings come back exactly`, wrong.slice(0, 3));
}

run(async () => {
  is(all.length, 300, 'there are three hundred of them');
  const { browser, page } = await open();
  await page.exposeFunction('hit', () => { hits++; });
  await page.goto(`${SITE}/vi/judge`);
  await signIn(page, 'gk01', PASSWORD);
  const mine = sql("SELECT s.phach FROM sheet s JOIN judge j USING (judge_id) WHERE j.code = 'GK01' ORDER BY s.phach").split('\n');
  const phach = mine[0], other = mine[1];

  // many at once: paragraphs, titles of the queue, the comment, criteria, rules, results
  sql(`UPDATE blind SET text = ${hex(all.join('\n'))} WHERE phach = ${quote(phach)}`);
  await goes(page, `/vi/entry/${phach}`, '.essay p', all, 'an essay\'s paragraphs');
  for (let i = 0; i < all.length; i += mine.length) {
    mine.forEach((p, k) => { if (all[i + k]) sql(`UPDATE blind SET title = ${hex(all[i + k])} WHERE phach = ${quote(p)}`); });
    if (i === 0) await goes(page, '/vi/judge', '.queue a', all.slice(i, i + mine.length), 'titles in the queue');
  }
  const comment = all.filter((s) => !s.includes('\u007F')).join('\n').slice(0, 4900);
  await page.goto(`${SITE}/vi/entry/${phach}`);
  await page.fill('#comment', comment);
  await page.fill('#note', comment);
  await press(page, 'save');
  is(await page.inputValue('#comment'), comment, 'a comment of them all comes back exactly');
  is(await page.inputValue('#note'), comment, 'so do private notes');
  await goes(page, `/vi/entry/${phach}/history`, 'main section p', comment.split('\n'), 'a version of the sheet');
  sql(`UPDATE sheet_note SET highlights = '${all.map((s, i) => `${i}:${i % 3}-${i % 3 + 4}`).join(' ')}'`);
  await goes(page, `/vi/entry/${phach}`, '#text p', all, 'coloured paragraphs');
  is((await page.$$('#text mark')).length, all.length, 'with a colour in each');
  sql(`UPDATE sheet SET rev = rev + 1, comment = 'khác' WHERE phach = ${quote(phach)}`); // as another tab would
  await page.fill('#comment', `${comment}.`);
  await press(page, 'save');
  const shown = await page.$$eval('.versions td:last-child p', (list) => list.map((x) => x.textContent));
  is(shown.slice(0, comment.split('\n').length).join('\n'), `${comment}.`, 'two versions side by side: all is shown exactly');
  sql("DELETE FROM public_rule WHERE year = 2024");
  sql(`INSERT INTO public_rule(year, position, part, vi, en, source) VALUES ${all.map((s, i) => `(2024, ${i}, 'general', ${hex(s)}, ${hex(s)}, ${hex(s)})`).join(',')}`);
  await goes(page, '/vi/contest/2024', 'main li', all, 'rules');
  await goes(page, '/en/contest/2024', 'main .hint span', all, 'where rules come from');
  sql(`INSERT INTO award(year, kind, prize, recipient, recipient_fold, recipient_unit, track, state, decision, decision_date)
    VALUES ${all.map((s) => `(2023, 'entry', ${hex(s)}, ${hex(s)}, '', ${hex(s)}, 'x', 'decided', '1', '2023-01-01')`).join(',')}`);
  await goes(page, '/vi/contest/2023/results', 'tbody td:last-child', all, 'units of the results');
  await goes(page, '/en/contest/2023/results', 'tbody th', all, 'names of the results');

  // one at a time: titles and headings, names of rounds, tracks, contests, criteria, facts of a certificate
  const few = all.filter((s, i) => i % 10 === Math.floor(i / 10) % 10); // each seed once, every frame thrice
  await oneByOne(page, few, (s) => `UPDATE blind SET title = ${s} WHERE phach = '${phach}'`, `/vi/entry/${phach}`, 'h1, title', 'an essay\'s title');
  await oneByOne(page, few, (s) => `UPDATE criterion SET name = ${s}, description = ${s} WHERE position = 1`, `/vi/entry/${phach}`, '.criterion label', 'a criterion');
  await oneByOne(page, few, (s) => `UPDATE round SET name = ${s}`, '/vi/judge', 'h2', 'a round');
  await oneByOne(page, few, (s) => `UPDATE round SET name = ${s}`, '/en/contest/2024/draws?x', 'h2', 'a round drawn');
  await oneByOne(page, few, (s) => `UPDATE contest SET name = ${s} WHERE year = 2024`, '/vi?x', '.contests li', 'a contest');
  await oneByOne(page, few, (s) => `UPDATE track SET name = ${s}`, '/vi/judge', '.facts', 'a track');
  await oneByOne(page, few, (s) => `UPDATE sheet SET state = 'returned', returned_reason = ${s} WHERE phach = '${other}'`, `/vi/entry/${other}`, '#state p', 'why a sheet was returned');
  const third = (n) => few.filter((s, i) => (i % 3 === 0) === (n === 0)); // thirty look-ups a minute are allowed
  await oneByOne(page, third(0), (s) => `UPDATE certificate SET name = ${s}, address = ${s}, prize = ${s}, title = ${s}, decision = ${s} WHERE serial = '2023/GCN-001'`,
    `/vi/certificate?code=${process.env.GENUINE}`, '.verdict dd', 'a certificate');

  // in the address: what was asked for is shown again
  const wrong = [];
  for (const s of third(1)) {
    await page.goto(`${SITE}/vi/certificate?code=${encodeURIComponent(s)}`);
    const shown = await page.inputValue('#code');
    if (shown !== s) wrong.push([s, shown]);
    await page.goto(`${SITE}/vi/entry/${encodeURIComponent(s)}?q=${encodeURIComponent(s)}`);
    await page.goto(`${SITE}/vi/sign-in?next=${encodeURIComponent(s)}`);
  }
  ok(wrong.length === 0, 'a code typed wrong comes back exactly', wrong.slice(0, 3));
  is(hits, 0, 'nothing of all that was run');
  await browser.close();
});

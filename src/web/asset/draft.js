// What a judge types is kept on this device at once and on the server after a pause, whatever happens to
// the network, the session or the server. Without this script the form's own buttons do all of it.
'use strict';
(() => {
  const PAUSE = 1500, AGAIN = 4000; // milliseconds
  const sent = document.getElementById('sent'); // a receipt: nothing is waiting any more
  const note = document.getElementById('autosave');
  const keep = (key, value) => {
    try {
      if (value === null) localStorage.removeItem(key);
      else localStorage.setItem(key, JSON.stringify(value));
      return true;
    } catch (e) { return false; } // no room, or a browser that keeps nothing
  };
  const kept = (key) => {
    try { return JSON.parse(localStorage.getItem(key)); } catch (e) { return null; }
  };
  for (const x of document.querySelectorAll('[data-forget]')) // the judge has chosen the stored version
    x.addEventListener('click', () => keep(`chamthi:${x.dataset.forget}`, null));
  for (const x of document.querySelectorAll('[data-print]')) {
    x.hidden = false;
    x.addEventListener('click', () => print());
  }
  if (sent) for (const what of ['chamthi', 'place']) keep(`${what}:${sent.dataset.key}`, null);
  if (!note) return;

  const key = `chamthi:${note.dataset.key}`;
  const form = note.closest('form');
  const rev = form.elements.rev, who = form.elements.who.value;
  const fields = [...form.querySelectorAll('input.mark, textarea'), form.elements.highlights];
  const marks = fields.filter((x) => x.className === 'mark');
  const typed = () => Object.fromEntries(fields.map((x) => [x.name, x.value]));
  const plain = (all) => JSON.stringify(Object.entries(all).map(([name, value]) => // 20.5 and 20,5 are the same mark
    (name.startsWith('m-') ? value.trim().replace('.', ',') : value)));
  const same = (a, b) => plain(a) === plain(b);
  let stored = typed(), timer = 0, busy = null, stopped = false, waiting = '';

  const say = (what, more = '') => {
    note.textContent = note.dataset[what] + more;
    note.className = what === 'saved' || what === 'saving' ? 'hint' : 'note';
  };
  const later = (pause) => { clearTimeout(timer); timer = setTimeout(save, pause); };

  // ---- to the server ----
  async function newToken() { // after signing in again in another tab
    const page = await fetch(location.pathname, { credentials: 'same-origin' });
    const text = await page.text(), token = /name="csrf" value="([0-9a-f]+)"/.exec(text);
    if (page.redirected || !page.ok || !token) return false;
    if (!text.includes(`name="who" value="${who}"`)) return false; // another judge on this device
    for (const x of document.querySelectorAll('input[name=csrf]')) x.value = token[1];
    return true;
  }

  async function send() {
    const now = typed();
    const reply = await fetch(form.action, {
      method: 'PUT', credentials: 'same-origin', keepalive: true, headers: { 'If-Match': `"${rev.value}"` },
      body: new URLSearchParams({ csrf: form.elements.csrf.value, who, ...now }),
    });
    waiting = '';
    if (reply.status === 204 || reply.status === 422) { // 422: some of it is wrong and on this device only
      const whole = reply.status === 204;
      rev.value = reply.headers.get('ETag').replace(/\D/g, '');
      stored = now;
      keep(key, whole && same(typed(), stored) ? null : { rev: rev.value, fields: typed() });
      if (whole) say('saved', ` ${new Date().toLocaleTimeString(document.documentElement.lang)}`);
      else say('partly');
    } else if (reply.status === 401 || reply.status === 403) {
      if (await newToken()) later(0);
      else wait('expired');
    } else if (reply.status >= 500) {
      wait('offline');
    } else { // 412: somebody else's version stands there; nothing is overwritten, the button shows both
      stopped = true;
      say(reply.status === 412 ? 'conflict' : 'refused');
    }
  }
  function wait(why) {
    waiting = why;
    say(why);
    later(AGAIN);
  }
  function save() {
    if (busy || stopped || same(typed(), stored)) return;
    if (!waiting) say('saving');
    busy = send().catch(() => wait('offline')).finally(() => {
      busy = null;
      if (!waiting && !same(typed(), stored)) later(PAUSE);
    });
  }

  // ---- while typing ----
  function showTotal() {
    const total = document.getElementById('total');
    const points = x => (Number(x.value.trim().replace(',', '.')) || 0) * x.dataset.weight / 100;
    const sum = marks.reduce((n, x) => n + points(x), 0);
    total.textContent = sum.toLocaleString(document.documentElement.lang, { maximumFractionDigits: 2 });
  }
  form.addEventListener('input', () => {
    const safe = keep(key, { rev: rev.value, fields: typed() });
    if (!waiting) later(safe ? PAUSE : 0);
    showTotal();
  });
  form.addEventListener('keydown', (e) => {
    const at = marks.indexOf(e.target), up = e.key === 'ArrowUp', down = e.key === 'ArrowDown';
    if (at < 0 || e.ctrlKey || e.altKey || e.metaKey) return;
    if (e.key === 'Enter') { // the next field, not the next best button
      fields[at + 1].focus();
    } else if (up || down) {
      const { least, most, step } = e.target.dataset;
      const now = e.target.value.trim() ? Number(e.target.value.replace(',', '.')) * 100 : NaN;
      const next = Number.isNaN(now) ? Number(least) : Math.min(most, Math.max(least, Math.round(now) + (up ? 1 : -1) * step));
      e.target.value = (next / 100).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 2, useGrouping: false });
      e.target.dispatchEvent(new Event('input', { bubbles: true }));
    } else return;
    e.preventDefault();
  });
  form.addEventListener('submit', (e) => {
    clearTimeout(timer);
    if (busy) { // its answer brings the revision that this form must name
      e.preventDefault();
      busy.finally(() => form.requestSubmit(e.submitter));
    } else stopped = true;
  });
  addEventListener('online', save);
  addEventListener('focus', save);
  addEventListener('pagehide', save);
  addEventListener('pageshow', (e) => { if (e.persisted) location.reload(); });
  addEventListener('beforeunload', (e) => { if (waiting && !stopped && !same(typed(), stored)) e.preventDefault(); });

  // ---- what an earlier visit could not send ----
  const old = kept(key);
  if (old && old.fields && !same({ ...stored, ...old.fields }, stored)) {
    for (const x of fields) if (x.name in old.fields) x.value = old.fields[x.name];
    rev.value = old.rev;
    say('restored');
    later(0);
  } else keep(key, document.getElementById('errors') ? { rev: rev.value, fields: typed() } : null);
  showTotal();
})();

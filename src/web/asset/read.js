// While a judge reads: the place is kept on this device, and passages are coloured for himself. These stand in
// a field of the score form, so draft.js keeps and sends them like anything typed.
'use strict';
(() => {
  const paragraphs = [...document.querySelectorAll('#text p')];
  const back = document.getElementById('last-place'), note = document.getElementById('autosave');
  if (!back || !note) return;
  const key = `place:${note.dataset.key}`;
  try {
    const last = paragraphs[localStorage.getItem(key)];
    if (last && !scrollY && !location.hash) back.hidden = false;
    back.addEventListener('click', () => { last.scrollIntoView(); back.hidden = true; });
    addEventListener('scrollend', () => {
      const top = paragraphs.findIndex((p) => p.getBoundingClientRect().bottom > 0);
      if (top > 0) localStorage.setItem(key, top);
    });
  } catch (e) { /* a browser that keeps nothing */ }
})();
(() => {
  const button = document.getElementById('highlight');
  const field = document.querySelector('input[name=highlights]');
  if (!button || !field) return;
  const paragraphs = [...document.querySelectorAll('#text p')];
  const add = button.textContent, { drop } = button.dataset;
  const size = (text) => [...text].length; // the server counts characters too
  const read = () => field.value.split(' ').filter(Boolean).map((x) => x.split(/[:-]/).map(Number));
  let chosen = []; // what is selected: [paragraph, from, to]

  function selection() {
    const all = getSelection();
    if (!all.rangeCount || all.isCollapsed) return [];
    const range = all.getRangeAt(0);
    return paragraphs.map((p, number) => {
      if (!range.intersectsNode(p)) return [number, 0, 0];
      const part = document.createRange(), before = document.createRange();
      part.selectNodeContents(p);
      if (range.compareBoundaryPoints(Range.START_TO_START, part) > 0) part.setStart(range.startContainer, range.startOffset);
      if (range.compareBoundaryPoints(Range.END_TO_END, part) < 0) part.setEnd(range.endContainer, range.endOffset);
      before.setStart(p, 0);
      before.setEnd(part.startContainer, part.startOffset);
      const from = size(before.toString());
      return [number, from, from + size(part.toString())];
    }).filter(([, from, to]) => to > from);
  }

  // What is coloured already in whole loses its colour, anything else gets it.
  const covered = () => chosen.every(([n, from, to]) => read().some(([m, a, b]) => m === n && a <= from && to <= b));
  function toggled() {
    if (covered()) return read().filter(([m, a, b]) => !chosen.some(([n, from, to]) => m === n && a < to && from < b));
    const list = [...read(), ...chosen].sort(([m, a], [n, b]) => m - n || a - b);
    return list.reduce((done, [n, from, to]) => {
      const last = done[done.length - 1];
      if (last && last[0] === n && from <= last[2]) last[2] = Math.max(last[2], to);
      else done.push([n, from, to]);
      return done;
    }, []);
  }

  function draw() {
    const list = read();
    paragraphs.forEach((p, number) => {
      const letters = [...p.textContent], pieces = [];
      let at = 0;
      for (const [n, from, to] of list) {
        if (n !== number) continue;
        const mark = document.createElement('mark');
        mark.textContent = letters.slice(from, to).join('');
        pieces.push(letters.slice(at, from).join(''), mark);
        at = to;
      }
      if (pieces.length || p.querySelector('mark')) p.replaceChildren(...pieces, letters.slice(at).join(''));
    });
  }

  document.addEventListener('selectionchange', () => {
    const now = selection();
    if (!now.length) { // a touch on the button may end the selection before it is a click
      setTimeout(() => { button.hidden = !selection().length; }, 400);
      return;
    }
    chosen = now;
    button.hidden = false;
    button.textContent = covered() ? drop : add;
  });
  button.addEventListener('click', () => {
    field.value = toggled().map(([n, from, to]) => `${n}:${from}-${to}`).join(' ');
    getSelection().removeAllRanges();
    button.hidden = true;
    draw();
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });
  draw(); // draft.js may have brought back what an earlier visit could not send
})();

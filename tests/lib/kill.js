// 64 judges submit sheets, the server is killed in the middle, KILLS times. What was not acknowledged is sent
// again to the next server, as a browser would. Prints each acknowledged sheet: phách, judge, marks.
'use strict';
const { execFileSync, spawn } = require('child_process');
const fs = require('fs');
const http = require('http');
const { CHAMTHI, CHAMTHI_DB, COOKIES, KILLS, SHEETS } = process.env;
const judges = fs.readFileSync(COOKIES, 'utf8').trim().split('\n').map((cookie, i) => ({ cookie, number: i + 1, at: 0 }));
const marksOf = (judge, sheet) => [0, 1, 2, 3, 4, 5].map((c) => ((judge.number * 7 + sheet * 3 + c * 5) % 41) * 25);
let agent, site;

function ask(method, path, judge, body) {
  return new Promise((resolve, reject) => {
    const request = http.request(`${site}${path}`, { method, agent, headers: {
      Cookie: `chamthi=${judge.cookie}`, Origin: site, 'Content-Type': 'application/x-www-form-urlencoded' } }, (reply) => {
      let text = '';
      reply.on('data', (d) => { text += d; });
      reply.on('end', () => resolve({ code: reply.statusCode, text }));
      reply.on('error', reject);
    });
    request.on('error', reject);
    request.end(body);
  });
}

async function judging(judge) {
  try {
    for (; judge.at < Number(SHEETS); judge.at++) {
      const path = `/vi/entry/K${1000 + judge.at}`;
      if (!judge.csrf) judge.csrf = /name="csrf" value="([0-9a-f]+)"/.exec((await ask('GET', path, judge)).text)[1];
      const marks = marksOf(judge, judge.at);
      const form = marks.map((m, i) => `m-${801 + i}=${m / 100}`).join('&');
      const reply = await ask('POST', path, judge, `csrf=${judge.csrf}&rev=0&do=submit&comment=r%C3%B5&${form}`);
      if (reply.code !== 303) throw new Error(`${path} for judge ${judge.number}: ${reply.code}`);
      console.log(`K${1000 + judge.at} ${judge.number} ${marks.join(',')}`);
    }
  } catch (e) {
    if (!/ECONN|socket hang up|EPIPE|aborted/.test(String(e))) console.error(String(e));
  }
}

(async () => {
  for (let kill = 0; kill < Number(KILLS); kill++) {
    const server = spawn(CHAMTHI, ['--db', CHAMTHI_DB, 'serve', '--listen', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'inherit'] });
    site = await new Promise((resolve) => server.stdout.once('data', (d) => resolve(/http:\/\/[^ ]*[^/ ]/.exec(String(d))[0])));
    agent = new http.Agent({ keepAlive: true, maxSockets: 64 });
    const dead = new Promise((resolve) => server.once('exit', resolve));
    const all = judges.map(judging);
    await new Promise((r) => setTimeout(r, 30 + (kill * 37) % 220)); // anywhere in a batch
    server.kill('SIGKILL');
    await dead;
    await Promise.all(all);
    agent.destroy();
    try { execFileSync(CHAMTHI, ['--db', CHAMTHI_DB, 'doctor']); } catch (e) { console.error(`doctor after kill ${kill + 1}: ${e.stdout}`); }
  }
})();

// A crowd of slow and hostile visitors; prints one line of facts as JSON.
'use strict';
const fs = require('fs');
const http = require('http');
const net = require('net');
const { URL: SITE, SERVER } = process.env;
const { hostname, port } = new URL(SITE);
const sleep = (ms) => new Promise((r) => setTimeout(r, ms));
const kib = (name) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(fs.readFileSync(`/proc/${SERVER}/status`, 'utf8'))[1]);

function normal() { // milliseconds until a normal visitor has his page, -1 when he gets none
  const start = process.hrtime.bigint();
  return new Promise((resolve) => {
    http.get(`${SITE}/vi`, { agent: false, timeout: 5000 }, (r) => {
      r.resume();
      r.on('end', () => resolve(r.statusCode === 200 ? Number(process.hrtime.bigint() - start) / 1e6 : -1));
    }).on('error', () => resolve(-1)).on('timeout', function () { this.destroy(); });
  });
}

// Sends bytes as they are; the first line of the answer, '' when the server only hangs up.
const raw = (bytes) => new Promise((resolve) => {
  const socket = net.connect(Number(port), hostname, () => socket.write(bytes, 'latin1'));
  let seen = '';
  socket.setTimeout(1500, () => { seen = 'waits'; socket.destroy(); });
  socket.on('data', (d) => { seen += d.toString('latin1'); if (seen.includes('\r\n')) socket.destroy(); });
  socket.on('error', () => {});
  socket.on('close', () => resolve(seen.split('\r\n')[0]));
});

async function slowLoris(count) {
  const sockets = [];
  for (let i = 0; i < count; i++) {
    const s = net.connect(Number(port), hostname);
    s.on('error', () => {});
    s.write('GET /vi HTTP/1.1\r\nX-');
    sockets.push(s);
    if (i % 100 === 99) await sleep(5);
  }
  const times = [];
  for (let round = 0; round < 5; round++) {
    for (const s of sockets) s.write('a');
    for (let i = 0; i < 4; i++) times.push(await normal());
  }
  const open = sockets.filter((s) => !s.destroyed).length;
  for (const s of sockets) s.destroy();
  return { open, worst: Math.max(...times), refused: times.filter((t) => t < 0).length };
}

const big = 'a'.repeat(300000);
const hostile = {
  'a header of 300 KB': `GET /vi HTTP/1.1\r\nHost: x\r\nX-Big: ${big}\r\n\r\n`,
  'a line of 300 KB': `GET /${big} HTTP/1.1\r\nHost: x\r\n\r\n`,
  'a cookie of 60 KB': `GET /vi HTTP/1.1\r\nHost: x\r\nCookie: chamthi=${big.slice(0, 60000)}\r\n\r\n`,
  'a length of 10 GB': 'POST /vi/sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 10000000000\r\n\r\n',
  'a length below zero': 'POST /vi/sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n',
  'a length that is no number': 'POST /vi/sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 1e9\r\n\r\nx',
  'a body above the limit': `POST /vi/sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 300000\r\n\r\n${big}`,
  'chunks without end': `POST /vi/sign-in HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\n${big}`,
  'a broken escape': 'GET /vi/entry/%zz HTTP/1.1\r\nHost: x\r\n\r\n',
  'a NUL in the path': 'GET /vi/entry/%00 HTTP/1.1\r\nHost: x\r\n\r\n',
  'a path out of the tree': 'GET /asset/../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n',
  'an encoded path out of the tree': 'GET /asset/%2e%2e%2f%2e%2e%2fetc%2fpasswd HTTP/1.1\r\nHost: x\r\n\r\n',
  'another protocol': '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n',
  'no HTTP at all': 'HELO example.vn\r\n\r\n',
  'a method of its own': 'BREW /vi HTTP/1.1\r\nHost: x\r\n\r\n',
  'no host': 'GET /vi HTTP/1.1\r\n\r\n',
  'a form of 5,000 fields': (() => { const b = 'a=1&'.repeat(5000); return `POST /vi/sign-in HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${b.length}\r\n\r\n${b}`; })(),
  'a form that is no UTF-8': 'POST /vi/sign-in HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 6\r\n\r\na=%FF%',
  'parts without an end': 'POST /vi/certificate HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 8\r\n\r\n--b\r\nabc',
  'a session that is none': `POST /vi/entry/A HTTP/1.1\r\nHost: x\r\nCookie: chamthi=${'z'.repeat(64)}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 3\r\n\r\na=1`,
};

(async () => {
  await normal();
  const loris = await slowLoris(1000);
  await sleep(300);
  for (const bytes of Object.values(hostile)) await raw(bytes); // once, so that what is kept for later is there
  const before = kib('VmRSS'), wrong = [];
  for (const [name, bytes] of Object.entries(hostile)) {
    const line = await raw(bytes);
    if (line === 'waits' && name === 'chunks without end') continue; // more may come: for thirty seconds, as from anybody
    if (line !== '' && !/^HTTP\/1\.[01] 4\d\d /.test(line)) wrong.push(`${name}: ${line}`);
  }
  const cost = kib('VmRSS') - before;
  console.log(JSON.stringify({ ...loris, wrong: wrong.join('; '), hostile: Object.keys(hostile).length, cost, after: await normal() }));
  process.exit();
})();

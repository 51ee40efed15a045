// Opens COUNT connections, reads one page on each, keeps them open and prints the server's memory.
'use strict';
const fs = require('fs');
const net = require('net');
const [site, count, cookie, path, pid] = process.argv.slice(2);
const { hostname, port } = new URL(site);
const one = () => new Promise((resolve, reject) => {
  const socket = net.connect(Number(port), hostname, () =>
    socket.write(`GET ${path} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nCookie: ${cookie}\r\n\r\n`));
  let seen = '';
  socket.on('data', (d) => {
    seen += d.toString('latin1');
    if (seen.includes('</html>')) resolve(socket);
  });
  socket.on('error', reject);
});
(async () => {
  const open = [];
  for (let i = 0; i < Number(count); i++) open.push(await one());
  const kib = (name) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))[1]);
  console.log(`chamthi, ${open.length} idle clients   memory ${(kib('VmRSS') / 1024).toFixed(1)} MiB, ` +
    `of these ${(kib('RssFile') / 1024).toFixed(1)} the program's and the database's own pages`);
  for (const s of open) s.destroy();
})();

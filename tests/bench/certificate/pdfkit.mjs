// Draws the page of page.py with pdfkit: pdfkit.mjs NODE_MODULES-FOLDER PAGE.json all|each COUNT OUT
import { createRequire } from 'node:module'
import { createWriteStream, readFileSync } from 'node:fs'

const [folder, file, way, count, out] = process.argv.slice(2)
const PDFDocument = createRequire(folder + '/')('pdfkit')
const page = JSON.parse(readFileSync(file, 'utf8'))
const FILES = {
  LiberationSerif: 'liberation2/LiberationSerif-Regular.ttf',
  'LiberationSerif-Bold': 'liberation2/LiberationSerif-Bold.ttf',
  'LiberationSerif-Italic': 'liberation2/LiberationSerif-Italic.ttf',
  'LiberationSerif-BoldItalic': 'liberation2/LiberationSerif-BoldItalic.ttf',
  'NotoSerifDisplay-Bold': 'noto/NotoSerifDisplay-Bold.ttf'
}
const color = (n) => n.map((x) => Math.round(x * 255))

function draw (d, operations, i) {
  for (const [name, ...n] of operations) {
    if (name === 'text') {
      d.save()
      d.translate(n[2], n[3]).scale(1, -1)
      d.font(page.fonts[n[0]]).fontSize(n[1])
      d.text(n[4].replace('00001', String(i).padStart(5, '0')), 0, 0, { lineBreak: false, baseline: 'alphabetic', characterSpacing: n[5] })
      d.restore()
    } else if (name === 'Do') { // no form objects in pdfkit: drawn again on every page
      d.save()
      draw(d, page.forms[n[0]].draw, i)
      d.restore()
    } else if (name === 'q') d.save()
    else if (name === 'Q') d.restore()
    else if (name === 'cm') d.transform(...n)
    else if (name === 'rg') d.fillColor(color(n))
    else if (name === 'RG') d.strokeColor(color(n))
    else if (name === 'w') d.lineWidth(n[0])
    else if (name === 'J') d.lineCap('round')
    else if (name === 'j') d.lineJoin('round')
    else if (name === 'm') d.moveTo(...n)
    else if (name === 'l') d.lineTo(...n)
    else if (name === 'c') d.bezierCurveTo(...n)
    else if (name === 're') d.rect(...n)
    else if (name === 'h') d.closePath()
    else if (name === 'f') d.fill()
    else if (name === 'f*') d.fill('even-odd')
    else if (name === 'S') d.stroke()
    else if (name === 'B') d.fillAndStroke()
  }
}

function start (path) {
  const d = new PDFDocument({ autoFirstPage: false, size: page.size, margin: 0 })
  for (const name of Object.values(page.fonts)) d.registerFont(name, '/usr/share/fonts/truetype/' + FILES[name])
  const done = new Promise((resolve) => d.pipe(createWriteStream(path)).on('finish', resolve))
  return { d, done }
}

function one (d, i) {
  d.addPage()
  d.transform(1, 0, 0, -1, 0, page.size[1])
  draw(d, page.draw, i)
}

if (way === 'all') {
  const { d, done } = start(out)
  for (let i = 1; i <= Number(count); i++) one(d, i)
  d.end()
  await done
} else {
  for (let i = 1; i <= Number(count); i++) {
    const { d, done } = start(`${out}/${i}.pdf`)
    one(d, i)
    d.end()
    await done
  }
}

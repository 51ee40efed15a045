#!/usr/bin/env python3
"""word.py PARAGRAPHS FOLDER COUNT: .docx files of 1,000 words with the markup that Word itself writes: about
100 KB of XML each, with its styles, theme and properties."""
import pathlib
import sys
import zipfile
from xml.sax.saxutils import escape

NS = " ".join(f'xmlns:{p}="{u}"' for p, u in (
    ("w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main"), ("r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    ("mc", "http://schemas.openxmlformats.org/markup-compatibility/2006"), ("w14", "http://schemas.microsoft.com/office/word/2010/wordml"),
    ("w15", "http://schemas.microsoft.com/office/word/2012/wordml"), ("v", "urn:schemas-microsoft-com:vml")))
FONTS = '<w:rFonts w:ascii="Times New Roman" w:eastAsia="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/>'
RUN = f'<w:rPr>{FONTS}<w:color w:val="333333"/><w:sz w:val="28"/><w:szCs w:val="28"/><w:lang w:val="vi-VN"/></w:rPr>'
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def runs(text, seed):
    words, out, n = text.split(" "), [], 0
    while words:
        seed = (seed * 1103515245 + 12345) % 2**31
        size = 2 + seed // 65536 % 4
        piece, words = " ".join(words[:size]), words[size:]
        rsid = f"{seed:08X}"
        mark = n % 6 == 3
        out.append(('<w:proofErr w:type="spellStart"/>' if mark else "") +
                   f'<w:r w:rsidRPr="{rsid}" w:rsidR="00{rsid[2:]}">{RUN}<w:t xml:space="preserve">{escape(piece)}{" " if words else ""}</w:t></w:r>' +
                   ('<w:proofErr w:type="spellEnd"/>' if mark else ""))
        n += 1
    return "".join(out)


def document(paragraphs, i):
    body, total, k = [], 0, 0
    while total < 1000:
        text = paragraphs[(i * 7 + k * (1 + i % 13)) % len(paragraphs)]
        body.append(f'<w:p w14:paraId="{i * 97 + k:08X}" w14:textId="77777777" w:rsidR="00A{i:05X}" w:rsidRDefault="00B{k:05X}"><w:pPr>'
                    '<w:shd w:val="clear" w:color="auto" w:fill="FFFFFF"/><w:spacing w:after="120" w:line="360" w:lineRule="auto"/>'
                    f'<w:ind w:firstLine="720"/><w:jc w:val="both"/>{RUN}</w:pPr>{runs(text, i * 131 + k)}</w:p>')
        total += len(text.split())
        k += 1
    return f'{HEAD}<w:document {NS} mc:Ignorable="w14 w15"><w:body>{"".join(body)}<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:body></w:document>'


LATENT = "".join(f'<w:lsdException w:name="Style {n}" w:semiHidden="1" w:uiPriority="{n % 99}" w:unhideWhenUsed="1" w:qFormat="1"/>' for n in range(260))
STYLES = (f'{HEAD}<w:styles {NS}><w:docDefaults><w:rPrDefault><w:rPr>{FONTS}<w:sz w:val="24"/></w:rPr></w:rPrDefault></w:docDefaults>'
          f'<w:latentStyles w:count="376">{LATENT}</w:latentStyles><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
          + "".join(f'<w:style w:type="paragraph" w:styleId="Heading{n}"><w:name w:val="heading {n}"/><w:basedOn w:val="Normal"/><w:rPr>{FONTS}<w:b/></w:rPr></w:style>' for n in range(1, 30))
          + "</w:styles>")
PACKAGE, OFFICE = "http://schemas.openxmlformats.org/package/2006/", "http://schemas.openxmlformats.org/officeDocument/2006/"
CORE = (HEAD + f'<cp:coreProperties xmlns:cp="{PACKAGE}metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/"><dc:creator>Nguyễn Văn A</dc:creator><cp:lastModifiedBy>Phòng Nội vụ</cp:lastModifiedBy>'
        '<dcterms:created>2024-05-31T08:00:00Z</dcterms:created></cp:coreProperties>')
APP = HEAD + f'<Properties xmlns="{OFFICE}extended-properties"><Template>Normal.dotm</Template><Pages>3</Pages><Company>UBND</Company></Properties>'
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
TYPES = (HEAD + f'<Types xmlns="{PACKAGE}content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
         '<Default Extension="xml" ContentType="application/xml"/>'
         + "".join(f'<Override PartName="/word/{n}.xml" ContentType="{WORD}{t}+xml"/>' for n, t in (("document", "document.main"), ("styles", "styles"), ("settings", "settings")))
         + '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>')


def relations(*targets):
    return (HEAD + f'<Relationships xmlns="{PACKAGE}relationships">'
            + "".join(f'<Relationship Id="rId{i}" Type="{t}" Target="{target}"/>' for i, (t, target) in enumerate(targets, 1)) + "</Relationships>")


TOP = relations((OFFICE + "relationships/officeDocument", "word/document.xml"), (PACKAGE + "relationships/metadata/core-properties", "docProps/core.xml"))
RELS = relations((OFFICE + "relationships/styles", "styles.xml"), (OFFICE + "relationships/settings", "settings.xml"))
SETTINGS = f"{HEAD}<w:settings {NS}><w:rsids>" + "".join(f'<w:rsid w:val="00{n:06X}"/>' for n in range(200)) + "</w:rsids></w:settings>"
paragraphs = pathlib.Path(sys.argv[1]).read_text("utf-8").splitlines()
for i in range(1, int(sys.argv[3]) + 1):
    with zipfile.ZipFile(f"{sys.argv[2]}/{i}.docx", "w", zipfile.ZIP_DEFLATED, compresslevel=6) as z:
        for name, text in (("[Content_Types].xml", TYPES), ("_rels/.rels", TOP), ("word/document.xml", document(paragraphs, i)),
                           ("word/_rels/document.xml.rels", RELS), ("word/settings.xml", SETTINGS), ("word/styles.xml", STYLES),
                           ("docProps/core.xml", CORE), ("docProps/app.xml", APP)):
            z.writestr(name, text)

#!/usr/bin/python3
"""Reads a one-page PDF of chamthi and writes what is drawn on it, so that other programs can draw the same:
a list of forms (drawn once, shown many times) and of operations, with coordinates in points from the bottom left,
and every text with its font, its size and its letters.

  page.py FILE.pdf OUT.json
"""
import base64
import json
import re
import subprocess
import sys
import zlib


def objects(path):
    out = subprocess.run(["qpdf", "--json=2", "--json-stream-data=inline", "--decode-level=generalized", path],
                         capture_output=True, check=True).stdout
    return json.loads(out)["qpdf"][1]


PDF = objects(sys.argv[1])


def get(x):
    if isinstance(x, str) and re.fullmatch(r"\d+ \d+ R", x):
        x = PDF["obj:" + x]
    return x


def value(x):
    x = get(x)
    if isinstance(x, dict):
        if "value" in x:
            return x["value"]
        if "stream" in x:
            return x["stream"]["dict"]
    return x


def data(x):
    return base64.b64decode(get(x)["stream"]["data"])


def characters(font):
    """glyph number -> letter, from the font's ToUnicode."""
    rows = re.findall(rb"<([0-9a-f]{4})> <([0-9a-f]{4})>\n", data(value(font)["/ToUnicode"]))
    return {int(a, 16): chr(int(b, 16)) for a, b in rows}


FONTS = {}
FORMS = {}


def operations(content):
    """Operators with their numbers; text becomes ('text', font, size, x, y, letters, spacing)."""
    out, stack = [], []
    font = size = None
    spacing, place = 0, (0, 0)
    for token in re.finditer(rb"<[0-9a-f]*>|\[|\]|/\w+|[-\d.]+|[A-Za-z*]+", content):
        t = token.group().decode()
        if t[0] in "<[]/" or t[0] in "-.0123456789":
            stack.append(t)
            continue
        if t == "Tf":
            font, size = stack[-2][1:], float(stack[-1])
        elif t == "Td":
            place = (float(stack[-2]), float(stack[-1]))
        elif t == "Tc":
            spacing = float(stack[-1])
        elif t == "Tj":
            hexes = stack[-1][1:-1]
            letters = "".join(FONTS[font][1][int(hexes[i:i + 4], 16)] for i in range(0, len(hexes), 4))
            out.append(["text", font, size, *place, letters, spacing])
        elif t == "Do":
            out.append(["Do", stack[-1][1:]])
        elif t not in ("BT", "ET"):
            out.append([t] + [float(x) for x in stack if x not in "[]"])
        stack = []
    return out


page = next(o["value"] for o in PDF.values() if isinstance(o.get("value"), dict) and o["value"].get("/Type") == "/Page")
resources = value(page["/Resources"])
for key, font in value(resources["/Font"]).items():
    FONTS[key[1:]] = (value(font)["/BaseFont"].split("+")[1], characters(font))
for key, form in value(resources["/XObject"]).items():
    FORMS[key[1:]] = {"box": value(form)["/BBox"], "draw": operations(data(form))}
content = page["/Contents"]
whole = b"".join(data(c) for c in (content if isinstance(content, list) else [content]))
json.dump({"size": page["/MediaBox"][2:], "fonts": {k: v[0] for k, v in FONTS.items()}, "forms": FORMS,
           "draw": operations(whole)}, open(sys.argv[2], "w"), ensure_ascii=False)

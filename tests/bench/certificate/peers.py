#!/usr/bin/python3
"""Draws the page of page.py with ReportLab or cairo, with other names and numbers on each.

  peers.py reportlab|cairo PAGE.json all COUNT OUT.pdf     one file of COUNT pages
  peers.py reportlab|cairo PAGE.json each COUNT FOLDER     COUNT files
"""
import json
import sys

FILES = {"LiberationSerif": "liberation2/LiberationSerif-Regular.ttf",
         "LiberationSerif-Bold": "liberation2/LiberationSerif-Bold.ttf",
         "LiberationSerif-Italic": "liberation2/LiberationSerif-Italic.ttf",
         "LiberationSerif-BoldItalic": "liberation2/LiberationSerif-BoldItalic.ttf",
         "NotoSerifDisplay-Bold": "noto/NotoSerifDisplay-Bold.ttf"}
FOLDER = "/usr/share/fonts/truetype/"


def varied(letters, i):
    """A serial and a code of its own on each page."""
    return letters.replace("00001", "%05d" % i)


class ReportLab:
    def __init__(self, page):
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.ttfonts import TTFont
        self.page = page
        for name in page["fonts"].values():
            pdfmetrics.registerFont(TTFont(name, FOLDER + FILES[name]))

    def start(self, path):
        from reportlab.pdfgen import canvas
        self.c = canvas.Canvas(path, pagesize=self.page["size"], pageCompression=1)
        for name, form in self.page["forms"].items():  # kept once, as ours are
            self.c.beginForm(name, *form["box"])
            self.draw(form["draw"], 0)
            self.c.endForm()

    def draw(self, operations, i):
        c, path, made = self.c, None, False
        for name, *n in operations:
            if name == "text":
                c.saveState()
                t = c.beginText(n[2], n[3])
                t.setFont(self.page["fonts"][n[0]], n[1])
                t.setCharSpace(n[5])
                t.textOut(varied(n[4], i))
                c.drawText(t)
                c.restoreState()
            elif name == "Do":
                c.doForm(n[0])
            elif name == "q":
                c.saveState()
            elif name == "Q":
                c.restoreState()
            elif name == "cm":
                c.transform(*n)
            elif name == "rg":
                c.setFillColorRGB(*n)
            elif name == "RG":
                c.setStrokeColorRGB(*n)
            elif name == "w":
                c.setLineWidth(n[0])
            elif name == "J":
                c.setLineCap(int(n[0]))
            elif name == "j":
                c.setLineJoin(int(n[0]))
            elif name in "mlcreh":
                path = path or c.beginPath()
                {"m": path.moveTo, "l": path.lineTo, "c": path.curveTo, "re": path.rect, "h": path.close}[name](*n)
            elif name in ("f", "f*", "S", "B"):
                c.drawPath(path, stroke=name in "SB", fill=name != "S",
                           fillMode=0 if name == "f*" else 1)
                path = None

    def one(self, i):
        self.draw(self.page["draw"], i)
        self.c.showPage()

    def end(self):
        self.c.save()


class Cairo:
    def __init__(self, page):
        import ctypes  # python3-cairo opens no font files: FreeType and cairo do, by their C calls
        import cairo
        self.cairo, self.page, self.faces = cairo, page, {}
        ft, lib = ctypes.CDLL("libfreetype.so.6"), ctypes.CDLL("libcairo.so.2")
        handle = ctypes.c_void_p()
        ft.FT_Init_FreeType(ctypes.byref(handle))
        lib.cairo_ft_font_face_create_for_ft_face.restype = ctypes.c_void_p
        lib.cairo_ft_font_face_create_for_ft_face.argtypes = [ctypes.c_void_p, ctypes.c_int]
        lib.cairo_set_font_face.argtypes = [ctypes.c_void_p, ctypes.c_void_p]
        surface = cairo.ImageSurface(cairo.FORMAT_A8, 1, 1)
        for name in page["fonts"].values():
            face = ctypes.c_void_p()
            ft.FT_New_Face(handle, (FOLDER + FILES[name]).encode(), 0, ctypes.byref(face))
            made = lib.cairo_ft_font_face_create_for_ft_face(face, 0)
            context = cairo.Context(surface)
            # a pycairo context holds its cairo_t* right after the object head
            pointer = ctypes.c_void_p.from_address(id(context) + object.__basicsize__).value
            lib.cairo_set_font_face(pointer, made)
            self.faces[name] = context.get_font_face()

    def start(self, path):
        self.surface = self.cairo.PDFSurface(path, *self.page["size"])
        self.c = self.cairo.Context(self.surface)

    def draw(self, operations, i):
        c, fill, line, stack = self.c, (0, 0, 0), (0, 0, 0), []
        rules = {"f": self.cairo.FILL_RULE_WINDING, "f*": self.cairo.FILL_RULE_EVEN_ODD, "B": self.cairo.FILL_RULE_WINDING}
        for name, *n in operations:
            if name == "text":
                c.save()
                c.set_source_rgb(*fill)
                c.set_font_face(self.faces[self.page["fonts"][n[0]]])
                c.set_font_size(n[1])
                c.translate(n[2], n[3])
                c.scale(1, -1)
                c.move_to(0, 0)
                if n[5]:
                    for letter in varied(n[4], i):
                        c.show_text(letter)
                        c.rel_move_to(n[5], 0)
                else:
                    c.show_text(varied(n[4], i))
                c.new_path()
                c.restore()
            elif name == "Do":
                c.save()
                self.draw(self.page["forms"][n[0]]["draw"], i)
                c.restore()
            elif name == "q":
                c.save()
                stack.append((fill, line))
            elif name == "Q":
                c.restore()
                fill, line = stack.pop()
            elif name == "cm":
                c.transform(self.cairo.Matrix(*n))
            elif name == "rg":
                fill = n
            elif name == "RG":
                line = n
            elif name == "w":
                c.set_line_width(n[0])
            elif name == "J":
                c.set_line_cap(self.cairo.LINE_CAP_ROUND)
            elif name == "j":
                c.set_line_join(self.cairo.LINE_JOIN_ROUND)
            elif name == "m":
                c.move_to(*n)
            elif name == "l":
                c.line_to(*n)
            elif name == "c":
                c.curve_to(*n)
            elif name == "re":
                c.rectangle(*n)
            elif name == "h":
                c.close_path()
            elif name in ("f", "f*", "B"):
                c.set_fill_rule(rules[name])
                c.set_source_rgb(*fill)
                (c.fill_preserve if name == "B" else c.fill)()
            if name in ("S", "B"):
                c.set_source_rgb(*line)
                c.stroke()

    def one(self, i):
        c = self.c
        c.save()
        c.translate(0, self.page["size"][1])
        c.scale(1, -1)
        self.draw(self.page["draw"], i)
        c.restore()
        c.show_page()

    def end(self):
        self.surface.finish()


which, page, way, count, out = sys.argv[1], json.load(open(sys.argv[2])), sys.argv[3], int(sys.argv[4]), sys.argv[5]
peer = {"reportlab": ReportLab, "cairo": Cairo}[which](page)
if way == "all":
    peer.start(out)
for i in range(1, count + 1):
    if way == "each":
        peer.start("%s/%d.pdf" % (out, i))
    peer.one(i)
    if way == "each":
        peer.end()
if way == "all":
    peer.end()

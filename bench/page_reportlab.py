"""The page by reportlab: microseconds a file, at best."""
import io
import json
import sys
import time

from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.graphics import renderPDF
from reportlab.lib.colors import HexColor
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

page = json.load(open(sys.argv[1]))
fonts, count = sys.argv[2], int(sys.argv[3])
pdfmetrics.registerFont(TTFont("T", f"{fonts}/AtkinsonHyperlegibleNext-400.ttf"))
pdfmetrics.registerFont(TTFont("G", f"{fonts}/AtkinsonHyperlegibleNext-650.ttf"))
height = page["height"]


def make(rank, with_code=True):
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(841.89, height), pageCompression=1, lang="fr")
    canvas.setTitle(f"Certificat {rank}")
    canvas.setLineWidth(0.4)
    # Each curve once, placed as often as it stands there.
    for name, ring in enumerate(page["rings"]):
        canvas.beginForm(f"ring{name}", -300, -300, 300, 300)
        path = canvas.beginPath()
        path.moveTo(*ring["start"])
        for segment in ring["segments"]:
            path.curveTo(*segment)
        canvas.drawPath(path)
        canvas.endForm()
        canvas.saveState()
        canvas.setStrokeColor(HexColor(ring["colour"]))
        canvas.translate(page["centre"][0], height - page["centre"][1])
        for _ in range(ring["times"]):
            canvas.doForm(f"ring{name}")
            canvas.rotate(ring["step"])
        canvas.restoreState()
    for text in page["texts"]:
        canvas.setFillColor(HexColor(text["colour"]))
        canvas.setFont("G" if text["bold"] else "T", text["size"])
        canvas.drawString(text["x"], height - text["y"], text["text"])
    if with_code:
        code = page["code"]
        widget = QrCodeWidget(code["text"], barLevel="M", barWidth=code["side"], barHeight=code["side"])
        drawing = Drawing(code["side"], code["side"])
        drawing.add(widget)
        renderPDF.draw(drawing, canvas, code["x"], height - code["y"] - code["side"])
    canvas.showPage()
    canvas.save()
    return out.getvalue()


for name, with_code in (("reportlab", True), ("reportlab-without-code", False)):
    size, best = len(make(0, with_code)), float("inf")
    for rank in range(count):
        start = time.process_time()
        make(rank, with_code)
        best = min(best, time.process_time() - start)
    print(f"{name} {best * 1e6:.0f} bytes {size}")

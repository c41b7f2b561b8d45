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


def make(rank):
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(841.89, height), pageCompression=1, lang="fr")
    canvas.setTitle(f"Certificat {rank}")
    canvas.setLineWidth(0.4)
    for ring in page["rings"]:
        canvas.setStrokeColor(HexColor(ring["colour"]))
        canvas.saveState()
        canvas.translate(page["centre"][0], height - page["centre"][1])
        for _ in range(ring["times"]):
            path = canvas.beginPath()
            path.moveTo(*ring["start"])
            for segment in ring["segments"]:
                path.curveTo(*segment)
            canvas.drawPath(path)
            canvas.rotate(ring["step"])
        canvas.restoreState()
    for text in page["texts"]:
        canvas.setFillColor(HexColor(text["colour"]))
        canvas.setFont("G" if text["bold"] else "T", text["size"])
        canvas.drawString(text["x"], height - text["y"], text["text"])
    code = page["code"]
    widget = QrCodeWidget(code["text"], barLevel="M", barWidth=code["side"], barHeight=code["side"])
    drawing = Drawing(code["side"], code["side"])
    drawing.add(widget)
    renderPDF.draw(drawing, canvas, code["x"], height - code["y"] - code["side"])
    canvas.showPage()
    canvas.save()
    return out.getvalue()


size, best = len(make(0)), float("inf")
for rank in range(count):
    start = time.perf_counter()
    make(rank)
    best = min(best, time.perf_counter() - start)
print(f"reportlab {best * 1e6:.0f} bytes {size}")

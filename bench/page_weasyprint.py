"""The page by WeasyPrint: microseconds a file, at best."""
import html
import json
import sys
import time

import segno
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

page = json.load(open(sys.argv[1]))
fonts, count = sys.argv[2], int(sys.argv[3])
config = FontConfiguration()
style = f"""@page {{ size: 841.89pt {page["height"]}pt; margin: 0 }}
@font-face {{ font-family: A; font-weight: 400; src: url(file://{fonts}/AtkinsonHyperlegibleNext-400.ttf) }}
@font-face {{ font-family: A; font-weight: 700; src: url(file://{fonts}/AtkinsonHyperlegibleNext-650.ttf) }}
body {{ margin: 0; font-family: A }} p, svg {{ position: absolute; margin: 0; line-height: 1; white-space: nowrap }}"""
css = CSS(string=style, font_config=config)


def make(rank):
    parts = []
    for ring in page["rings"]:
        x, y = ring["start"]
        d = f"M{x} {y}" + "".join("C" + " ".join(map(str, s)) for s in ring["segments"])
        for turn in range(ring["times"]):
            cx, cy = page["centre"]
            parts.append(f'<path d="{d}" fill="none" stroke="{ring["colour"]}" stroke-width=".4" '
                         f'transform="translate({cx} {cy}) rotate({turn * ring["step"]})"/>')
    svg = f'<svg width="841.89pt" height="{page["height"]}pt" viewBox="0 0 841.89 {page["height"]}">{"".join(parts)}</svg>'
    texts = "".join(
        f'<p style="left:{t["x"]}pt;top:{t["y"] - t["size"]}pt;font-size:{t["size"]}pt;color:{t["colour"]};'
        f'font-weight:{700 if t["bold"] else 400}">{html.escape(t["text"])}</p>' for t in page["texts"])
    code = page["code"]
    qr = segno.make(code["text"], error="m", micro=False).svg_inline(scale=1, omitsize=True)
    qr = qr.replace("<svg ", f'<svg style="left:{code["x"]}pt;top:{code["y"]}pt;width:{code["side"]}pt;height:{code["side"]}pt" ', 1)
    source = f'<html lang="fr"><title>Certificat {rank}</title><body>{svg}{texts}{qr}</body></html>'
    return HTML(string=source).write_pdf(stylesheets=[css], font_config=config)


size, best = len(make(0)), float("inf")
for rank in range(count):
    start = time.process_time()
    make(rank)
    best = min(best, time.process_time() - start)
print(f"weasyprint {best * 1e6:.0f} bytes {size}")

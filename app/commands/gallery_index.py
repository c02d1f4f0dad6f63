"""The page to look the pictures through: one file, no network, works from any folder."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from app.commands.gallery_plan import MODES, ROLES, STATES, VIEWS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from app.commands.gallery_plan import Shot

_HTML = """<!doctype html>
<html lang="vi"><meta charset="utf-8"><title>Khóa Sổ: mọi màn hình</title>
<meta name="viewport" content="width=device-width">
<style>
:root { color-scheme: light dark; --gap: 14px }
body { margin: 0; font: 14px/1.45 "IBM Plex Sans", system-ui, sans-serif }
header { position: sticky; top: 0; padding: 12px 20px; background: Canvas;
  border-bottom: 1px solid GrayText; display: flex; flex-wrap: wrap; gap: var(--gap);
  align-items: center }
h1 { font-size: 18px; margin: 0 }
select { font: inherit; padding: 3px 6px }
h2 { font-size: 16px; margin: 22px 20px 8px }
.row { display: grid; grid-template-columns: repeat(auto-fill, minmax(420px, 1fr));
  gap: var(--gap); padding: 0 20px }
figure { margin: 0 }
img { width: 100%; border: 1px solid GrayText; border-radius: 4px; display: block }
figcaption { font-size: 12px; padding: 3px 0 8px; color: GrayText }
</style>
<header><h1>Khóa Sổ: mọi màn hình</h1><span id="count"></span></header>
<main></main>
<script>
const shots = __SHOTS__, words = __WORDS__;
const names = { page: "Trang", state: "Trường", role: "Người dùng", mode: "Nền", view: "Màn hình" };
const start = __START__;
const head = document.querySelector("header"), main = document.querySelector("main");
const pick = {};
for (const key of Object.keys(names)) {
  const select = document.createElement("select");
  select.setAttribute("aria-label", names[key]);
  select.add(new Option(names[key] + ": tất cả", ""));
  for (const value of [...new Set(shots.map(shot => shot[key]))].filter(Boolean))
    select.add(new Option((words[key] || {})[value] || value, value));
  select.value = [...select.options].some(o => o.value === start[key]) ? start[key] || "" : "";
  select.onchange = show;
  head.insertBefore(select, document.getElementById("count"));
  pick[key] = select;
}
function show() {
  const seen = shots.filter(shot => Object.keys(names).every(
    key => !pick[key].value || !shot[key] || shot[key] === pick[key].value));
  document.getElementById("count").textContent = seen.length + " ảnh";
  main.replaceChildren();
  for (const title of [...new Set(seen.map(shot => shot.title))]) {
    const heading = document.createElement("h2");
    heading.textContent = title;
    const row = document.createElement("div");
    row.className = "row";
    for (const shot of seen.filter(one => one.title === title)) {
      const figure = document.createElement("figure");
      const link = document.createElement("a"), img = document.createElement("img");
      link.href = img.src = shot.file;
      img.loading = "lazy";
      img.alt = [shot.title, shot.part].filter(Boolean).join(", ");
      link.append(img);
      const caption = document.createElement("figcaption");
      caption.textContent = [shot.part, ...["state", "role", "mode", "view"].map(
        key => (words[key] || {})[shot[key]] || shot[key])].filter(Boolean).join(" · ");
      figure.append(link, caption);
      row.append(figure);
    }
    main.append(heading, row);
  }
}
show();
</script>
</html>
"""


def write_index(out: Path, shots: Sequence[Shot]) -> Path:
    """Write `index.html` in `out`."""
    words = {
        "page": {shot.page: shot.title for shot in shots},
        "state": STATES,
        "role": ROLES,
        "mode": MODES,
        "view": {view.key: view.words for view in VIEWS},
    }
    start = {"state": "normal", "mode": "light", "view": VIEWS[0].key}
    text = _HTML
    for mark, value in (
        ("__SHOTS__", [asdict(shot) for shot in shots]),
        ("__WORDS__", words),
        ("__START__", start),
    ):
        # "</" would end the script element.
        text = text.replace(mark, json.dumps(value, ensure_ascii=False).replace("</", "<\\/"))
    path = out / "index.html"
    path.write_text(text, encoding="utf-8")
    return path

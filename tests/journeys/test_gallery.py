"""`gallery`: one page of the sample school, photographed by the program's own window."""

import subprocess
import sys
from pathlib import Path

from PySide6.QtGui import QImage

from app.commands.gallery_index import write_index
from app.commands.gallery_plan import ROLES, VIEWS, Shot

ROOT = Path(__file__).parents[2]


def test_one_page_is_photographed_for_everybody(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "app", "gallery", "--out", tmp_path, "--quick", "--pages", "home"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    folder = tmp_path / "normal" / f"{VIEWS[0].key}-light"
    pictures = {path.stem: QImage(str(path)) for path in folder.iterdir()}
    assert set(pictures) == {f"home-{role}" for role in ROLES}
    for picture in pictures.values():
        assert (picture.width(), picture.height()) == (1366, 768)
        seen = {picture.pixel(x, y) for x in range(0, 1366, 9) for y in range(0, 768, 9)}
        assert len(seen) > 12
    index = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert "Bàn làm việc" in index
    assert "home-teacher.png" in index


def test_the_index_holds_words_that_would_end_its_script(tmp_path: Path) -> None:
    shot = Shot("a.png", "home", "</script><b>", "", "normal", "teacher", "light", VIEWS[0].key)
    text = write_index(tmp_path, [shot]).read_text(encoding="utf-8")
    assert text.count("</script>") == 1
    assert "http" not in text

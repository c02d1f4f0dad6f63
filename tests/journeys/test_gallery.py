"""`gallery`: one page of the sample school, photographed by the program's own window."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QImage

from app.commands import gallery
from app.commands.gallery_index import write_index
from app.commands.gallery_plan import ROLES, VIEWS, GallerySchool, Plan, Shot
from app.errors import RuleRefused

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


def two_shots(plan: Plan, settings: Path) -> list[Shot]:
    """Stands for the camera, in the other process."""
    assert plan.schools[0].path.read_bytes() == b"school"
    assert settings.parent.is_dir()
    return [
        Shot(f"{page}.png", page, page, "", "normal", "teacher", mode, view.key)
        for page in ("home", "marks")
        for mode, view in plan.looks(plan.schools[0], "teacher")
    ]


def test_an_unknown_page_is_refused_by_name(tmp_path: Path, monkeypatch: Any) -> None:
    def make(_tools: Any, _clock: Any, folder: Path, state: str) -> GallerySchool:
        folder.mkdir()
        path = folder / "school.khoaso"
        path.write_bytes(b"school")
        return GallerySchool(state, path, "", {"secretary": "1", "teacher": "2"})

    monkeypatch.setattr(gallery, "make_gallery_school", make)
    monkeypatch.setattr("os.environ", dict(os.environ))
    options = gallery.GalleryOptions(tmp_path / "out", ("home", "marsk"), quick=True)
    with pytest.raises(RuleRefused, match="marsk"):
        gallery.run_gallery(None, None, options, two_shots, lambda line: None)  # type: ignore[arg-type]


def test_only_the_first_person_of_the_first_school_is_shown_in_every_look(tmp_path: Path) -> None:
    people = {"secretary": "1", "teacher": "2"}
    schools = tuple(GallerySchool(state, tmp_path, "", people) for state in ("normal", "empty"))
    plan = Plan(tmp_path, schools, VIEWS[:2], ("light", "dark"))
    assert len(plan.looks(schools[0], "secretary")) == 4
    assert plan.looks(schools[0], "teacher") == [("light", VIEWS[0])]
    assert plan.looks(schools[1], "secretary") == [("light", VIEWS[0])]
    assert len(replace(plan, full=True).looks(schools[1], "teacher")) == 4


def test_the_index_holds_words_that_would_end_its_script(tmp_path: Path) -> None:
    shot = Shot("a.png", "home", "</script><b>", "", "normal", "teacher", "light", VIEWS[0].key)
    text = write_index(tmp_path, [shot]).read_text(encoding="utf-8")
    assert text.count("</script>") == 1
    assert "http" not in text

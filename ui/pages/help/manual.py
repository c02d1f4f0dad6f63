"""The manual's chapters, read from `resources/help`; a chapter a file, a task a second heading."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from app.errors import EnvironmentProblem
from app.text import fold

FOLDER = Path(__file__).resolve().parents[3] / "resources" / "help"
CHAPTERS = (
    "start", "sign_in", "home", "roster", "marks", "attendance", "conduct", "results",
    "proofs", "departments", "corrections", "lock_control", "printing", "papers", "letters",
    "sealing", "trail", "inquiry", "administration",
    "accounts", "backups", "help",
)  # fmt: skip
"""Ids in the order of the list; a page's id is its chapter's. "help" is the table of keys."""
_SIGNS = str.maketrans("", "", "*`|")


@dataclass(frozen=True, slots=True)
class Task:
    """One second heading of a chapter and what stands under it, as Markdown."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """One file: its first heading, the line under it, its tasks, and the whole text."""

    id: str
    title: str
    lead: str
    tasks: tuple[Task, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A line of the list: a chapter, or with `task` one task of it."""

    chapter: Chapter
    task: str = ""


@cache
def manual() -> tuple[Chapter, ...]:
    """Every chapter in order; a missing file is an `EnvironmentProblem`."""
    return tuple(_read(name) for name in CHAPTERS)


def chapter(chapter_id: str) -> Chapter:
    """A chapter; an id without one gives the first."""
    return next((each for each in manual() if each.id == chapter_id), manual()[0])


def search(words: str) -> tuple[Hit, ...]:
    """Tasks in which every word occurs, titles first; signs on letters are optional.

    No words: the chapters.
    """
    wanted = fold(words).split()
    if not wanted:
        return tuple(Hit(each) for each in manual())
    by_title: list[Hit] = []
    by_text: list[Hit] = []
    for each in manual():
        for task in each.tasks:
            head = fold(f"{each.title} {task.title}")
            whole = f"{head} {fold(task.text.translate(_SIGNS))}"
            if all(word in head for word in wanted):
                by_title.append(Hit(each, task.title))
            elif all(word in whole for word in wanted):
                by_text.append(Hit(each, task.title))
    return (*by_title, *by_text)


def _read(name: str) -> Chapter:
    path = FOLDER / f"{name}.md"
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise EnvironmentProblem(
            "help_missing",
            f"Không đọc được trang trợ giúp {path.name} đi kèm chương trình. Hãy cài lại Khóa Sổ.",
            file=path.name,
        ) from error
    head, *parts = text.split("\n## ")
    title, _, lead = head.removeprefix("# ").partition("\n")
    tasks = tuple(
        Task(part.partition("\n")[0].strip(), part.partition("\n")[2].strip()) for part in parts
    )
    return Chapter(name, title.strip(), lead.strip(), tasks, text)

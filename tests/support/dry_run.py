"""Asks services what they would do: everything is decided and nothing is committed."""

from __future__ import annotations

from app.errors import AppError
from app.ports import UowFactory


class WouldCommit(Exception):
    """The service had no objection: it was about to commit."""


class DryUows:
    """A UowFactory whose writers roll back at the moment of their commit."""

    def __init__(self, uows: UowFactory) -> None:
        self._uows = uows

    def read(self):
        return self._uows.read()

    def write(self):
        return _DryWriter(self._uows.write())


class _DryWriter:
    def __init__(self, uow) -> None:
        self._uow = uow

    def __enter__(self):
        self._uow.__enter__()
        return self

    def __exit__(self, *error):
        return self._uow.__exit__(*error)

    def __getattr__(self, name: str):
        return getattr(self._uow, name)

    def commit(self) -> None:
        raise WouldCommit


def answer(call) -> AppError | None:
    """The refusal of a call, None when it would have been done."""
    try:
        call()
    except WouldCommit:
        return None
    except AppError as refusal:
        return refusal
    raise AssertionError("the call neither refused nor came to its commit")

"""Starts processes of a `drill_child` cheaply and kills them."""

from __future__ import annotations

import multiprocessing
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.connection import Connection

ROUNDS = int(os.environ.get("KHOASO_DRILL_ROUNDS", "5"))

# A fork server pays the imports once; forking the test process itself would copy its threads.
_PROCESSES = multiprocessing.get_context("spawn" if os.name == "nt" else "forkserver")
_PROCESSES.set_forkserver_preload(["tests.db.drill_child", "tests.journeys.drill_child"])


@contextmanager
def child(work: Callable[..., None], *arguments: object) -> Iterator[tuple[Any, Connection]]:
    """A running child and the pipe it tells on; killed with SIGKILL at the end of the block."""
    listen, tell = _PROCESSES.Pipe(duplex=False)
    path, *rest = arguments
    process = _PROCESSES.Process(target=work, args=(path, tell, *rest), daemon=True)
    process.start()
    tell.close()
    try:
        yield process, listen
    finally:
        process.kill()
        process.join()
        listen.close()


def told(listen: Connection) -> list[Any]:
    """Everything a dead child had said."""
    heard = []
    try:
        while listen.poll():
            heard.append(listen.recv())
    except (EOFError, OSError):
        return heard
    return heard

"""The child's side of the sandbox: how a worker process is made, and what it does until its pipe closes."""

from __future__ import annotations

import os
from collections.abc import Callable
from multiprocessing import connection, get_all_start_methods, get_context
from multiprocessing.context import ForkServerContext, SpawnContext
from pathlib import Path
from typing import Any

from extractors.confinement import Limits, confine, grant_cpu_seconds, quiet_environment
from pipeline.errors import OjError, UnreadableFileError

#: What a worker says first, once it is confined and prepared: status, value, code, sentence.
READY: tuple[str, Any, str | None, str | None] = ("ready", None, None, None)


def process_context(preload: tuple[str, ...]) -> ForkServerContext | SpawnContext:
    """A fork server where there is one (about ten times cheaper a worker than spawning), else spawn.

    The server is started here, so that it and its children get the quiet environment.
    """
    if "forkserver" not in get_all_start_methods():
        return get_context("spawn")
    from multiprocessing import forkserver

    context = get_context("forkserver")
    context.set_forkserver_preload(list(preload))
    with quiet_environment():
        forkserver.ensure_running()
    return context


def serve(
    pipe: connection.Connection,
    function: Callable[[Any], Any],
    prepare: Callable[[], None] | None,
    limits: Limits,
    folder: str,
) -> None:
    """The worker's side: one task at a time until the pipe closes.

    Anything but an :class:`OjError` ends the process; its traceback goes to the file that the parent reads.

    Sends :data:`READY` or a reply of status ``unready`` once, then one reply a task: its status, value, code
    and sentence.
    """
    confine(limits, Path(folder))
    try:
        if prepare is not None:
            prepare()
        pipe.send(READY)
    except OjError as error:
        pipe.send(("unready", None, error.code, error.message))
        return
    while True:
        try:
            argument = pipe.recv()
        except (EOFError, OSError):
            return
        grant_cpu_seconds(limits.cpu_seconds)
        try:
            reply: tuple[str, Any, str | None, str | None] = ("done", function(argument), None, None)
        except UnreadableFileError as error:
            reply = ("refused", None, error.code, error.message)
        except OjError as error:
            reply = ("failed", None, error.code, error.message)
        try:
            pipe.send(reply)
        except BrokenPipeError:
            os._exit(0)  # the parent is gone: nobody is left to tell

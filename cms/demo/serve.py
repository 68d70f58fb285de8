"""How do web server and worker run side by side? Started together, watched, and stopped together.

Knows nothing of Django, so that it can be tried with other programs. A child runs in a session of its own: a
Ctrl-C reaches only us, and we stop the children in order. What a child started goes with it.
"""

import contextlib
import ctypes
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

HOST = "127.0.0.1"
PATIENCE = 60  # seconds until the address must answer
LEAVE_WITHIN = 10  # seconds that a child gets to finish what it does
LOOK_EVERY = 0.2
STOPPERS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PARENT_DIED = 1  # PR_SET_PDEATHSIG


class NotServing(Exception):
    """Carries the sentence that says why."""


class _Asked(Exception):
    """Somebody asked us to stop."""


@dataclass(frozen=True)
class Child:
    """A program that we keep running; what it says goes to `log`."""

    name: str
    command: Sequence[str]
    log: Path


def check_port(port: int) -> None:
    """Raise NotServing when something listens on `port` already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            raise NotServing(
                f"Something else is using port {port}. Choose another: PORT={port + 1} make demo"
            ) from None


def serve(
    children: Sequence[Child],
    *,
    port: int,
    path: str,
    ready: Callable[[], object],
    environment: dict[str, str],
) -> None:
    """Run `children` until somebody stops us; call `ready` once `path` answers on `port`.

    Returns when asked to stop. Raises NotServing when a child dies or the address does not answer.
    """
    check_port(port)
    before = {which: signal.signal(which, _ask) for which in STOPPERS}
    running: list[tuple[Child, subprocess.Popen]] = []
    try:
        for child in children:
            running.append((child, _start(child, environment)))
        _wait_for(port, path, running)
        ready()
        while True:
            _look(running)
            time.sleep(LOOK_EVERY)
    except _Asked:
        pass
    finally:
        for which in STOPPERS:
            signal.signal(which, signal.SIG_IGN)  # a second Ctrl-C must not leave a child behind
        _stop([process for _child, process in running])
        for which, handler in before.items():
            signal.signal(which, handler)


def _ask(*_signal) -> None:
    raise _Asked


def _start(child: Child, environment: dict[str, str]) -> subprocess.Popen:
    child.log.parent.mkdir(parents=True, exist_ok=True)
    with child.log.open("wb") as log:
        return subprocess.Popen(  # noqa: S603 - our own commands
            child.command,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=_follow_parent if sys.platform == "linux" else None,
        )


def _follow_parent() -> None:
    """Ask Linux to stop this process when we are killed without a chance to do it ourselves."""
    ctypes.CDLL(None).prctl(PARENT_DIED, signal.SIGTERM)


def _wait_for(port: int, path: str, running) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        _look(running)
        status = _status(port, path)
        if status is not None and status < 500:
            return
        if status is not None:
            raise NotServing(f"The site answers with error {status}. See {running[0][0].log}")
        time.sleep(LOOK_EVERY)
    raise NotServing(f"The site did not answer within {PATIENCE} seconds. See {running[0][0].log}")


def _status(port: int, path: str) -> int | None:
    connection = http.client.HTTPConnection(HOST, port, timeout=20)
    with contextlib.closing(connection):
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return None


def _look(running) -> None:
    for child, process in running:
        if process.poll() is not None:
            last = _last_line(child.log)
            said = f" It said: “{last}”." if last else ""
            raise NotServing(f"The {child.name} stopped by itself.{said} See {child.log}")


def _last_line(log: Path) -> str:
    lines = [line.strip() for line in log.read_text(errors="replace").splitlines() if line.strip()]
    return lines[-1][:200] if lines else ""


def _stop(processes: list[subprocess.Popen]) -> None:
    """Ask all of them at once, give them time, and end what is left of their sessions."""
    for process in processes:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
    until = time.monotonic() + LEAVE_WITHIN
    for process in processes:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(max(0.1, until - time.monotonic()))
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

"""Web server and worker side by side, tried with two small programs in their place."""

import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cms.demo import serve

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = """
import sys
from pathlib import Path
from cms.demo import serve

serve.LEAVE_WITHIN = 2
port, folder = int(sys.argv[1]), Path(sys.argv[2])
web = [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1", "--directory", str(folder)]
children = [
    serve.Child("web server", web, folder / "log" / "web.log"),
    serve.Child("worker", [sys.executable, "-c", sys.argv[3], str(folder)], folder / "log" / "worker.log"),
]
try:
    ready = lambda: print("ready", flush=True)
    serve.serve(children, port=port, path="/", ready=ready, environment={"NAME": "Paraat"})
except serve.NotServing as trouble:
    sys.exit(str(trouble))
print("stopped")
"""
WITH_A_CHILD = """
import os, pathlib, subprocess, sys, time
child = subprocess.Popen(["sleep", "60"])
pathlib.Path(sys.argv[1], "pids").write_text(f"{os.getpid()} {child.pid}")
child.wait()
"""
DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); " + WITH_A_CHILD


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def run(tmp_path, port):
    """Start the program; whatever happens in a test, it is stopped at the end."""
    started = []

    def run(worker=WITH_A_CHILD):
        command = [sys.executable, "-c", PROGRAM, str(port), str(tmp_path), worker]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
        started.append(subprocess.Popen(command, cwd=ROOT, **pipes))
        return started[0]

    yield run
    for process in started:
        process.kill()
        process.communicate()


def wait_for_pids(tmp_path):
    until = time.monotonic() + 10
    while not (tmp_path / "pids").exists() or not (tmp_path / "pids").read_text():
        assert time.monotonic() < until
        time.sleep(0.02)
    return [int(pid) for pid in (tmp_path / "pids").read_text().split()]


def runs(pid):
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"  # a zombie has stopped


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_both_and_what_they_started(run, tmp_path, port, how):
    process = run()
    assert process.stdout.readline() == "ready\n"
    pids = wait_for_pids(tmp_path)
    assert [runs(pid) for pid in pids] == [True, True]
    process.send_signal(how)
    assert process.communicate(timeout=20)[0] == "stopped\n"
    assert (process.returncode, [runs(pid) for pid in pids]) == (0, [False, False])
    serve.check_port(port)


def test_a_worker_that_dies_takes_the_web_server_along_and_says_so(run, tmp_path, port):
    process = run("import sys, time; time.sleep(1); sys.exit('no room for the queue')")
    said = process.communicate(timeout=20)[0].removeprefix("ready\n")
    log = tmp_path / "log" / "worker.log"
    assert said == f"The worker stopped by itself. It said: “no room for the queue”. See {log}\n"
    assert process.returncode == 1
    serve.check_port(port)


def test_a_worker_that_does_not_listen_is_ended(run, tmp_path):
    process = run(DEAF)
    assert process.stdout.readline() == "ready\n"
    pids = wait_for_pids(tmp_path)
    process.send_signal(signal.SIGINT)
    process.send_signal(signal.SIGINT)
    assert process.communicate(timeout=20)[0] == "stopped\n"
    assert [runs(pid) for pid in pids] == [False, False]


def test_when_we_are_killed_the_children_stop_too(run, tmp_path):
    process = run()
    assert process.stdout.readline() == "ready\n"
    worker = wait_for_pids(tmp_path)[0]
    process.kill()
    process.wait()
    until = time.monotonic() + 10
    while runs(worker) and time.monotonic() < until:
        time.sleep(0.05)
    assert not runs(worker)


def test_a_port_in_use_is_said_before_anything_starts(run, tmp_path, port):
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        process = run()
        said = process.communicate(timeout=20)[0]
    assert said == f"Something else is using port {port}. Choose another: PORT={port + 1} make demo\n"
    assert (process.returncode, (tmp_path / "pids").exists()) == (1, False)


def test_children_get_the_environment_they_need(run, tmp_path):
    process = run("import os, sys, time; print(os.environ['NAME'], flush=True); time.sleep(1); sys.exit()")
    process.communicate(timeout=20)
    assert (tmp_path / "log" / "worker.log").read_text() == "Paraat\n"

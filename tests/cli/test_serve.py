"""``inquit serve`` and ``inquit people`` as processes: what they print, how they end, who is waited for."""

from __future__ import annotations

import json
import os
import signal
import socket
import ssl
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from ledger_sample import reading

from inquit.cli.main import inquit as group
from inquit.cli.who import who
from inquit.errors import InquitError
from inquit.keep import Ledger

pytest.importorskip("litestar", reason="the reader comes with the extra serve")

INQUIT = (sys.executable, "-m", "inquit")


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("serve") / "news.db"
    with Ledger.create(path) as kept:
        kept.keep(map(reading, range(5)))
    return path


def inquit(*arguments: str | Path, given: str = "") -> tuple[int, str, str]:
    """Exit code, standard output and standard error of a verb, in this process: a new one takes a second."""
    done = CliRunner().invoke(group, [str(one) for one in arguments], input=given, standalone_mode=False)
    error = done.exception
    if isinstance(error, InquitError | click.ClickException):
        return (
            error.exit_code,
            done.stdout,
            f"{done.stderr}{error if isinstance(error, InquitError) else error.format_message()}",
        )
    assert error is None, error
    return int(done.return_value or 0), done.stdout, done.stderr


@contextmanager
def serving(*arguments: str | Path, **settings: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The process, and the address that it prints."""
    command = [*INQUIT, "serve", *map(str, arguments), "--port", "0"]
    environment = os.environ | settings
    process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)
    try:
        line = process.stderr.readline()
        assert "Ctrl-C ends it" in line, line + process.stderr.read()
        yield process, next(word for word in line.split() if word.startswith("http")).rstrip("/")
    finally:
        process.kill()
        process.communicate()


def got(address: str, path: str) -> bytes:
    with urllib.request.urlopen(address + path, timeout=10) as answer:  # noqa: S310 - ours
        return answer.read()


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_it_answers_at_the_address_that_it_prints_until_it_is_told_to_end(news: Path, sign: signal.Signals) -> None:
    with serving(news) as (process, address):
        assert address.startswith("http://127.0.0.1:")
        assert json.loads(got(address, "/api/ledger"))["articles"] == 5
        process.send_signal(sign)
        out, rest = process.communicate(timeout=15)
        assert (process.returncode, out, rest) == (0 if sign == signal.SIGINT else -signal.SIGTERM, "", "")


def test_a_browser_that_keeps_its_connection_keeps_nobody_waiting_at_the_end(news: Path) -> None:
    with serving(news) as (process, address), socket.create_connection(_place(address)) as idle:
        idle.sendall(b"GET /api/ledger HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        assert b"200 OK" in idle.recv(4096)
        process.send_signal(signal.SIGINT)
        begun = time.monotonic()
        process.communicate(timeout=15)
        assert (process.returncode, time.monotonic() - begun < 8) == (0, True)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--host", "0.0.0.0"), "--auth"),  # noqa: S104
        (("--host", "::"), "--auth"),
        (("--host", "desk.example"), "--auth"),
        (("--proxy-header", "X-User"), "--trust"),
        (("--trust", "10.0.0.7"), "--auth"),
        (("--auth", "--proxy-header", "X-User", "--trust", "10.0.0.7"), "choose one"),
        (("--auth", "--trust", "proxy.example"), "--trust"),
        (("--certificate", __file__), "--key"),
        (("--port", "70000"), "--port"),
    ],
)
def test_options_that_do_not_fit_are_wrong_usage_and_the_repair_is_named(
    news: Path, arguments: tuple[str, ...], told: str
) -> None:
    code, out, error = inquit("serve", news, *arguments)
    assert (code, told in error, out) == (2, True, ""), error


def test_a_missing_ledger_and_one_without_people_are_work_that_cannot_be_done(news: Path, tmp_path: Path) -> None:
    code, _, error = inquit("serve", tmp_path / "no.db")
    assert (code, "inquit add" in error) == (3, True)
    code, _, error = inquit("serve", news, "--auth", "--port", "0")
    assert (code, "inquit people" in error) == (3, True)


def test_a_port_in_use_is_named(news: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, _, error = inquit("serve", news, "--port", port)
    assert (code, f"port {port} is in use" in error) == (3, True)


def test_a_missing_extra_is_named(news: Path, tmp_path: Path) -> None:
    (tmp_path / "uvicorn.py").write_text("raise ImportError")
    done = subprocess.run(
        [*INQUIT, "serve", news],
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, "inquit[serve]" in done.stderr) == (3, True)


def test_who_takes_too_long_over_a_request_is_hung_up_on(news: Path) -> None:
    # The same server with less patience.
    code = (
        "import sys, inquit.web.serving as s; s.REQUEST_SECONDS = 1.0; "
        "from inquit.cli import main; sys.argv = ['inquit', *sys.argv[1:]]; main()"
    )
    command = [sys.executable, "-c", code, "serve", str(news), "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            line = process.stderr.readline()
            place = _place(next(word for word in line.split() if word.startswith("http")).rstrip("/"))
            head = b"POST /api/read HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            for sent in (b"", b"GET / HT", head, head + b"Content-Length: 900\r\n\r\n{"):
                with socket.create_connection(place, timeout=10) as slow:
                    slow.sendall(sent)
                    begun = time.monotonic()
                    while slow.recv(4096):
                        pass
                    assert 0.5 < time.monotonic() - begun < 5, sent
            # Who asks at once is answered, also after a while without asking.
            with socket.create_connection(place, timeout=10) as quick:
                for pause in (0.0, 1.5):
                    time.sleep(pause)
                    quick.sendall(b"GET /api/ledger HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
                    assert b'"articles":5' in _answer(quick)
        finally:
            process.kill()


def test_who_rules_is_named_by_the_environment_else_by_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INQUIT_WHO", " Mara Voss ")
    assert who() == "Mara Voss"
    monkeypatch.setenv("INQUIT_WHO", " ")
    monkeypatch.setenv("LOGNAME", "mara")
    assert who() == "mara"


def test_people_are_added_listed_changed_and_removed(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    Ledger.create(path).close()
    assert inquit("people", path, "add", "ana", "--role", "admin", given="a long password\n")[0] == 0
    assert inquit("people", path, "add", "bo", "--no-password")[0] == 0
    assert inquit("people", path, "list")[1] == "admin    ana\nreader   bo\n"
    assert inquit("people", path, "role", "bo", "analyst")[0] == 0
    assert inquit("people", path, "password", "bo", given="quite another one\n")[0] == 0
    assert len(inquit("people", path, "key", "bo")[1].strip()) == 43
    assert inquit("people", path, "remove", "bo")[0] == 0
    assert inquit("people", path, "list")[1] == "admin    ana\n"


@pytest.mark.parametrize(
    ("arguments", "given", "told"),
    [
        (("add", "ana"), "another long one\n", "already"),
        (("add", "bo"), "short\n", "12"),
        (("add", "bo"), "", "12"),
        (("remove", "bo"), "", "no 'bo'"),
        (("remove", "ana"), "", "only admin"),
        (("role", "ana", "reader"), "", "only admin"),
        (("role", "ana", "king"), "", "king"),
        (("password", "bo"), "a long password\n", "no 'bo'"),
        (("key", "bo"), "", "no 'bo'"),
        ((), "", "command"),
    ],
)
def test_what_cannot_be_done_with_people_is_wrong_usage(
    tmp_path: Path, arguments: tuple[str, ...], given: str, told: str
) -> None:
    path = tmp_path / "news.db"
    Ledger.create(path).close()
    inquit("people", path, "add", "ana", "--role", "admin", given="a long password\n")
    code, _, error = inquit("people", path, *arguments, given=given)
    assert (code, told in error) == (2, True), error
    assert inquit("people", path, "list")[1] == "admin    ana\n"


def test_people_of_a_ledger_that_is_not_there_are_not_made(tmp_path: Path) -> None:
    assert inquit("people", tmp_path / "no.db", "list")[0] == 3
    assert not list(tmp_path.iterdir())


def test_with_a_certificate_it_speaks_tls(news: Path, tmp_path: Path) -> None:
    certificate, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    made = subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", key, "-out", certificate],
        capture_output=True,
        check=False,
    )  # fmt: skip
    if made.returncode:
        pytest.skip("there is no openssl to make a certificate with")
    with serving(news, "--certificate", certificate, "--key", key) as (_, address):
        trusting = ssl.create_default_context(cafile=str(certificate))
        with urllib.request.urlopen(address + "/api/ledger", timeout=10, context=trusting) as answer:  # noqa: S310
            assert json.load(answer)["articles"] == 5


def _answer(connection: socket.socket) -> bytes:
    got = b""
    while not got.endswith(b"}"):
        got += connection.recv(65536)
    return got


def _place(address: str) -> tuple[str, int]:
    host, _, port = address.removeprefix("http://").rpartition(":")
    return host, int(port)

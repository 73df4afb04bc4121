"""A news site on this machine that does what its routes say, and a fetcher that may go there."""

from __future__ import annotations

import contextlib
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from inquit.read.fetch import Clock, Exchange, Fetcher, Line, Manners

Route = Callable[[Any], None]


class Passing:
    """A clock that stands still but for sleeping."""

    def __init__(self) -> None:
        self.time = 1_772_000_000.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.time += seconds

    def clock(self) -> Clock:
        return Clock(now=lambda: self.time, sleep=self.sleep, chance=lambda: 0.0)


class Newsstand:
    """Routes by path; requests are remembered as (host, path, headers). Without a route the answer is 404."""

    def __init__(self, server: ThreadingHTTPServer) -> None:
        self.routes: dict[str, Route] = {}
        self.seen: list[tuple[str, str, dict[str, str]]] = []
        self.port = server.server_address[1]
        self.time = Passing()
        self.log: list[Exchange] = []

    def url(self, path: str, host: str = "harbourpost.example") -> str:
        return f"http://{host}:{self.port}{path}"

    def paths(self) -> list[str]:
        return [path for _, path, _ in self.seen if path != "/robots.txt"]

    def serve(self, path: str, body: bytes | str = b"", status: int = 200, **headers: str) -> None:
        self.routes[path] = answer(body, status, **headers)

    def fetcher(self, **manners: Any) -> Fetcher:
        usual = {"timeout": 5.0, "silence": 5.0, "delay": 0.0} | manners
        line = Line(allowed=lambda ip: ip.is_loopback, resolve=lambda _host, _port: ["127.0.0.1"])
        return Fetcher(Manners(**usual), line=line, clock=self.time.clock(), log=self.log.append)


def answer(body: bytes | str = b"", status: int = 200, **headers: str) -> Route:
    data = body.encode() if isinstance(body, str) else body

    def route(handler: BaseHTTPRequestHandler) -> None:
        named = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(data))}
        handler.send_response(status)
        for name, value in (named | {k.replace("_", "-"): v for k, v in headers.items()}).items():
            if value:
                handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(data)

    return route


def in_turn(*routes: Route) -> Route:
    """One after the other, the last of them ever after."""
    waiting = list(routes)

    def route(handler: BaseHTTPRequestHandler) -> None:
        (waiting.pop(0) if len(waiting) > 1 else waiting[0])(handler)

    return route


def raw(*parts: bytes, pause: float = 0.0, forever: bool = False) -> Route:
    """The very bytes, with pauses between them; ``forever`` the last of them again and again."""

    def route(handler: BaseHTTPRequestHandler) -> None:
        for part in parts:
            handler.wfile.write(part)
            handler.wfile.flush()
            time.sleep(pause)
        stop = time.monotonic() + 20
        while forever and time.monotonic() < stop:
            handler.wfile.write(parts[-1])
            handler.wfile.flush()
            time.sleep(pause)

    return route


@contextlib.contextmanager
def opened_stand(tls: ssl.SSLContext | None = None) -> Iterator[Newsstand]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            stand.seen.append((self.headers["Host"], self.path, {k.lower(): v for k, v in self.headers.items()}))
            with contextlib.suppress(ConnectionError):
                stand.routes.get(self.path, answer("gone", 404))(self)

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """Callers that hang up are what is tested here."""

    server = Server(("127.0.0.1", 0), Handler)
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    server.daemon_threads = True
    server.block_on_close = False
    stand = Newsstand(server)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield stand
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

"""The reader as a server: uvicorn on a socket of ours, with patience that has an end."""

from __future__ import annotations

import asyncio
import errno
import socket
from contextlib import suppress
from pathlib import Path

import h11
import uvicorn
from litestar import Litestar
from uvicorn.protocols.http.h11_impl import H11Protocol

from inquit.errors import UsageError, WorkError

REQUEST_SECONDS = 30.0
"""So long a request may take to come in whole."""
MOST_CONNECTIONS = 500
_IDLE_SECONDS = 10
_STOP_SECONDS = 5  # for requests that run when the server is told to end
_MOST_HEAD = 64 * 1024  # bytes


class Impatient(H11Protocol):
    """HTTP/1.1 as uvicorn speaks it; it hangs up on who takes too long over a request, head or body."""

    _late: asyncio.TimerHandle | None = None

    # The narrower type is uvicorn's own.
    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Somebody is there: the time for the first request runs."""
        super().connection_made(transport)
        self._watch()

    def data_received(self, data: bytes) -> None:
        """Some more of a request came."""
        super().data_received(data)
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nobody is there any more."""
        self._stop()
        super().connection_lost(exc)

    def _watch(self) -> None:
        if self.conn.their_state not in {h11.IDLE, h11.SEND_BODY}:
            self._stop()
        elif self._late is None:
            self._late = self.loop.call_later(REQUEST_SECONDS, self.transport.close)

    def _stop(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None


def listening(host: str, port: int) -> socket.socket:
    """A socket that takes connections; port 0 is any that is free. Raises UsageError and WorkError with the repair."""
    try:
        family, kind, proto, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError as error:
        raise UsageError(f"--host {host}: no address has that name ({error.strerror or error})") from error
    made = socket.socket(family, kind, proto)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(address)
        made.listen(256)
    except OSError as error:
        made.close()
        raise _not_bound(error, host, port) from error
    return made


def _not_bound(error: OSError, host: str, port: int) -> WorkError:
    if error.errno == errno.EADDRINUSE:
        return WorkError(f"port {port} is in use: end the other program, or name another port with --port")
    if error.errno == errno.EACCES:
        return WorkError(f"port {port} may not be used: name one from 1024 up with --port")
    if error.errno == errno.EADDRNOTAVAIL:
        return WorkError(f"{host} is no address of this machine: name another one with --host")
    return WorkError(f"{host} port {port} cannot be used: {error.strerror or error}")


def serve(app: Litestar, at: socket.socket, *, certificate: Path | None = None, key: Path | None = None) -> None:
    """Answer requests until Ctrl-C or a signal to end; then finish those that run."""
    config = uvicorn.Config(
        app,
        http=Impatient,
        ws="none",
        lifespan="on",
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,  # whom we believe what is access.py's to say
        limit_concurrency=MOST_CONNECTIONS,
        timeout_keep_alive=_IDLE_SECONDS,
        timeout_graceful_shutdown=_STOP_SECONDS,
        h11_max_incomplete_event_size=_MOST_HEAD,
        ssl_certfile=certificate,
        ssl_keyfile=key,
    )
    # uvicorn raises the signal again when it has ended.
    with suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[at])

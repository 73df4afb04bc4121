"""Which addresses may be fetched, and connections that go nowhere else.

A name is looked up once; every address that the answer holds is judged, and one of these, and no other, is connected to
and judged again. So neither a redirect nor an answer that changes between two look-ups (DNS rebinding) leads into a
private network. Proxies of the environment are not used, since it would be they who look names up.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Iterable
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, TypeAlias

import httpcore2

from inquit.read.trouble import Trouble

IPAddress: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
Allowed: TypeAlias = Callable[[IPAddress], bool]
"""Whether an address may be connected to."""

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
# What older versions of Python's tables lack: IANA's special-purpose registries (RFC 6890) as of 2026.
_SPECIAL = tuple(
    ipaddress.ip_network(network)
    for network in (
        "192.0.0.0/24",
        "192.88.99.0/24",
        "::/96",
        "64:ff9b:1::/48",
        "100::/64",
        "2001::/23",
        "3fff::/20",
        "5f00::/16",
        "fec0::/10",
    )
)


def public(ip: IPAddress) -> bool:
    """Whether it is an address of one machine on the internet, whoever asks; also where it is wrapped in IPv6."""
    if isinstance(ip, ipaddress.IPv6Address):
        wrapped = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF) if ip in _NAT64 else ip.ipv4_mapped or ip.sixtofour
        if wrapped is not None:
            return public(wrapped)
    if ip.is_multicast or ip.is_reserved or any(ip in network for network in _SPECIAL):
        return False
    return ip.is_global


def resolved(host: str, port: int) -> list[str]:
    """The addresses that a name stands for, as the system's resolver orders them; raises OSError where it has none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(place[0]) for *_, place in found))


class Deadline:
    """A moment by which an exchange has to be over, whatever the other side sends meanwhile."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def within(self, timeout: float | None) -> float:
        """The timeout, or what is left where that is less; raises httpcore2.ReadTimeout when nothing is left."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise httpcore2.ReadTimeout("it took too long altogether")
        return left if timeout is None else min(timeout, left)


class Backend(httpcore2.NetworkBackend):
    """Connections of one exchange: to ``allowed`` addresses only, and over by the deadline.

    Raises Trouble of code address where a name has an address that is not allowed, even beside others that are.
    """

    def __init__(
        self, allowed: Allowed, deadline: Deadline, resolve: Callable[[str, int], list[str]] = resolved
    ) -> None:
        self._allowed = allowed
        self._deadline = deadline
        self._resolve = resolve
        self._inner = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        """Connect to the first of the host's addresses that answers; raises Trouble or an exception of httpcore2."""
        failed: Exception = httpcore2.ConnectError(f"{host} has no address")
        for ip in self._judged(host, port):
            try:
                stream = self._inner.connect_tcp(
                    ip, port, self._deadline.within(timeout), local_address, socket_options
                )
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failed = error
                continue
            try:
                self._judge(host, str(stream.get_extra_info("server_addr")[0]))
            except Trouble:
                stream.close()
                raise
            return _Timed(stream, self._deadline)
        raise failed

    def _judged(self, host: str, port: int) -> list[str]:
        found = self._looked_up(host, port)
        for ip in found:
            self._judge(host, ip)
        return found

    def _looked_up(self, host: str, port: int) -> list[str]:
        """The host's addresses. The system's resolver knows no deadline, so it is left behind when that is over."""
        answers: SimpleQueue[list[str] | Exception] = SimpleQueue()

        def ask() -> None:
            try:
                answers.put(self._resolve(host, port))
            except (OSError, UnicodeError) as error:
                answers.put(error)

        Thread(target=ask, daemon=True).start()
        try:
            found = answers.get(timeout=self._deadline.within(None))
        except Empty:
            raise httpcore2.ConnectTimeout(f"looking up the name {host} took too long") from None
        if isinstance(found, Exception):
            raise httpcore2.ConnectError(f"the name {host} could not be looked up") from found
        return found

    def _judge(self, host: str, ip: str) -> None:
        # A link-local address may name the interface behind a percent sign.
        if not self._allowed(ipaddress.ip_address(ip.partition("%")[0])):
            named = host if host == ip else f"{host} ({ip})"
            raise Trouble("address", f"{named} is no public address, so it is not fetched")


class _Timed(httpcore2.NetworkStream):
    """A stream of which no operation outlasts the deadline."""

    def __init__(self, inner: httpcore2.NetworkStream, deadline: Deadline) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._deadline.within(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._deadline.within(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        inner = self._inner.start_tls(ssl_context, server_hostname, self._deadline.within(timeout))
        return _Timed(inner, self._deadline)

    def get_extra_info(self, info: str) -> object:
        return self._inner.get_extra_info(info)

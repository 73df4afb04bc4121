"""Which feeds are meant: OPML files, text files with an address a line, addresses themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from lxml import etree

from inquit.errors import UsageError, WorkError
from inquit.read.address import plain
from inquit.read.trouble import Trouble

_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_MOST_BYTES = 16 * 2**20


def feed_addresses(given: Iterable[str]) -> list[str]:
    """The addresses of all the feeds, each once, in order.

    In a text file white space ends an address and ``#`` begins a remark. Raises UsageError for what is no address or
    names none, and WorkError for a file that cannot be read.
    """
    found: dict[str, None] = {}
    for one in given:
        listed = [one] if _ADDRESS.match(one) else _listed(Path(one))
        if not listed:
            raise UsageError(f"{one} names no feeds: it is to be OPML, or a text with an address in each line")
        for address in listed:
            try:
                found[plain(address)] = None
            except Trouble as trouble:
                raise UsageError(f"{one}: {address!r}: {trouble.message}") from trouble
    return list(found)


def _listed(path: Path) -> list[str]:
    try:
        data = path.read_bytes()[:_MOST_BYTES]
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise WorkError(f"{path} could not be read ({why}): name a file with feeds, or an address") from error
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return _outlined(data, path)
    lines = data.decode("utf-8-sig", "replace").splitlines()
    return [line.split()[0] for line in lines if line.strip() and not line.lstrip().startswith("#")]


def _outlined(data: bytes, path: Path) -> list[str]:
    """The feeds of OPML 1.0 or 2.0, wherever they stand in its outline."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UsageError(f"{path} is no OPML: {error}") from error
    found = [] if root is None else [dict(outline.attrib) for outline in root.iter("outline")]
    named = [{str(name).lower(): str(value) for name, value in one.items()}.get("xmlurl", "") for one in found]
    return [address.strip() for address in named if address.strip()]

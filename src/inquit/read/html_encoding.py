"""The encoding of a web page: what the bytes show goes before what the page says of itself."""

from __future__ import annotations

import codecs
import re

from inquit.read.text import decoded, guessed
from inquit.read.trouble import Trouble

_DECLARED = re.compile(
    rb"""<(?:meta[^>]*?charset|\?xml[^>]*?encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.-]+)""", re.IGNORECASE
)
_HEAD = 1 << 16
# What browsers read under these names.
_ALIASES = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252"}
_ALIASES |= {"gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "iso-8859-9": "cp1254", "x-sjis": "cp932"}
_BOMS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# A stray NUL is dropped; this share of the first bytes is no page.
_NULS = 1 / 50


def page_decoded(data: bytes, served: str | None = None) -> tuple[str, str | None]:
    """A page's bytes as text and, where no encoding fits them, what was done about it; raises Trouble of code binary.

    Bytes that are valid UTF-8 are UTF-8 whatever the page declares: other encodings fit them by accident only. Else
    the encoding that it was ``served`` with goes before the one that it declares, as in browsers.
    """
    if data.startswith(_BOMS):
        return decoded(data)
    head = data[:4096]
    if head.count(b"\0") > len(head) * _NULS:
        raise Trouble("binary", "the bytes are no page")
    data = data.replace(b"\0", b"")
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError as error:
        start = error.start
    for encoding in _candidates(data, served):
        try:
            return data.decode(encoding), None
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
    return guessed(data, start)


def _candidates(data: bytes, served: str | None) -> list[str]:
    found = _DECLARED.search(data[:_HEAD])
    stated = [name.lower() for name in (served, found and found[1].decode("ascii")) if name]
    return [_ALIASES.get(name, name) for name in stated if _is_known(name) and not name.startswith(("utf-8", "utf8"))]


def _is_known(name: str) -> bool:
    try:
        # Codecs such as rot13 or zip turn no bytes into text.
        return bool(codecs.lookup(name)._is_text_encoding)  # noqa: SLF001
    except (LookupError, ValueError):
        return False

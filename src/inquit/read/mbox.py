"""Mailboxes (mbox, RFC 4155): one mail after another, each begun by a line ``From``; never more than one in memory."""

from __future__ import annotations

import re
from collections.abc import Iterator

from inquit.read.mail import mail_read
from inquit.read.making import about
from inquit.read.opening import Opened, Source
from inquit.read.options import Options
from inquit.read.passed import counted
from inquit.read.trouble import Trouble
from inquit.records import Article, Problem

# The sender may be anything; a year ends the line, or a zone after it.
_BEGINS = re.compile(rb"From \S.*\d{4}(?: [+-]\d{4})?\s*$")
_QUOTED = re.compile(rb">+From ")
_LINE_MOST = 1 << 20


def mbox(opening: Opened, source: Source, options: Options) -> Iterator[Article | Problem]:
    """An Article for each mail; attached files are counted in one Problem. A broken mail costs itself only."""
    attached = 0
    for offset, data in mails(opening, options.max_bytes):
        shown = f"{source.shown}, byte {offset}"
        try:
            if data is None:
                raise Trouble("too-large", f"the mail is longer than {options.max_bytes} bytes")  # noqa: TRY301 - as any other
            article, trouble, files = mail_read(data, f"{source.name or '-'}/{offset}", options)
        except Trouble as error:
            yield error.problem(shown)
            continue
        attached += files
        yield article
        if trouble:
            yield about(article, "decoding", trouble, shown)
        if article.published is None:
            yield about(article, "no-date", "the mail states no date; say it with --published", shown)
    if attached:
        message = f"{counted(attached, 'attached file')} not read"
        yield Problem(code="passed-over", message=message, input=source.shown)


def mails(opening: Opened, max_bytes: int) -> Iterator[tuple[int, bytes | None]]:
    """Each mail with its offset; None for one beyond ``max_bytes``. Raises Trouble where there is none."""
    start = at = size = 0
    lines: list[bytes] = []
    begun, empty_before, whole_line = False, True, True
    while line := opening.stream.readline(_LINE_MOST):
        if whole_line and empty_before and _BEGINS.match(line):
            if begun:
                yield start, b"".join(lines) if size <= max_bytes else None
            lines, size, start, begun = [], 0, at, True
        else:
            if not begun and line.strip():
                raise Trouble("kind", "the mailbox does not begin with a line that begins a mail (From …)")
            size += len(line)
            if size > max_bytes:
                lines.clear()
            else:
                lines.append(line[1:] if whole_line and _QUOTED.match(line) else line)
        at += len(line)
        empty_before = whole_line and not line.strip()
        whole_line = line.endswith(b"\n")
    if not begun:
        raise Trouble("empty", "there is no mail in it")
    yield start, b"".join(lines) if size <= max_bytes else None

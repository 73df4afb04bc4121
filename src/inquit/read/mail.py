"""E-mail (RFC 5322, MIME): a newsletter is an article, its sender the outlet, its subject the title.

Its HTML is read as that of a feed's entry, not as a page: there is no navigation in a mail, and in one that is laid out
in tables the search for a page's main text keeps one cell and drops the others. Its links are left: they lead over the
sender's counters and name whom the mail was sent to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from email.policy import EmailPolicy
from email.utils import parseaddr
from itertools import pairwise
from typing import NamedTuple

from inquit.read.dates import iso
from inquit.read.furniture import without_furniture
from inquit.read.html_encoding import page_decoded
from inquit.read.making import about, made, sound
from inquit.read.markup import Words, words
from inquit.read.opening import Opened, Source, whole
from inquit.read.options import Options
from inquit.read.passed import counted
from inquit.read.trouble import Trouble
from inquit.records import Article, Problem

# What a mail says of itself is short; Python takes minutes for an address of a megabyte.
_HEADER_MOST = 8192
_PARTS_MOST = 1000
_WORDS_LEAST = 3
_SIGNATURE = re.compile(r"^-- ?$", re.MULTILINE)
# Lines of mail are broken at 72 to 78 characters; a shorter one ends where its writer ended it.
_WRAPPED = 50
_FURNITURE = re.compile(
    r"(?:(?:view|read|open|see)\s(?:it\s|this\s(?:e-?mail|message|newsletter|issue)\s)?(?:in|on)\s(?:your\s|a\s|the\s)?(?:web\s?)?"
    r"(?:browser|web|online)|.{0,80}\b(?:un-?subscribe|manage\s(?:your\s)?(?:e-?mail\s)?(?:preferences|subscriptions?)|"
    r"update\syour\s(?:e-?mail\s)?preferences)\b.{0,120}|you(?:['’]re|\sare)\s(?:receiving|getting)\sthis\b.{0,160}|"
    r"(?:©|\(c\)|copyright)\s.{0,120}|(?:forward|share)\s(?:this\s)?(?:e-?mail|to\sa\sfriend).{0,40}|"
    r"(?:was\sthis\s(?:e-?mail\s|newsletter\s)?forwarded\sto\syou)\b.{0,80})\W*",
    re.IGNORECASE | re.DOTALL,
)


class _Short(EmailPolicy):
    """Python's default policy, for headers of a bounded length."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[:_HEADER_MOST]


class _Mail(NamedTuple):
    """What a mail says: its words, what was done to decode them, and the number of attached files."""

    found: Words
    trouble: str | None
    attached: int


def mail(opening: Opened, source: Source, options: Options) -> Iterator[Article | Problem]:
    """The mail as one Article; attachments are counted. Raises Trouble of code record, empty or too-large."""
    article, trouble, attached = mail_read(whole(opening.stream, options.max_bytes), source.name, options)
    yield article
    if trouble:
        yield about(article, "decoding", trouble, source.shown)
    if article.published is None:
        yield about(article, "no-date", "the mail states no date; say it with --published", source.shown)
    if attached:
        yield about(article, "passed-over", f"{counted(attached, 'attached file')} not read", source.shown)


def mail_read(data: bytes, name: str | None, options: Options) -> tuple[Article, str | None, int]:
    """A mail's Article, what was done to decode it, and how many files are attached.

    Raises Trouble of code record where it cannot be taken apart, and empty where it holds no words.
    """
    try:
        message = message_from_bytes(data, policy=_Short())
        found, trouble, attached = _taken_apart(message, options.title)
        sender = _header(message, "From")
        shown, address = parseaddr(sender or "")
        published, ident = iso(_header(message, "Date")), _header(message, "Message-ID")
    except Trouble:
        raise
    except Exception as error:
        # Python's parser raises whatever comes on what it was not made for.
        raise Trouble("record", f"the mail could not be taken apart ({type(error).__name__}: {error})") from error
    if found.size() < _WORDS_LEAST:
        raise Trouble("empty", "there are no words in the mail")
    article = made(
        found.text(),
        options,
        external_id=ident or name,
        title=found.title,
        outlet=" ".join(shown.split()) or address.rpartition("@")[2] or None,
        published=published,
    )
    return article, trouble, attached


def _taken_apart(message: Message[str, str], title: str | None) -> _Mail:
    """The words of the HTML part, else of the plain one."""
    title = title or _header(message, "Subject")
    marked: list[Message[str, str]] = []
    plain: list[Message[str, str]] = []
    attached = 0
    for number, part in enumerate(message.walk()):
        if number > _PARTS_MOST:
            break
        if part.is_multipart():
            continue
        kind = part.get_content_type()
        if part.get_content_disposition() == "attachment" or kind not in {"text/html", "text/plain"}:
            # A picture within the text is no file that somebody sent.
            attached += part.get_content_disposition() != "inline" and part.get("Content-ID") is None
        else:
            (marked if kind == "text/html" else plain).append(part)
    for part in marked:
        markup, trouble = _decoded(part)
        found = words(markup, title, laid_out=True)
        if found.size() >= _WORDS_LEAST:
            return _Mail(found._replace(paragraphs=_without_furniture(found.paragraphs)), trouble, attached)
    texts = [_decoded(part) for part in plain]
    paragraphs = [paragraph for text, _ in texts for paragraph in _paragraphs(text)]
    return _Mail(Words(title, _without_furniture(paragraphs)), next((t for _, t in texts if t), None), attached)


def _decoded(part: Message[str, str]) -> tuple[str, str | None]:
    data = part.get_payload(decode=True)
    charset = part.get_content_charset()
    text, trouble = page_decoded(data if isinstance(data, bytes) else b"", charset)
    return sound(text), trouble


def _header(message: Message[str, str], name: str) -> str | None:
    value = message.get(name)
    return " ".join(sound(str(value)).split()) or None if value is not None else None


def _paragraphs(text: str) -> list[str]:
    """The paragraphs of a plain mail, lines that were broken for the screen joined, without the signature."""
    text = _SIGNATURE.split(text.replace("\r\n", "\n"))[0]
    blocks = (block.strip() for block in re.split(r"\n[^\S\n]*\n", text))
    return [_joined(block.split("\n")) for block in blocks if block]


def _joined(lines: list[str]) -> str:
    found = [lines[0].strip()]
    for last, line in pairwise(lines):
        found += [" " if len(last.strip()) >= _WRAPPED else "\n", line.strip()]
    return "".join(found)


def _without_furniture(paragraphs: list[str]) -> list[str]:
    return [paragraph for paragraph in without_furniture(paragraphs) if not _FURNITURE.fullmatch(paragraph)]

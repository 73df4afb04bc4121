"""Spans of German sources as the reader finds them, without what stands beside a source: whom it speaks to, a comma."""

from __future__ import annotations

import re

from inquit.records import Span, Spans
from inquit.text import trimmed
from inquit_de.bare import END
from inquit_de.nouns import is_title, is_vehicle

# "sagte Velde dieser Redaktion", "sagte Velde der Deutschen Presse-Agentur": the second is told, not the teller.
_MEDIUM = (
    r"(?:[„«\"](?=[A-ZÄÖÜ])|(?:[A-ZÄÖÜ][\w-]* )*(?:dpa|AFP|APA|KNA|epd|Reuters|ARD|ZDF|SRF|ORF|"
    r"[\w-]*(?:-Agentur|-Presse|[Aa]gentur|[Aa]nzeiger|[Zz]eitung|[Rr]undfunk|[Ss]ender|[Mm]agazin|[Ss]piegel|[Bb]latt))\b)"
)
_TOLD = re.compile(
    rf" (?:(?:dieser|unserer) (?:Redaktion|Zeitung)\b|gegenüber\b|auf (?:[\w-]+-)?(?:An|Nach)frage\b|dem {_MEDIUM})"
)
_PERHAPS = re.compile(rf" der {_MEDIUM}")  # after a noun the same words say whose somebody is
_NAMED = re.compile(r"(?:[A-ZÄÖÜ][\w’'-]+ )*(?P<last>[A-ZÄÖÜ][\w’'-]+)$")


def cut(text: str, source: Spans) -> Spans:
    """The source without what is in another sentence, whom it speaks to and the commas at its ends."""
    spans = (_alone(text, span) for span in source)
    return tuple(span for span in spans if span[0] < span[1])


def _alone(text: str, span: Span) -> Span:
    start, end = span
    if stop := END.search(text, start, end):
        end = stop.start()
    told = _TOLD.search(text, start, end)
    perhaps = _PERHAPS.search(text, start, end)
    if told is None and perhaps is not None and _is_name(text[start : perhaps.start()]):
        told = perhaps
    end = told.start() if told else end
    start, end = trimmed(text, start, end)
    while end > start and text[end - 1] in ",;:":
        end -= 1
    return start, end


def _is_name(words: str) -> bool:
    named = _NAMED.match(words)
    return named is not None and not is_title(named["last"]) and not is_vehicle(named["last"])

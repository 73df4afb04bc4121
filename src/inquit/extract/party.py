"""For whom a name speaks: the body whose office the article's own words give it."""

from __future__ import annotations

import re
from itertools import pairwise

from inquit.extract.countries import country
from inquit.extract.names import Directory, find, words

_BODY = r"((?:[A-Z][\w.’'-]*)(?: (?:of |the |and |for )*[A-Z][\w.’'-]*)*)"
_OFFICE_OF = re.compile(r"\b([\w-]+) (?:of|for) (?:the |its )?" + _BODY)
_APPOSED = re.compile(r",? ?(?:(?:the|a|an|its|then|former|acting|[a-z-]+) ){0,4}")
_LOWER = re.compile(r"(?: [a-z-]+){1,3} ")
_UNRELATED = re.compile(r"[.;:\n“”\"]")
_LONGEST = 200  # characters of a name, and of what may stand between it and an office
_NEAR = 60  # characters between an owner and what it owns


def owners(text: str, known: Directory) -> dict[str, str]:
    """Whom each name of an article belongs to, by possessives and offices anywhere in it.

    "Norland's foreign minister, X"; "the president of Norland, X"; "X, director of Acme"; "Norland Foreign Minister X";
    "Acme spokeswoman X".
    """
    found: dict[str, str] = {}
    for one, other in pairwise(known.names):
        between = text[one.span[1] : other.span[0]]
        if one.owns and len(between) < _NEAR and not _UNRELATED.search(between) and "," not in between[:3]:
            found.setdefault(known.fullest(other.text), known.fullest(one.text))
        elif not one.owns and _LOWER.fullmatch(between) and (body := body_of(one.text + between.rstrip())):
            found.setdefault(known.fullest(other.text), known.fullest(body))
    for name in known.names:
        if body := body_of(name.office):
            found.setdefault(known.fullest(name.text), body)
    for match in _OFFICE_OF.finditer(text):
        if match[1].lower() in words().offices and (holder := _holder(text, match, known)):
            found.setdefault(known.fullest(holder), known.fullest(match[2]))
    return found


def body_of(office: str) -> str | None:
    """The body at the beginning of an office: "Russian President" -> Russia, "Acme Managing Director" -> Acme."""
    held = office.replace(",", " ").split()
    lexicon = words()
    if not held or held[-1].lower().rstrip(".") not in lexicon.offices:
        return None
    body = held[:-1]
    while body and body[-1].lower() in lexicon.modifiers | lexicon.offices:
        body = body[:-1]
    if body and body[0].lower() in ("the", "former", "acting", "then"):
        body = body[1:]
    if not body or not body[0][0].isupper():
        return None
    return country(" ".join(body[:2])) or country(body[0]) or " ".join(body)


def speaks_for(mention: str, known: Directory) -> str | None:
    """The body for which a mention says that it speaks: "Acme's lawyer", "a spokesman for Acme", "Acme spokesman"."""
    owner = next((n for n in find(mention, 0, len(mention)) if n.owns), None)
    if owner is not None:
        return known.fullest(owner.text)
    match = next((m for m in _OFFICE_OF.finditer(mention) if m[1].lower() in words().offices), None)
    if match is not None:
        return known.fullest(match[2])
    first = re.split(r",| who | that | told ", mention, maxsplit=1)[0]
    body = body_of(re.sub(r"^(?:[Tt]he|[Aa]n?) ", "", first))
    return known.fullest(body) if body else None


def _holder(text: str, match: re.Match[str], known: Directory) -> str | None:
    """The name right after "director of Acme, …" or right before ", director of Acme"."""
    for name in known.before(match.end() + _LONGEST, since=match.start() - _LONGEST):
        if name.span[0] > match.end() + 3:
            break
        if name.span[0] >= match.end() and text[match.end() : name.span[0]] in (", ", " "):
            return name.text
        gap = text[name.span[1] : match.start()]
        if 0 < len(gap) < _NEAR and gap.startswith(",") and _APPOSED.fullmatch(gap):
            return name.text
    return None

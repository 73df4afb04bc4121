"""For which body somebody speaks, by the words of a German office: a genitive, or the first part of a compound."""

from __future__ import annotations

import re

from inquit_de.nouns import ACRONYM, MARKS, head_of, is_one, is_title, nominative, nouns

_GENITIVE = re.compile(r"\b(?:der|des|vom|von|von der|von dem|eines|einer|beim|bei der)\s+(?P<body>[A-ZÄÖÜ„].*)$")
_COMPOUND = re.compile(r"(?P<body>[\w/]+(?:-[A-ZÄÖÜ][\w/]*)*?)-(?P<office>[A-ZÄÖÜ][\w-]*)$")
_SEVERAL_CAPITALS = re.compile(r"[A-ZÄÖÜ]\w*[A-ZÄÖÜ]")


def body(words: str) -> str | None:
    """The body that somebody speaks for: "Sprecherin der Stadt Lund" -> "Stadt Lund", "SPD-Chefin" -> "SPD"."""
    parts = words.split(", ")
    return next((found for part in parts if (found := _of(part)) is not None), None) or _before(parts[0])


def _of(words: str) -> str | None:
    """The body that somebody speaks for: "Sprecherin der Stadt Lund" -> "Stadt Lund"."""
    if not is_one(head_of(words), nouns().speaking_for):
        return None
    found = _GENITIVE.search(words)
    if found is None:
        return None
    body = found["body"].strip(MARKS)
    return nominative(body) if found[0].startswith(("des ", "eines ")) else body


def _before(words: str) -> str | None:
    """The body that begins a compound: "UN-Botschafter Jonas Velde" -> "UN", "Polizeisprecherin" -> "Polizei"."""
    titles = [word for word in re.findall(r"[\w/-]+", words) if is_title(word)]
    if not titles:
        return None
    parts = _COMPOUND.match(titles[-1])
    return _joined(titles[-1]) if parts is None else _hyphened(parts["body"], parts["office"])


def _hyphened(name: str, office: str) -> str | None:
    known = nouns()
    capitals = ACRONYM.match(name) or _SEVERAL_CAPITALS.match(name)
    offices = known.of_acronyms if capitals else known.of_bodies
    if not is_one(office, (*offices, *(f"{one}s" for one in offices))) or name.lower() in known.no_body:
        return None
    return known.spelt.get(name.lower(), name)


def _joined(word: str) -> str | None:
    """The body before a spokesman in one word; "s" may join them."""
    found = re.match(r"(\w+?)s?sprecher(?:in|s)?$", word)
    return found[1] if found and is_one(found[1], nouns().institution) else None

"""Whom a German pronoun means: whoever was heard last of its gender and number.

Of people the gender is told by first names, by titles (*Ministerin*) and by the article of what a title is made of
(*die Vorsitzende*); of bodies by an article alone, and *der* is that of a dative too. Whether *sie* is one or several,
the finite verb beside it says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple, TypeAlias

from inquit.extract.resolved import Resolved
from inquit.extract.sexes import first_names
from inquit.extract.why import Ground
from inquit.records import Spans
from inquit.text import WORD
from inquit_de.nouns import is_title, nouns

Gender: TypeAlias = Literal["he", "she", "it"]

_BY_ARTICLE = ("e", "en", "er")  # endings of nouns that are of both genders: "Vorsitzende", "Abgeordneter"
_NEAR = 4  # of those heard, among whom several are looked for
_TWO = re.compile(r"[A-ZÄÖÜ][\w-]* und (?:[a-zäöüß]+ )*[A-ZÄÖÜ]")
_AUXILIARIES = frozenset({"hat", "hatte", "habe", "haben", "hatten", "ist", "sind", "war", "waren", "sei", "seien"})


class Heard(NamedTuple):
    """Somebody who spoke, with the gender and number of the words for them."""

    who: Resolved
    gender: Gender | None
    several: bool


def heard(words: str, who: Resolved) -> Heard:
    """Somebody who was named with these words."""
    people = who.standing in ("person", "anonymous")
    several = who.standing == "group" or _TWO.search(words) is not None
    return Heard(who, _of_person(words, who.entity or "") if people else _of_body(words), several)


def meant(word: str, told: Sequence[Heard], *, several: bool) -> Heard | None:
    """Whom a pronoun in small letters means, of those heard in their order; ``several``: its verb is a plural."""
    known = nouns()
    if word not in known.he | known.she:
        return told[-1] if told else None
    some = [one for one in told if one.who.standing not in ("document", "outlet")]
    if several:
        return next((one for one in reversed(some[-_NEAR:]) if one.several), None)
    gender: Gender = "he" if word in known.he else "she"
    fitting = [one for one in some if not one.several and one.gender in (gender, None)]
    if gender == "he":
        fitting = [one for one in fitting if one.who.standing in ("person", "anonymous")] or fitting
    return fitting[-1] if fitting else None


def ground_of(word: str, *, several: bool) -> Ground:
    """Why a pronoun means somebody."""
    known = nouns()
    if word in known.he:
        return Ground.HE
    return (Ground.SEVERAL if several else Ground.SHE) if word in known.she else Ground.BODY


def is_plural(text: str, source: Spans, cue: Spans) -> bool:
    """Whether the finite verb of a source is a plural: the one beside it, or the last word of its cue."""
    said = [match.group().lower() for span in cue for match in WORD.finditer(text, *span)]
    start, end = source[0][0], source[-1][1]
    before = [match.group().lower() for match in WORD.finditer(text, max(0, start - 40), start)][-1:]
    behind = WORD.search(text, end)
    beside = [*([behind.group().lower()] if behind else []), *before]
    verb = next((word for word in beside if word in said or word in _AUXILIARIES), said[-1] if said else "")
    return verb.endswith(("en", "ern", "eln")) or verb == "sind"


def _of_person(words: str, name: str) -> Gender | None:
    told = first_names().get(name.split(" ", maxsplit=1)[0].lower().split("-")[0], 0.0) if " " in name else 0.0
    if told:
        return "she" if told > 0 else "he"
    parts = re.findall(r"[\w-]+", words)
    first = parts[0].lower() if parts else ""
    titles = [part for part in parts if is_title(part)]
    if any(part.endswith("in") or part.lower() == "frau" for part in titles):
        return "she"
    if first in ("die", "eine"):
        return "she"
    plain = [title for title in titles if not title.endswith(_BY_ARTICLE) or title.endswith(("ter", "ker", "cher"))]
    return "he" if plain or (titles and first in ("der", "ein")) else None


def _of_body(words: str) -> Gender | None:
    first = words.split(" ", maxsplit=1)[0].lower()
    return "she" if first == "die" else "it" if first == "das" else None

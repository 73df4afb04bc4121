"""The phrases in which an article speaks of the ground of a statement: data, and patterns made of it.

The data is ``data/evidence.en.toml``. What reads cues needs its words too: "could not be verified" is the outlet's own
word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Literal, TypeAlias

import msgspec

from inquit.records import EvidenceKind

Bears: TypeAlias = Literal["clause", "seen", "giver", "claim", "named"]


class Phrase(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A pattern of words, what it says of a ground, and how the statement that it bears on is found."""

    kind: EvidenceKind
    trigger: str
    bears: Bears
    pattern: str


class Data(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole data file; each phrase is looked for around its ``trigger``."""

    words: dict[str, tuple[str, ...]]
    trigger: dict[str, str]
    phrase: tuple[Phrase, ...]


@cache
def data() -> Data:
    """Read the data file, once. Raises ``msgspec.ValidationError`` if it does not keep to the types above."""
    return msgspec.toml.decode(files("inquit.data").joinpath("evidence.en.toml").read_bytes(), type=Data)


@cache
def _lists() -> dict[str, str]:
    """Each list of words as a group, and ``an_item``, a noun phrase whose head is a ground; ``a_name``, a name."""
    groups = {name: group(words) for name, words in data().words.items()}
    modifier = rf"(?!{groups['not_item']}\b)[\w’'-]+,? "
    head = rf"{groups['item']}(?: {groups['item']})?(?![\w’'-]| {groups['tail']}\b)"
    groups["an_item"] = rf"(?:{groups['measure']} )?(?:{modifier}){{0,6}}?{head}"
    groups["a_name"] = r"(?-i:[A-Z])[\w’'-]*(?: (?-i:[A-Z])[\w’'-]*){0,3}"
    groups["not_seen"] = r"(?:was|were|is|are|had|has|have|said|says|and|but)\b"
    return groups


def group(words: Sequence[str]) -> str:
    """A pattern of any of the words, the longest that fits."""
    return "(?:" + "|".join(re.escape(w).replace("\\ ", " ") for w in sorted(words, key=len, reverse=True)) + ")"


@cache
def triggers() -> re.Pattern[str]:
    """Compile what stands in every phrase of a trigger, each as a group of its name."""
    groups = (f"(?P<{name}>{pattern})" for name, pattern in data().trigger.items())
    return re.compile(r"\b(?:" + "|".join(groups).replace(" ", r"[^\S\n]") + ")", re.IGNORECASE)


@cache
def patterns(trigger: str) -> list[tuple[Phrase, re.Pattern[str]]]:
    """The phrases of a trigger, compiled when the first text has it: all of them take longer than an article."""
    listed = (phrase for phrase in data().phrase if phrase.trigger == trigger)
    return [(phrase, _compiled(rf"(?i:\b{phrase.pattern}(?![\w-]))")) for phrase in listed]


@cache
def item_only() -> re.Pattern[str]:
    """Compile a noun phrase of an item that stands by itself: more than one, or with an article."""
    lists, word = _lists(), r"(?!{not_item}\b)[a-z][\w’'-]* "
    several = group([w for w in data().words["item"] if w.endswith("s") or w in data().words["mass"]])
    article = r"(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Aa]nother) "
    one = rf"{article}(?:{word}){{0,4}}?{lists['item']}(?![\w’'-])"
    return _compiled(rf"\b(?:{one}|(?:{word}){{0,4}}?{several}(?![\w’'-]))")


def _compiled(pattern: str) -> re.Pattern[str]:
    for name, group in _lists().items():
        pattern = pattern.replace("{" + name + "}", group)
    return re.compile(pattern.replace(" ", r"[^\S\n]"))

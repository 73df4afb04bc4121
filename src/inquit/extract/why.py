"""Why a label is what it is: the grounds on which one is decided, each in a few words for a person who reads news.

Whatever decides a label gives its ``Why`` with it, so that no reason is made up afterwards.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from inquit.records import Label, Reason, Span, Spans


class Ground(StrEnum):
    """Every ground there is; docs/contract.md lists them."""

    NAMED = "named so"
    FULLER = "the fullest name that the article gives"
    ACRONYM = "the name before the acronym in brackets"
    DESCRIBED = "described, not named"
    NO_SOURCE = "no source is named"
    SHE = "pronoun: the woman most in view"
    HE = "pronoun: the man most in view"
    BODY = "pronoun: the body that spoke or was named last"
    SEVERAL = "pronoun: those who spoke or were named last"
    SPEAKER = "pronoun: whoever is speaking"
    CLAUSE = "pronoun: the words right before it"
    NOBODY = "pronoun: nobody in the article fits"
    SO_CALLED = "whoever was called so last"
    HOLDER = "whoever holds the office"
    IN_VIEW = "the person most in view"
    MADE = "whoever made the document"
    VEHICLE = "the document or occasion that carries it"
    PRONOUN = "the kind of its pronoun"
    HELD_BACK = "words that keep the name back"
    NUMBER = "a number of people"
    KNOWN_NAME = "a well-known name"
    NOUN = "the noun that says what it is"
    TITLE = "a title or office with the name"
    PROPER = "a name like a person's"
    CAPITALS = "a name in capitals"
    ITS = "the article treats it as a body"
    OFFICE = "an office held for a body"
    OWNER = "the body that it belongs to"
    STATE = "the state in its name"
    KNOWN = "known of the world, not told by the article"
    ITSELF = "nothing gives it another party"
    UNNAMED = "an unnamed source stands for itself"
    WORD = "the reporting word"
    UNKNOWN = "a reporting word that the lexicon does not have"
    NO_WORD = "no reporting word"
    NEGATED = "a negation of the reporting word"
    DOUBT = "a word of doubt with the reporting word"
    TO_DO = "the reporting word, before something to do"
    ASKED = "what is said is a question"
    NO_COMMENT = "what is said is ‘no comment’"
    ORDER = "what is said is an order"
    MODAL = "the verb of what is said"
    QUOTED = "inside a quotation, whose words are not the outlet's"
    BESIDE = "a word beside the reporting word"
    UNTRUE = "what is said is called untrue"
    CLAIM = "a word for a claim"
    UNPROVEN = "the sentence says that evidence is lacking"
    PHRASE = "the article speaks of evidence"
    AMONG = "a document among the sources"
    DATE = "a date with the reporting word"
    SAME = "said on the same occasion"


class Why(NamedTuple):
    """The ground of one decision, and the words of the article that decided it."""

    ground: Ground
    words: Spans

    def of(self, label: Label) -> Reason:
        """The reason of a label."""
        return Reason(label=label, ground=self.ground.value, words=self.words)


def place(text: str, words: str, at: int, room: int) -> Span | None:
    """Where words stand: from ``at`` on, within ``room`` code points, else the last time before, else the first."""
    for start in (_whole(text, words, at, at + room), _last(text, words, at), _whole(text, words, 0, len(text))):
        if start >= 0:
            return start, start + len(words)
    return None


def _whole(text: str, words: str, start: int, end: int) -> int:
    """Where words stand first that are not part of longer ones; -1 where they do not."""
    found = text.find(words, start, end) if words else -1
    while found >= 0 and _cuts(text, found, found + len(words)):
        found = text.find(words, found + 1, end)
    return found


def _last(text: str, words: str, end: int) -> int:
    found = text.rfind(words, 0, end) if words else -1
    while found >= 0 and _cuts(text, found, found + len(words)):
        found = text.rfind(words, 0, found + len(words) - 1)
    return found


def _cuts(text: str, start: int, end: int) -> bool:
    """Whether a stretch begins or ends within a word."""
    return (text[start - 1 : start].isalnum() and text[start].isalnum()) or (
        text[end - 1].isalnum() and text[end : end + 1].isalnum()
    )

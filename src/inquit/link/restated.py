"""Whether a source that an article does not name beside a claim is lost there, or is only read otherwise.

What looks like a loss is mostly one of these: the article tells what the source did, source and deed in its own words;
it has the words of a quotation as they were spoken or written, in a transcript or a post that is shown; or two
statements have a phrase in common and no more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache

from inquit.link.compared import Said
from inquit.link.contents import Content, Mode, text_of
from inquit.link.sources import name_parts
from inquit.link.tokens import tokens
from inquit.link.words import TOKEN, lists, name_form, saying_phrases, stem, uncompared, whole
from inquit.records import Article, Attribution, Standing, Statement
from inquit.text import WORD, extent

_BODIES: frozenset[Standing] = frozenset({"institution", "group", "outlet", "document"})
_SAYS_ENOUGH = 4  # stems, names and numbers from which a content is more than a phrase
_FAR_MORE = 2  # times as many, from which a content says far more than a phrase does
_QUOTED = 5  # words that stand in a quotation as they are, and are then the quotation's
_TEXTS = 512  # in memory at once, whole articles among them
_AHEAD: frozenset[Mode] = frozenset({"coming", "owed"})
_BEFORE = 6  # code points before a content in which a "that" may stand
_FOR_DOING = re.compile(r"\b(?:of|for|with) (\w+ing)\b")  # what one blames, charges or thanks somebody for
_THAT = re.compile(r"\bthat\W*$", re.IGNORECASE)
_MARKS = frozenset('“”"«»„')
_BESIDE = 2  # code points after a content in which a quotation mark may stand
_IN_MARKS = re.compile(r'[“"«„]([^“”"«»„]+)[”"»“]')


def tells_of(said: Said, source: Attribution | None, cue: str) -> bool:
    """Whether an own-voice content still names the source.

    By the whole name of a body ("the ministry charged"); or by anybody's with what the cue says that he did.
    """
    if said.statement.attribution is not None or source is None or not source.entity:
        return False
    words = {w.lower().replace("’", "'") for w in TOKEN.findall(source.entity)} - lists().stop
    if source.standing in _BODIES and words and words <= set(said.content.words):
        return True
    deed = _deed(cue)
    if not deed or 2 * len(deed & said.content.stems) < len(deed):
        return False
    last = name_parts(source.entity)[-1:]
    return bool(last) and last[0] in {name_form(word) for word in said.content.words}


def both_say_it(earlier: Said, later: Said) -> bool:
    """Whether two statements say their contents, or the later one says as a fact what somebody was blamed for."""
    blamed = {stem(found) for found in _FOR_DOING.findall(earlier.text.lower())}
    return says_it(later) and (says_it(earlier) or not blamed.isdisjoint(later.content.stems))


def says_it(said: Said) -> bool:
    """Whether a statement says its content: not what somebody does, is glad of or will speak about.

    A clause is said; of a phrase the cue tells ("claimed credit", not "recognised the border").
    """
    who = said.statement.attribution
    if who is None or not who.cue or said.statement.form == "direct":
        return True
    if "that" in said.content.words[:1] or not tokens().auxiliaries.isdisjoint(said.content.words):
        return True
    text, (begins, _) = said.article.text, extent(said.statement.content)
    if _THAT.search(text[max(0, begins - _BEFORE) : begins]):
        return True
    cue = text_of(text, who.cue).lower()
    known = lists()
    return bool(saying_phrases().search(cue)) or not (known.plain_saying | known.accusing | known.hearsay).isdisjoint(
        cue.split()
    )


def doubts(statement: Statement, article: Article) -> bool:
    """Whether a content holds a doubt of its own: "that it appears to be a trait"."""
    return not lists().doubting.isdisjoint(text_of(article.text, statement.content).lower().split())


def quotes(statement: Statement, article: Article) -> bool:
    """Whether a content is quoted, if in part: who has the source's own words tones nothing down."""
    first, last = extent(statement.content)
    return statement.form == "direct" or not _MARKS.isdisjoint(article.text[max(0, first - 1) : last + _BESIDE])


def accuses(statement: Statement, article: Article) -> bool:
    """Whether the cue is one of accusing."""
    who = statement.attribution
    return who is not None and not lists().accusing.isdisjoint(text_of(article.text, who.cue).lower().split())


def come_about(earlier: Said, later: Said) -> bool:
    """Whether what was planned or asked for is told as what is: outlets saw it happen, on nobody's word.

    Nor is anything lost of what somebody means to do himself: who tells of it names him.
    """
    return earlier.stance == "intends" or (earlier.content.mode in _AHEAD and later.content.mode == "fact")


def of_a_size(one: Content, other: Content) -> bool:
    """Whether neither of two contents is but a phrase of the other: many speak of it who say different things."""
    less, more = sorted(len(each.stems) + len(each.names) + len(each.numbers) for each in (one, other))
    return less >= _SAYS_ENOUGH or more < _FAR_MORE * less


class Quotations:
    """The quotations among a claim's statements."""

    def __init__(self, said: Iterable[Said]) -> None:
        self._said = said

    @cached_property
    def _held(self) -> tuple[tuple[float, str], ...]:
        return tuple((one.time, words_of(part)) for one in self._said for part in _quoted(one))

    def hold(self, said: Said) -> bool:
        """Whether a statement without a source has the very words of one of them, unless that one quotes it.

        Whose they are was not read.
        """
        who = said.statement.attribution
        if who is not None and who.standing != "none":
            return False
        words = words_of(said.text)
        return words.count(" ") > _QUOTED and any(time <= said.time and words in one for time, one in self._held)


def stands_in(part: str, text: str) -> bool:
    """Whether the words of ``part`` stand in a text in a row."""
    words, plain = words_of(part), _plain(text)
    # To part a text into words is dear, and most texts lack one of these.
    return all(word in plain for word in words.split()) and words in _words_of_text(text)


@lru_cache(maxsize=4096)
def words_of(part: str) -> str:
    """Words in a row, one space around each; "U.S." and "US" are one."""
    return _in_a_row(part.lower().replace(".", ""))


@lru_cache(maxsize=_TEXTS)
def _words_of_text(text: str) -> str:
    return _in_a_row(_plain(text))


@lru_cache(maxsize=_TEXTS)
def _plain(text: str) -> str:
    return text.lower().replace(".", "")


def _in_a_row(plain: str) -> str:
    return f" {' '.join(WORD.findall(plain))} "


def _quoted(said: Said) -> Iterator[str]:
    """What a statement with a source has in quotation marks: all of it, or in part."""
    who = said.statement.attribution
    if who is None or who.standing == "none":
        return
    first, last = extent(said.statement.content)
    text = said.article.text
    around = text[max(0, first - 1) : first], text[last : last + _BESIDE]
    if said.statement.form == "direct" or not any(_MARKS.isdisjoint(beside) for beside in around):
        yield said.text
    else:
        yield from _IN_MARKS.findall(said.text)


def _deed(cue: str) -> frozenset[str]:
    """The stems of a cue that says more than that something was said."""
    told = [whole(word) for word in TOKEN.findall(cue)]
    return frozenset(
        stem(word) for word in told if len(word) > 1 and word not in uncompared() and word not in lists().plain_saying
    )

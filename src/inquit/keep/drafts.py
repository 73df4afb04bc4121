"""What somebody wants to rule, seen to: every name, span and value is what it has to be, and is told in one way."""

from __future__ import annotations

import json
import unicodedata
from typing import Any, get_args

import msgspec

from inquit.clock import instant
from inquit.errors import UsageError
from inquit.keep import reading
from inquit.keep.comparing import PAIRS
from inquit.keep.effect import LABELS, OWN_VOICE, ROLES, Anchor, Fastened, folded, missed
from inquit.keep.quoting import Quoted, quoted
from inquit.keep.shown import names
from inquit.keep.store import Store
from inquit.keep.stored import stored
from inquit.records import Article, Claim, Framing, Ruling, Says, Span, Stance, Standing, Statement
from inquit.text import merged, trimmed

_MOST = {"name": 300, "text": 10_000, "spans": 200, "occurrences": 2_000}
_KINDS = {"a": "an article's id", "s": "a statement's id", "c": "a claim's id", "": "a name"}
_SUBJECTS: dict[str, tuple[str, ...]] = {
    "same-entity": ("",),
    "missed": ("a",),
    "wrong-outlet": ("a",),
    "wrong-date": ("a",),
    "reliability": ("",),
    "credibility": ("c", "s"),
    "note": ("a", "s", "c", ""),
}
"""What each is ruled about, by ``kind_of``; the others about a statement."""
_SCALES = {"reliability": "ABCDEF", "credibility": "123456"}
_CHOICES: dict[str, tuple[str, ...]] = {
    "standing": get_args(Standing),
    "stance": get_args(Stance),
    "framing": get_args(Framing),
}


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody wants to rule; docs/rulings.md has what ``about`` and ``value`` may be.

    ``at`` is an ISO 8601 time in UTC, now unless given; the other fields are those of ``Ruling``.
    """

    about: str
    says: Says
    value: str | None = None
    quote: str | None = None
    reason: str | None = None
    who: str
    at: str | None = None


class Place(msgspec.Struct, frozen=True):
    """Where a ruling is to be fastened: a statement, or an article itself."""

    article: str
    statement: str | None
    anchor: Anchor


class Settled(msgspec.Struct, frozen=True):
    """A draft as it is stored: in the one way of telling it, and where it is fastened."""

    about: str
    value: str | None
    places: tuple[Place, ...] = ()


def key(about: str) -> str:
    """What rulings are filed under: an id, or a name in the form in which names are compared."""
    return about if kind_of(about) else folded(about)


def kind_of(about: str) -> str:
    """``a``, ``s`` or ``c`` of an article's, statement's or claim's id; empty for a name."""
    return about[0] if about[:3] in ("a1:", "s1:", "c1:") else ""


def settled(store: Store, draft: Draft) -> Settled:
    """The draft as it is stored. Raises UsageError, naming the repair, where something in it is not what it must be."""
    seen_who(draft.who)
    _long("reason", draft.reason)
    if draft.says in PAIRS:
        return _pair(store, draft)
    kind = kind_of(draft.about)
    wanted = _SUBJECTS.get(draft.says, ("s",))
    if kind not in wanted:
        named = " or ".join(_KINDS[k] for k in wanted)
        raise UsageError(f"{draft.says} is ruled about {named}, not about {draft.about!r}: give that")
    if not kind:
        return _about_name(store, draft)
    if kind == "c":
        return Settled(_claim(store, draft.about).id, _value(draft))
    if kind == "a":
        return _about_article(store, draft)
    return _about_statement(store, draft)


def seen_who(who: str) -> None:
    """Raise UsageError when that is no name of a person."""
    _plain("the name of who rules", who, "name")


def _pair(store: Store, draft: Draft) -> Settled:
    one = _one_of(store, draft.about)
    if draft.value is None or kind_of(draft.value) not in ("s", "c"):
        given = "" if draft.value is None else f", not {draft.value!r}"
        raise UsageError(f"{draft.says} needs the id of the other statement or claim{given}")
    if kind_of(draft.value) == "s":
        others, value = [draft.value], draft.value
    else:
        claim = _claim(store, draft.value)
        value, others = claim.id, [o.statement for o in claim.occurrences][: _MOST["occurrences"]]
        others = others[:1] if draft.says == "same-claim" else others
    others = [other for other in others if other != one]
    if not others:
        raise UsageError(f"{draft.about} and {draft.value} are one and the same: name another one")
    return Settled(one, value, tuple(_place(store, _statement(store, ident)) for ident in (one, *others)))


def _one_of(store: Store, about: str) -> str:
    """The statement that is meant; of a claim its first."""
    if kind_of(about) not in ("s", "c"):
        raise UsageError(f"whether two things are one claim is ruled about a statement or claim, not about {about!r}")
    return about if kind_of(about) == "s" else _claim(store, about).occurrences[0].statement


def _about_name(store: Store, draft: Draft) -> Settled:
    _plain("the name", draft.about, "name")
    value = _value(draft)
    if draft.says == "same-entity" and value is not None:
        _plain("the other name", value, "name")
        known = names(store)
        if draft.about == value or folded(known.get(folded(value), value)) == folded(draft.about) != folded(value):
            raise UsageError(f"{value!r} is called {draft.about!r} already: withdraw that ruling first")
    return Settled(draft.about.strip(), value)


def _about_article(store: Store, draft: Draft) -> Settled:
    article = _article(store, draft.about)
    if draft.says != "missed":
        value = _value(draft)
        if draft.says == "wrong-outlet" and value is not None:
            _plain("the outlet", value, "name")
        if draft.says == "wrong-date" and (value is None or instant(value) is None):
            raise UsageError(f"{value!r} is no date: write it as 2031-04-08 or 2031-04-08T07:10:00+01:00")
        return Settled(article.id, value, (Place(article.id, None, Anchor()),))
    told, roles = _object(draft, article, near=0)
    if "content" not in roles:
        raise UsageError("a statement that was missed needs its content: give its words or spans")
    inside = told.get("inside")
    if inside is not None and _statement(store, inside).article != article.id:
        raise UsageError(f"{inside} stands in another article: a statement can be inside one of its own only")
    place = Place(article.id, None, Anchor(words=roles["content"], roles=roles))
    found = Settled(article.id, _told(told, roles), (place,))
    added = missed(article, Fastened(ruling(draft, found, "", ""), None, place.anchor))
    if store.row("SELECT 1 FROM statement WHERE id = ?", added.id):
        raise UsageError(f"that statement is there already: {added.id}")
    return found


def _about_statement(store: Store, draft: Draft) -> Settled:
    statement = _statement(store, draft.about)
    place = _place(store, statement)
    if draft.says not in ("wrong-span", "wrong-source"):
        return Settled(statement.id, _value(draft), (place,))
    if draft.says == "wrong-source" and (draft.value or "").strip() == OWN_VOICE:
        return Settled(statement.id, OWN_VOICE, (place,))
    article = _article(store, statement.article)
    value, roles = _object(draft, article, near=statement.content[0][0])
    if not value and not roles:
        raise UsageError(f"{draft.says} needs a value: what is right instead")
    anchor = msgspec.structs.replace(place.anchor, roles=roles)
    return Settled(statement.id, _told(value, roles), (Place(article.id, statement.id, anchor),))


# -- what a draft names


def _article(store: Store, ident: str) -> Article:
    found = reading.article(store, ident)
    if found is None:
        raise UsageError(f"there is no article {ident}: `inquit search` finds ids")
    return found


def _statement(store: Store, ident: object) -> Statement:
    found = reading.statement(store, ident) if isinstance(ident, str) else None
    if found is None:
        row = store.row("SELECT 1 FROM read_statement WHERE id = ?", stored(ident) if isinstance(ident, str) else None)
        if row:
            raise UsageError(f"{ident} was ruled no statement: withdraw that ruling first")
        raise UsageError(f"there is no statement {ident}: `inquit search` finds ids")
    return found


def _claim(store: Store, ident: str) -> Claim:
    found = reading.claim(store, ident)
    if found is None:
        raise UsageError(f"there is no claim {ident}: `inquit claims` shows those that there are")
    return found


def _place(store: Store, statement: Statement) -> Place:
    text = _article(store, statement.article).text
    words = tuple(quoted(text, span) for span in statement.content)
    anchor = Anchor(words=words, attributed=statement.attribution is not None)
    return Place(statement.article, statement.id, anchor)


# -- values


def _value(draft: Draft) -> str | None:
    """The value of a ruling that has none, a mark, or words."""
    value = (draft.value or "").strip()
    if draft.says == "not-a-statement":
        if value:
            raise UsageError("not-a-statement has no value: say why in the reason")
        return None
    if scale := _SCALES.get(draft.says):
        if len(value) != 1 or value.upper() not in scale:
            raise UsageError(f"{draft.says} is one of {', '.join(scale)}, not {draft.value!r}")
        return value.upper()
    if not value:
        raise UsageError(f"{draft.says} needs a value: what is right, or what is to be noted")
    _long("value", value)
    return value


def _object(draft: Draft, article: Article, *, near: int) -> tuple[dict[str, Any], dict[str, tuple[Quoted, ...]]]:
    """The labels of a value, and the words of its roles."""
    given = _parsed(draft)
    allowed = {
        *ROLES,
        *(() if draft.says == "wrong-span" else LABELS),
        *(("inside",) if draft.says == "missed" else ()),
    }
    allowed -= {"content"} if draft.says == "wrong-source" else set()
    if odd := sorted(given.keys() - allowed):
        raise UsageError(f"{draft.says} knows no {', '.join(odd)}: it has {', '.join(sorted(allowed))}")
    roles = {role: _spans(article.text, role, given.pop(role), near) for role in ROLES if role in given}
    if "content" in roles and not roles["content"]:
        raise UsageError("a statement has a content: give its words, or rule not-a-statement")
    for name, value in given.items():
        _label(name, value)
    return given, roles


def _parsed(draft: Draft) -> dict[str, Any]:
    text = (draft.value or "").strip()
    _long("value", text)
    if not text.startswith("{"):
        if not text:
            return {}
        return {"entity": text} if draft.says == "wrong-source" else {"content": [text]}
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"the value begins as a JSON object but is none ({error}): mend it") from error
    assert isinstance(found, dict)  # noqa: S101 - it began with a brace
    return found


def _label(name: str, value: object) -> None:
    choices = _CHOICES.get(name)
    if choices is not None:
        if value not in choices:
            raise UsageError(f"{name} is one of {', '.join(choices)}, not {value!r}")
    elif value is not None:
        if not isinstance(value, str):
            raise UsageError(f"{name} has to be words, not {value!r}")
        _plain(name, value, "name")


def _spans(text: str, role: str, given: object, near: int) -> tuple[Quoted, ...]:
    """The spans of a role, in order, those that overlap as one; each given as such, or as words of the article."""
    parts = given if isinstance(given, list) else [given]
    if len(parts) > _MOST["spans"]:
        raise UsageError(f"{role} has more than {_MOST['spans']} parts: give fewer")
    spans = [trimmed(text, *_span(text, role, part, near)) for part in parts]
    if any(start == end for start, end in spans):
        raise UsageError(f"a span of {role} holds nothing but white space: give one with words")
    return tuple(quoted(text, span) for span in merged(spans))


def _span(text: str, role: str, part: object, near: int) -> Span:
    if isinstance(part, str):
        return _found(text, role, part.strip(), near)
    try:
        start, end = msgspec.convert(part, Span)
    except msgspec.ValidationError as error:
        raise UsageError(f"{part!r} is no span of {role}: give [start, end], or words of the article") from error
    if not 0 <= start < end <= len(text):
        raise UsageError(f"[{start}, {end}] of {role} is not within the article, which has {len(text)} characters")
    return start, end


def _found(text: str, role: str, words: str, near: int) -> Span:
    """The words, where they stand nearest."""
    places, at = [], text.find(words) if words else -1
    while at >= 0:
        places.append(at)
        at = text.find(words, at + 1)
    if not places:
        raise UsageError(
            f"{words[:80]!r} of {role} does not stand in the article: give its very words, or [start, end]"
        )
    if not near and len(places) > 1:
        raise UsageError(f"{words[:80]!r} of {role} stands {len(places)} times in the article: give [start, end]")
    start = min(places, key=lambda place: abs(place - near))
    return start, start + len(words)


def _told(value: dict[str, Any], roles: dict[str, tuple[Quoted, ...]]) -> str:
    """A value in the one way of telling it."""
    spans = {role: [[one.start, one.end] for one in words] for role, words in roles.items()}
    return json.dumps(dict(sorted({**spans, **value}.items())), ensure_ascii=False, separators=(",", ":"))


def _plain(what: str, words: str, most: str) -> None:
    """A name is one line that people can read."""
    if not 0 < len(words.strip()) <= _MOST[most] or not words.isprintable():
        raise UsageError(f"{what} has to be 1 to {_MOST[most]} printable characters on one line, not {words[:80]!r}")


def _long(what: str, words: str | None) -> None:
    if words is None:
        return
    if len(words) > _MOST["text"]:
        raise UsageError(f"the {what} is longer than {_MOST['text']:,} characters: shorten it")
    if any(unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t" for c in words):
        raise UsageError(f"the {what} holds control characters: take them out")


def ruling(draft: Draft, found: Settled, ident: str, at: str) -> Ruling:
    """The ruling that a draft becomes."""
    about = found.places[0] if found.places else None
    quote = about.anchor.words if about else ()
    return Ruling(
        id=ident,
        about=found.about,
        says=draft.says,
        value=found.value,
        quote=" … ".join(one.exact for one in quote) or None,
        who=draft.who,
        at=at,
        reason=draft.reason or None,
        article=about.article if about else None,
        prefix=quote[0].prefix if quote else None,
        suffix=quote[-1].suffix if quote else None,
    )

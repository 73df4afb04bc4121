"""What a person asks ``inquit rule`` for, as drafts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import IO, cast

import msgspec

from inquit.errors import UsageError
from inquit.keep import Draft, Ledger
from inquit.keep.comparing import PAIRS
from inquit.records import Says

_IDS = ("a1:", "s1:", "c1:")


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """The arguments and options of one ruling; ``labels`` are those that make up a value."""

    about: str | None
    says: str | None
    value: str | None
    reason: str | None
    who: str
    labels: Mapping[str, object]


def wish(ledger: Ledger, given: Given) -> Draft:
    """The ruling that is asked for. Raises UsageError where something is missing, or given twice."""
    if given.about is None or given.says is None:
        raise UsageError("say what the ruling is about and what you rule: `inquit rule --help` has an example of each")
    labels = {name: list(v) if isinstance(v, tuple) else v for name, v in given.labels.items() if v}
    value = given.value
    if labels and value is not None:
        raise UsageError(f"give {value!r} or the options, not both")
    if labels.pop("own_voice", False):
        if labels:
            raise UsageError("--own-voice says that nobody is made to say it: leave the other options out")
        value = "null"
    elif labels:
        if "inside" in labels:
            labels["inside"] = ident_of(ledger, str(labels["inside"]))
        value = json.dumps(labels)
    elif value is not None and given.says in PAIRS:
        value = ident_of(ledger, value)
    about = ident_of(ledger, given.about)
    return Draft(about=about, says=cast("Says", given.says), value=value, reason=given.reason, who=given.who)


def unheard(ledger: Ledger, draft: Draft) -> bool:
    """Whether a ruling is about a name that nothing in the ledger has, or had before a ruling."""
    about = draft.about.strip()
    return not (about.startswith(_IDS) or ledger.browsing().knows(about) or ledger.rulings(about=about))


def ident_of(ledger: Ledger, given: str) -> str:
    """The id that begins so; a name, and the id of a statement that is not shown, as it is given."""
    if not given.startswith(_IDS) or ledger.unruled(given) is not None:
        return given
    return ledger.resolve(given)


def ruling_of(ledger: Ledger, given: str) -> str:
    """The id of the ruling that begins so. Raises UsageError when there is none, or several."""
    found = [one.id for one in ledger.rulings() if one.id.startswith(given)]
    if given in found or len(found) == 1:
        return given if given in found else found[0]
    what = "several rulings begin" if found else "no ruling begins"
    raise UsageError(f"{what} with {given!r}: `inquit rule LEDGER --history` shows their ids")


def drafts_of(lines: IO[bytes], who: str) -> Iterator[Draft]:
    """Rulings out of JSON lines; those withdrawn, and lines of other types, are left out. Signed ``who`` unless told.

    Raises UsageError, with the line's number, for one that is no ruling.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            found = msgspec.json.decode(line, type=dict[str, object])
            if found.get("type", "ruling") != "ruling" or found.get("withdrawn") is not None:
                continue
            yield msgspec.convert({"who": who, **found}, Draft)
        except msgspec.MsgspecError as error:
            raise UsageError(f"line {number} is no ruling ({error}): mend it, or take it out") from error

"""Whether a statement inside another is somebody's word that is handed on, or what the one who speaks makes of him."""

from __future__ import annotations

from inquit.link.contents import text_of
from inquit.link.words import TOKEN, lists, whole
from inquit.records import Attribution

_ALL = frozenset({"all", "both"})


def uttered(text: str, who: Attribution) -> bool:
    """Whether a source inside another's words has said a thing, in the article of that text.

    Not what he will, should or is asked to say; nor what the speaker says of himself and others ("we know").
    """
    cue = [whole(word) for word in TOKEN.findall(text_of(text, who.cue))]
    known = lists()
    if cue and (cue[0] == "to" or cue[0] in known.coming | known.owed | known.possible):
        return False
    source = {whole(word) for word in TOKEN.findall(text_of(text, who.source))} - _ALL
    return not source or not source <= known.first_person

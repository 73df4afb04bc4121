"""The Worldwide Newswire's names (Shan et al. 2023): people, bodies and places outside the United States."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from train.who.texts import Mention, Text, held_out, kind

_KINDS = {"Person": "person", "Organization": "body", "Location": "place", "Facility": "place"}
_NO_SPACE_BEFORE = frozenset([".", ",", "'s", ")", "?", "!", ";", ":", "’s", "n't", "%", "”", "’"])


def texts(folder: Path) -> Iterator[Text]:
    """Articles; ``folder`` holds ``processed_annotated``. One in ten is held out."""
    for path in sorted((folder / "processed_annotated").glob("*.tsv")):
        text, mentions = article(path.read_text("utf-8"))
        yield Text(path.stem, "newswire", text, mentions, "names", [], held_out(path.stem, 10))


def article(table: str) -> tuple[str, list[Mention]]:
    """A word and its tags a line; of several annotators' tags the first is taken."""
    text, after, doubles = "", "", 0
    mentions: list[Mention] = []
    for line in table.split("\n"):
        word, *tags = line.rstrip().split("\t")
        if not word or not tags:
            after = "\n" if text else ""
            continue
        if word == '"':
            doubles += 1
            word = "“" if doubles % 2 else "”"
        text += "" if word in _NO_SPACE_BEFORE and after == " " else after
        start, end = len(text), len(text) + len(word)
        text += word
        after = "" if word in ("(", "$", "“") else " "
        part, _, name = tags[0].partition("-")
        if name in _KINDS and part == "B":
            mentions.append(Mention((start, end), kind(_KINDS[name]), "name"))
        elif name in _KINDS and mentions and mentions[-1].span[1] >= start - 1:
            mentions[-1] = Mention((mentions[-1].span[0], end), mentions[-1].kind, "name")
    return text, mentions

"""One source on a terminal: how each outlet frames what it is made to say, and its statements in order of time.

Every word of an article goes through the pen. Nothing is told by colour alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from rich.console import Console, Group
from rich.padding import Padding
from rich.text import Text

from inquit.records import Article, Source, Statement
from inquit.show.account import counted, short_id, words
from inquit.show.chain import outlet_of
from inquit.show.pen import Pen
from inquit.show.stamp import full

_NAME = 100
_LONG = 240


def source_report(
    sources: Iterable[Source],
    statements: Mapping[str, Statement],
    articles: Mapping[str, Article],
    console: Console,
) -> int:
    """Print each source with its statements; returns how many sources there were."""
    pen, number = Pen(console), 0
    for source in sources:
        _source(source, [statements[one] for one in source.statements if one in statements], articles, pen, console)
        number += 1
    if not number:
        console.print("No source was found.")
    return number


def _source(
    source: Source, said: Sequence[Statement], articles: Mapping[str, Article], pen: Pen, console: Console
) -> None:
    other = source.party and source.party.casefold() != source.entity.casefold()
    console.print(pen.short(source.entity, _NAME, "bold"))
    about = pen.dot(
        pen.short(f"for {source.party}", _NAME) if other else None,
        source.standing,
        counted(len(source.statements), "statement"),
        counted(len(source.outlets), "outlet"),
    )
    console.print(Padding(Group(about, *_framings(said, articles, pen)), (0, 0, 1, 2)))
    for statement in said:
        console.print(Padding(Group(*_said(statement, articles.get(statement.article), pen)), (0, 0, 0, 2)))
    console.print()


def _framings(said: Sequence[Statement], articles: Mapping[str, Article], pen: Pen) -> list[Text]:
    """A line for each outlet, those that frame most of what they carry first."""
    framings: dict[str, Counter[str]] = defaultdict(Counter)
    for statement in said:
        if statement.attribution is not None:
            framings[outlet_of(articles.get(statement.article))][statement.attribution.framing] += 1

    def framed(outlet: str) -> tuple[float, int, str]:
        count = framings[outlet]
        return count["neutral"] / count.total(), -count.total(), outlet

    return [
        pen.short(f"{outlet}: {', '.join(f'{n:,} {kind}' for kind, n in framings[outlet].most_common())}", _LONG)
        for outlet in sorted(framings, key=framed)
    ]


def _said(statement: Statement, article: Article | None, pen: Pen) -> tuple[Text, Text]:
    attribution = statement.attribution
    text = article.text if article else ""
    framing = attribution.framing if attribution and attribution.framing != "neutral" else None
    head = pen.dot(
        pen.short(full(article.published if article else None), _NAME),
        pen.short(outlet_of(article), _NAME, "bold"),
        attribution.stance if attribution else None,
        framing,
        pen.line(short_id(statement.id), "dim"),
    )
    cue = words(text, attribution.cue) if attribution else ""
    told = pen.short(f"  {cue + ': ' if cue else ''}“{words(text, statement.content)}”", _LONG)
    return head, told

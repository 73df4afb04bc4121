"""German for inquit: who says what in German news. ``extract`` is its entry point ``de`` in ``inquit.extractors``.

The model is trained on a corpus under CC BY-NC-SA 4.0 and ships under that licence, apart from inquit itself.
"""

from __future__ import annotations

import msgspec

from inquit.extract.decode import Draft
from inquit.extract.force import Force
from inquit.extract.quotes import states
from inquit.extract.reader import Reader
from inquit.extract.resolved import Resolved
from inquit.extract.statements import in_quotation, stated, unclosed
from inquit.records import Article, Problem, Statement
from inquit_de.bare import completed
from inquit_de.force import force
from inquit_de.reading import NAME, drafts, plain_marks, reader
from inquit_de.who import Resolver

__all__ = ["NAME", "extract"]


def extract(article: Article, model: Reader | None = None) -> tuple[list[Statement], list[Problem]]:
    """Statements of a German article, outer before inner, in order of their first word; and what is odd about it.

    ``model`` is the reader that ships unless another is given. Raises WorkError when the reader cannot be loaded.
    """
    text = plain_marks(article.text)
    plain = msgspec.structs.replace(article, text=text)
    found = completed(text, drafts(text, (model or reader()).read(text)))
    resolver = Resolver(text)
    made: dict[int, tuple[Statement, Resolved]] = {}
    for i in sorted(range(len(found)), key=lambda i: (_depth(found, i), i)):
        draft = found[i]
        outer = made[draft.outer] if draft.outer is not None else None
        who = resolver.resolve(draft.source, outer[1] if outer else None, draft.cue)
        power = _force(text, draft, inside=outer is not None)
        inside = outer[0].id if outer else None
        made[i] = stated(plain, draft, who=who, power=power, inside=inside, by=NAME), who
    by_id = {statement.id: statement for statement, _ in made.values()}
    return list(by_id.values()), [*unclosed(plain), _unlinked(article)]


def _depth(found: list[Draft], i: int) -> int:
    outer = found[i].outer
    return 0 if outer is None else 1 + _depth(found, outer)


def _force(text: str, draft: Draft, *, inside: bool) -> Force:
    quoted = in_quotation(draft, states(text), inside=inside)
    return force(text, source=draft.source, cue=draft.cue, content=draft.content, quoted=quoted)


def _unlinked(article: Article) -> Problem:
    return Problem(
        code="language",
        message="the article is in German: its statements are kept, but not compared with those of other articles, and "
        "the outlet's own voice, evidence and times of speaking are not read",
        input=article.external_id,
        article=article.id,
    )

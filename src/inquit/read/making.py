"""From the fields of an input to an Article, and the Problems that go with it."""

from __future__ import annotations

from inquit.ids import article_id
from inquit.read.options import Options
from inquit.records import Article, Hyperlink, Problem


def made(
    text: str,
    options: Options,
    *,
    external_id: str | None,
    title: str | None = None,
    outlet: str | None = None,
    published: str | None = None,
    url: str | None = None,
    authors: tuple[str, ...] = (),
    links: tuple[Hyperlink, ...] = (),
) -> Article:
    """The Article with its id; what ``options`` state overrides what the input says of itself."""
    title, outlet = options.title or title, options.outlet or outlet
    published, url = options.published or published, options.url or url
    return Article(
        id=article_id(external_id=external_id, outlet=outlet, published=published, title=title, text=text),
        external_id=external_id,
        url=url,
        outlet=outlet,
        title=title,
        published=published,
        authors=authors,
        text=text,
        links=links,
    )


def about(article: Article, code: str, message: str, shown: str) -> Problem:
    """A Problem of an article that was read all the same."""
    return Problem(code=code, message=message, input=shown, article=article.id)


def sound(words: str) -> str:
    """The words without lone surrogates, which no encoding can write."""
    if words.isascii():
        return words
    return words.encode("utf-16", "surrogatepass").decode("utf-16", "replace")

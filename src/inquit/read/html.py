"""Web pages: the main text as trafilatura finds it, with the attribution that it would lose."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator

import ftfy
from lxml.html import HtmlElement, HTMLParser, document_fromstring
from trafilatura import bare_extraction
from trafilatura.settings import Extractor

from inquit.read.address import site
from inquit.read.furniture import without_furniture
from inquit.read.html_aside import closing_lines, standfirst
from inquit.read.html_encoding import page_decoded
from inquit.read.html_floods import without_floods
from inquit.read.html_links import Anchored, anchored, hyperlinks
from inquit.read.html_metadata import Metadata, metadata
from inquit.read.html_text import blocks, letters
from inquit.read.html_tree import is_huge, paragraphs_of, prepared
from inquit.read.making import about, made, sound
from inquit.read.opening import Opened, Source, whole
from inquit.read.options import Options
from inquit.read.trouble import Trouble
from inquit.records import Article, Problem

# Without a handler its messages would reach stderr; a page's trouble is a Problem here.
for _name in ("trafilatura", "htmldate", "courlan", "charset_normalizer"):
    logging.getLogger(_name).addHandler(logging.NullHandler())

_WRAPPERS = re.compile(
    r"</?(?:div|span|font|section|center|b|i|u|em|strong|small|big|table|tbody|tr|td|ul|ol|li)\b[^<>]*>", re.IGNORECASE
)
# A line above the headline, such as the section's name.
_KICKER_MOST = 60
# Fewer are the name of a link, not an article.
_WORDS_LEAST = 3
# What trafilatura, too, takes for a failed extraction.
_SHORT = 250
_REPAIRS = ftfy.TextFixerConfig(
    uncurl_quotes=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    fix_line_breaks=False,
    normalization=None,
)


def page(opening: Opened, source: Source, options: Options) -> Iterator[Article | Problem]:
    """The page as one Article; raises Trouble of code too-large, binary, empty or no-main-text."""
    markup, trouble = page_decoded(whole(opening.stream, options.max_bytes), opening.charset)
    if not markup.strip():
        raise Trouble("empty", "there is nothing in it")
    about_page, paragraphs, linked = _extracted(markup, options)
    text = "\n\n".join(paragraphs)
    article = made(
        text,
        options,
        external_id=source.name,
        title=about_page.title,
        outlet=about_page.outlet or (site(source.address) if source.address else None),
        published=about_page.published,
        url=about_page.url or source.address,
        authors=about_page.authors,
        links=hyperlinks(text, linked, options.url or source.address or about_page.url, repaired),
    )
    yield article
    if trouble:
        yield about(article, "decoding", trouble, source.shown)
    if article.published is None:
        yield about(article, "no-date", "the page states no date of publication; say it with --published", source.shown)


def _extracted(markup: str, options: Options) -> tuple[Metadata, list[str], list[Anchored]]:
    """What the page says of itself, its title and paragraphs, and where it has links; raises Trouble: no-main-text."""
    try:
        tree = _parsed(markup)
        about_page = metadata(tree, options, repaired)
        before, after = standfirst(tree, about_page.descriptions), closing_lines(tree)
        huge = is_huge(tree)
        tree = tree if huge else prepared(tree)
        linked = anchored(tree)
        found = paragraphs_of(tree) if huge else _main_part(tree)
    except MemoryError:
        raise
    except Exception as error:
        raise Trouble("no-main-text", f"the page could not be read ({type(error).__name__}: {error})") from error
    paragraphs = without_furniture([repaired(block) for block in found]) or about_page.body
    title = options.title or about_page.title
    paragraphs = _completed(_without_title(paragraphs, title or ""), before, after)
    if sum(len(paragraph.split()) for paragraph in paragraphs) < _WORDS_LEAST:
        raise Trouble("no-main-text", "no article was found in the page")
    return about_page, [title, *paragraphs] if title else paragraphs, linked


def _completed(paragraphs: list[str], before: str | None, after: list[str]) -> list[str]:
    """The paragraphs with the standfirst before and the closing lines after them, unless they are among them."""
    if not paragraphs:
        return []
    known = letters(" ".join(paragraphs))
    opening = [repaired(before)] if before and letters(before) not in known else []
    return opening + paragraphs + [line for line in map(repaired, after) if letters(line) not in known]


def repaired(words: str) -> str:
    """A page's words with mojibake undone (ftfy) and without what no encoding can write."""
    if words.isascii():
        return ftfy.fix_text(words, _REPAIRS) if "\x1b" in words else words
    return sound(ftfy.fix_text(words, _REPAIRS))


def _parsed(markup: str) -> HtmlElement:
    """The page's tree. Nesting beyond what the parser bears is taken away: the wrappers go, the paragraphs stay."""
    markup = without_floods(markup)
    parser = _parser()
    tree = document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        return document_fromstring(_WRAPPERS.sub(" ", markup).encode("utf-8", "replace"), parser=_parser())
    return tree


def _parser() -> HTMLParser:
    return HTMLParser(encoding="utf-8", collect_ids=False, huge_tree=True, remove_comments=True, remove_pis=True)


def _main_part(tree: HtmlElement) -> list[str]:
    """The paragraphs of the article, as trafilatura finds it; none where it finds none."""
    document = bare_extraction(tree, options=Extractor(output_format="txt", comments=False))
    found = [] if document is None else blocks(document.body)
    size = sum(map(len, found))
    if size >= _SHORT:
        return found
    # From so little trafilatura makes one paragraph; a page that holds hardly more is taken as it is.
    own = paragraphs_of(tree)
    return own if size / 2 < sum(map(len, own)) <= max(_SHORT * 2, size) else found


def _without_title(paragraphs: list[str], title: str) -> list[str]:
    """The paragraphs without the title and the few words above it, for it has a line of its own."""
    key = letters(title)
    for index, paragraph in enumerate(paragraphs[:4]):
        if letters(paragraph) == key:
            return paragraphs[index + 1 :]
        if len(paragraph) > _KICKER_MOST:
            break
    return paragraphs

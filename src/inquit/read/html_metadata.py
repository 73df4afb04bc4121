"""What a page says of itself: title, outlet, authors, address and date, from JSON-LD, meta tags and the page."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from inquit.read.dates import iso, leading_day
from inquit.read.json_ld import article_nodes, first_words, names
from inquit.read.options import Options

_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_SEPARATED = re.compile(r"\s+[-–—|·•»«:/]+\s+|\s*\|\s*|\s+::\s+")
_BY = re.compile(
    r"^(?:(?:(?:written|reported|story|text|words|posted)\s+)?by:?|(?:ein\s+\w+\s+|text:?\s+)?von:?|par|por)\s+",
    re.IGNORECASE,
)
_WRITTEN = re.compile(
    r"\s*(?:written by|verfasst von|geschrieben von|écrit par|escrito por|author|autor)\b", re.IGNORECASE
)
# What the author signs with, behind the name: "Ana Duarte (dua)".
_SIGNATURE = re.compile(r"\s*\(([^\W\d_]{2,4})\.?\)$")
_NO_NAME = re.compile(
    r"https?:|www\.|@|\d{3}|\w\.(?:com?|org|net|[a-z]{2})$|^(?:admin|editor|staff|unknown|none|null|guest|author)s?$",
    re.IGNORECASE,
)
_SLUG = re.compile(r"[a-z]+(?:-[a-z]+)+")
_PARTED = re.compile(r"\s*(?:;|,|\||\band\b|\bund\b|\bet\b|&|•|\n)\s*")
_DATE_META = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "article.published",
    "publish-date",
    "publish_date",
    "pubdate",
    "date_published",
    "dc.date.issued",
    "dc.date",
    "dcterms.date",
    "dcterms.created",
    "date",
)
_AUTHOR_META = (
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "byl",
    "dc.creator",
    "cxenseparse:author",
)
_BYLINES = (
    './/*[@itemprop="author"]//*[@itemprop="name"]',
    './/*[@rel="author"]',
    './/*[@itemprop="author"]',
    './/*[contains(concat(" ", normalize-space(@class), " "), " byline ")]//a',
    './/*[contains(concat(" ", normalize-space(@class), " "), " byline ")]',
    './/*[contains(@class, "author-name") or contains(@class, "author__name") or contains(@class, "byline__name")]',
)


_AUTHOR_CLASS = './/*[contains(concat(" ", normalize-space(@class), " "), " author ")]'


class Metadata(NamedTuple):
    """What a page says of itself; None or empty where it does not."""

    title: str | None
    outlet: str | None
    authors: tuple[str, ...]
    url: str | None
    published: str | None
    descriptions: list[str]
    body: list[str]


def metadata(tree: HtmlElement, options: Options, repaired: Callable[[str], str]) -> Metadata:
    """Title, outlet, authors, address and date of a page; ``repaired`` mends the encoding of words."""
    meta = _meta(tree)
    nodes = article_nodes(tree)
    url = _url(tree, meta, nodes)
    host = (urlsplit(url).hostname or "").removeprefix("www.") if url else ""
    site = _site(meta, nodes)
    if site and re.match(r"https?://|www\.", site):
        site = (urlsplit(site).hostname or site).removeprefix("www.")
    outlet = site or host or None
    title = _title(tree, meta, nodes, [n for n in (site, host, options.outlet, host.split(".")[0]) if n])
    return Metadata(
        title=repaired(title) if title else None,
        outlet=repaired(outlet) if outlet else None,
        authors=tuple(repaired(a) for a in _authors(tree, meta, nodes, outlet)),
        url=url,
        published=_published(tree, meta, nodes, url) if options.published is None else None,
        descriptions=[w for w in map(_words, _descriptions(meta, nodes)) if w],
        body=[repaired(w) for w in map(_words, (first_words(nodes, "articleBody") or "").splitlines()) if w],
    )


def _site(meta: dict[str, str], nodes: list[dict[str, Any]]) -> str | None:
    """The name of the outlet; of two spellings of one name that with capitals."""
    named, publisher = _words(meta.get("og:site_name")), first_words(nodes, "publisher")
    if named and publisher and named.islower() and _key(named) == _key(publisher):
        return publisher
    # The publisher of a journal is a house; its own name is in PRISM's tag.
    journal = _words(meta.get("prism.publicationname"))
    return named or journal or publisher or _words(meta.get("application-name"))


def _descriptions(meta: dict[str, str], nodes: list[dict[str, Any]]) -> tuple[str | None, ...]:
    return meta.get("og:description"), meta.get("description"), first_words(nodes, "description")


def _meta(tree: HtmlElement) -> dict[str, str]:
    """Contents of meta tags by lower-case name; of several alike the first."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        content = element.get("content")
        for attribute in ("property", "name", "itemprop"):
            name = element.get(attribute)
            if name and content and content.strip():
                found.setdefault(name.strip().lower(), content)
    return found


def _words(value: str | None) -> str | None:
    """Words without markup, entities and runs of white space; None where nothing is left."""
    if not value:
        return None
    plain = _TAG.sub("", html.unescape(value)) if "<" in value or "&" in value else value
    return " ".join(plain.replace("\u00ad", "").replace("\u200b", "").split()) or None


def _url(tree: HtmlElement, meta: dict[str, str], nodes: list[dict[str, Any]]) -> str | None:
    canonical = [e.get("href") for e in tree.iter("link") if (e.get("rel") or "").lower() == "canonical"]
    for address in (*canonical, meta.get("og:url"), meta.get("twitter:url"), *(n.get("url") for n in nodes)):
        if isinstance(address, str) and re.match(r"https?://[^\s/]+\S*$", address.strip(), re.IGNORECASE):
            return address.strip()
    return None


def _title(tree: HtmlElement, meta: dict[str, str], nodes: list[dict[str, Any]], sites: list[str]) -> str | None:
    """The headline that most places of the page agree on; where they differ the visible one."""
    found = [*_headings(tree), first_words(nodes, "headline"), meta.get("og:title"), meta.get("twitter:title")]
    stripped = [_without_site(words, sites) for words in map(_words, found) if words]
    candidates = [words for words in stripped if words and _key(words) not in map(_key, sites)]
    if not candidates:
        # The title of the window is the last resort, for it is cut and decorated for other readers.
        title = next((_words(e.text_content()) for e in tree.iter("title")), None)
        return _without_site(title, sites) if title else None
    votes = Counter(map(_key, candidates))
    return max(candidates, key=lambda words: votes[_key(words)])


def _headings(tree: HtmlElement) -> list[str]:
    """The headline as it stands on the page: the one h1, or the first that is marked as the headline."""
    headings = [h for h in tree.iter("h1") if (h.text_content() or "").strip()]
    marked = [h for h in headings if "headline" in (h.get("itemprop") or "").lower()]
    inside = [h for h in headings if any(a.tag in {"article", "main"} for a in h.iterancestors())]
    chosen = (marked or inside or headings)[:1]
    return [h.text_content() for h in chosen]


def _without_site(words: str, sites: Iterable[str]) -> str | None:
    """The title without the site's name behind or before it."""
    keys = {_key(site) for site in sites}
    while parts := list(_SEPARATED.finditer(words)):
        if _key(words[parts[-1].end() :]) in keys:
            words = words[: parts[-1].start()]
        elif _key(words[: parts[0].start()]) in keys:
            words = words[parts[0].end() :]
        else:
            break
    return words.strip() or None


def _key(words: str) -> str:
    return "".join(re.findall(r"\w", words.casefold())).removeprefix("the")


def _authors(
    tree: HtmlElement, meta: dict[str, str], nodes: list[dict[str, Any]], outlet: str | None
) -> tuple[str, ...]:
    """The names of the authors: as JSON-LD has them, else meta tags, else the byline."""
    stated = names(nodes, "author") or names(nodes, "creator")
    places: list[Callable[[], list[str]]] = [
        lambda: stated,
        lambda: [meta.get(name, "") for name in _AUTHOR_META],
        lambda: _labelled(meta),
        lambda: _bylines(tree),
    ]
    house = _key(outlet or "")
    for place in places:
        # Behind the outlet's own name and a comma stands where it has its seat.
        stated = [words for words in place() if not house or _key(words.partition(",")[0]) != house]
        found = {_key(name): name for words in stated for name in _person_names(words)}
        found.pop(house, None)
        if found:
            return tuple(found.values())
    return ()


def _labelled(meta: dict[str, str]) -> list[str]:
    """The author as the cards for messengers show it: a label and what belongs to it."""
    return [meta.get(f"twitter:data{n}", "") for n in (1, 2) if _WRITTEN.match(meta.get(f"twitter:label{n}", ""))]


def _bylines(tree: HtmlElement) -> list[str]:
    for path in _BYLINES:
        found = [e.text_content() for e in tree.xpath(path)]
        if found := [words for words in found if words.strip() and len(words) < 120]:
            return found[:5]
    # So plain a class may be that of a reader's comment; only a byline says "by".
    found = [e.text_content().strip() for e in tree.xpath(_AUTHOR_CLASS)]
    return [words for words in found if _BY.match(words) and len(words) < 120][:1]


def _person_names(words: str) -> list[str]:
    """The names in a byline; a name that is written like the end of an address gets its capitals back."""
    parts = (_BY.sub("", part).strip(" ,.–—-") for part in _PARTED.split(_BY.sub("", _words(words) or "")))
    kept = [_unsigned(part) for part in parts if 2 < len(part) < 60 and not _NO_NAME.search(part)]
    return [part.replace("-", " ").title() if _SLUG.fullmatch(part) else part for part in kept]


def _unsigned(name: str) -> str:
    """The name without the letters of it that its bearer signs with; an agency's in brackets stay."""
    found = _SIGNATURE.search(name)
    if found is None or not found[1].islower():
        return name
    rest = iter(name[: found.start()].casefold())
    return name[: found.start()] if all(letter in rest for letter in found[1]) else name


def _published(tree: HtmlElement, meta: dict[str, str], nodes: list[dict[str, Any]], url: str | None) -> str | None:
    """Date of publication with its zone as the page states it; the last resort is what htmldate finds."""
    stated = [node.get("datePublished") for node in nodes] + [meta.get(name) for name in _DATE_META]
    stated += [e.get("datetime") or e.get("content") for e in tree.xpath('.//*[@itemprop="datePublished"]')]
    stated += [e.get("datetime") for e in _times(tree)]
    for value in stated:
        if isinstance(value, str) and (found := iso(value.strip()) or leading_day(value)):
            return found
    from trafilatura.metadata import find_date  # noqa: PLC0415 - the few pages that get here pay for it

    found = find_date(tree, original_date=True, extensive_search=False, url=url)
    return str(found) if found else None


def _times(tree: HtmlElement) -> list[Any]:
    """The times in the article's head; of a page without one those anywhere."""
    times = [e for e in tree.iter("time") if e.get("datetime")]
    marked = [e for e in times if e.get("pubdate") is not None or "publish" in (e.get("class") or "").lower()]
    inside = [e for e in times if any(a.tag in {"article", "main", "header"} for a in e.iterancestors())]
    return marked or inside or times

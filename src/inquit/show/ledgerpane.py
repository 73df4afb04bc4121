"""The ledger of one article, its sources and its problems, as HTML."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from inquit.errors import PROBLEMS
from inquit.records import Article, Attribution, Evidence, Problem, Reading, Statement
from inquit.show.account import Entry, SourceLine, source_words, sources, who, words
from inquit.show.markup import Markup, element, joined
from inquit.show.voices import PartyLine, parties, percent
from inquit.show.why import Step, Told, steps, told

_DEEPEST = 3
_MOST_CUES = 6
_WORDS_OF_PROBLEM = 80


class Ways(NamedTuple):
    """Where a reader can go on from here, in a page that has others beside it.

    ``name`` gives a name of a kind (entity, party, outlet) as it is to be shown, ``more`` what ends an entry.
    """

    name: Callable[[str, str], str]
    more: Callable[[Entry], Markup | None]


NOWHERE = Ways(name=lambda _, name: name, more=lambda _: None)
"""A page by itself."""


def ledger_pane(reading: Reading, entries: Sequence[Entry], key: str, ways: Ways = NOWHERE) -> Markup:
    """Who, how and what of every statement, in order; those inside another are indented under it."""
    if not entries:
        return element("p", "No statement was found in this text.", class_="nothing")
    numbers = {entry.index: entry.number for entry in entries}
    items = [_entry(reading.article, entry, key, numbers, ways) for entry in entries]
    return element("ol", *items, class_="entries", role="list")


def _entry(article: Article, entry: Entry, key: str, numbers: dict[int, str], ways: Ways) -> Markup:
    statement, attribution = entry.statement, entry.statement.attribution
    back = element(
        "a",
        entry.number,
        class_="num own" if attribution is None else "num",
        href=f"#{key}-t{entry.index}",
        aria_label=f"Statement {entry.number}: show it in the text",
    )
    what = element("p", words(article.text, statement.content), class_="what", dir="auto")
    head = _own_head(article) if attribution is None else _who(article, attribution, ways)
    inside = None if entry.parent is None else f"inside {numbers[entry.parent]}"
    return element(
        "li",
        back,
        element(
            "div",
            head,
            _how(article, statement),
            what,
            _facts(article, statement, inside),
            _why(article, statement),
            ways.more(entry),
            class_="body",
        ),
        element("span", element("span", "score ", class_="label"), f"{statement.score:.2f}", class_="score"),
        id=f"{key}-s{entry.index}",
        class_=f"entry depth{min(entry.depth, _DEEPEST)}" + (" own" if attribution is None else ""),
        data_s=entry.index,
        data_voice="own" if attribution is None else "attributed",
        data_source=None if attribution is None else who(article.text, attribution).casefold(),
        data_party=attribution.party.casefold() if attribution is not None and attribution.party else None,
        data_framing=None if attribution is None else attribution.framing,
    )


def _own_head(article: Article) -> Markup:
    outlet = element("span", article.outlet, class_="party", dir="auto") if article.outlet else None
    return element("p", element("b", "Own voice", class_="name"), outlet, class_="who")


def _who(article: Article, attribution: Attribution, ways: Ways) -> Markup:
    name = who(article.text, attribution)
    party = attribution.party if attribution.party and attribution.party.casefold() != name.casefold() else None
    return element(
        "p",
        element("b", ways.name("entity", name), class_="name", dir="auto"),
        _said("for ", ways.name("party", party) if party else None, "party"),
        None if attribution.standing == "none" else element("span", attribution.standing, class_="standing"),
        _said("in the words ", _quoted(source_words(article.text, attribution)), "aside"),
        _said("through ", attribution.through, "aside"),
        class_="who",
    )


def _said(label: str, value: str | None, name: str) -> Markup | None:
    return element("span", label, element("bdi", value), class_=name) if value else None


def _quoted(text: str | None) -> str | None:
    return f"“{text}”" if text else None


def _how(article: Article, statement: Statement) -> Markup | None:
    attribution = statement.attribution
    if attribution is None:
        return None
    cue = words(article.text, attribution.cue)
    framing = attribution.framing
    return element(
        "p",
        element("i", cue, class_="cue", dir="auto") if cue else element("span", "no cue", class_="nocue"),
        element("span", attribution.stance, class_=f"chip {attribution.stance}"),
        None if framing == "neutral" else element("span", framing, class_=f"chip {framing}"),
        element("span", statement.form, class_="chip form") if statement.form else None,
        class_="how",
    )


def _facts(article: Article, statement: Statement, inside: str | None) -> Markup | None:
    facts = (
        element("span", inside) if inside else None,
        element("span", "when ", element("bdi", statement.when)) if statement.when else None,
        _evidence(article, statement.evidence) if statement.evidence else None,
    )
    return element("p", *facts, class_="facts") if any(facts) else None


def _evidence(article: Article, evidence: Evidence) -> Markup:
    ground = element("bdi", _quoted(words(article.text, (evidence.span,))))
    return element("span", element("b", f"evidence {evidence.kind}"), " ", ground, class_=f"ground {evidence.kind}")


def _why(article: Article, statement: Statement) -> Markup | None:
    """The reasons of the labels, and the way from the source to its party, behind a word that opens them."""
    said, reasons = statement.attribution, told(article, statement)
    if said is None or not reasons:
        return None
    chain = steps(article, said)
    way = element("ol", *(_step(step) for step in chain), class_="chain", role="list") if len(chain) > 1 else None
    return element(
        "details",
        element("summary", "Why"),
        element("dl", *(_reason(one) for one in reasons), class_="reasons"),
        way and element("div", element("p", "From source to party", class_="label"), way),
        class_="why",
    )


def _reason(one: Told) -> Markup:
    words = element("q", element("bdi", one.words)) if one.words else None
    return element("div", element("dt", one.label), element("dd", one.ground, " ", words))


def _step(step: Step) -> Markup:
    shows = element("q", element("bdi", step.words)) if step.words else element("span", "known of the world")
    return element(
        "li", element("span", step.kind, class_="label"), " ", element("b", element("bdi", step.name)), " ", shows
    )


def parties_table(reading: Reading, ways: Ways = NOWHERE) -> Markup | None:
    """Every party that others speak for, with those who do; None when each speaks for itself."""
    lines = [line for line in parties(reading) if line.sources != (line.party,)]
    if not lines:
        return None
    heads = [element("th", name, scope="col") for name in ("Party", "Speaks through", "Statements", "Words")]
    body = element("tbody", *(_party_row(line, ways) for line in lines))
    return element("table", element("thead", element("tr", *heads)), body, class_="parties")


def _party_row(line: PartyLine, ways: Ways) -> Markup:
    return element(
        "tr",
        element("th", element("bdi", ways.name("party", line.party)), scope="row"),
        element("td", element("bdi", ", ".join(line.sources)), data_label="Speaks through"),
        element("td", str(line.statements), class_="number", data_label="Statements"),
        element("td", percent(line.share), class_="number", data_label="Words"),
    )


def sources_table(reading: Reading, ways: Ways = NOWHERE) -> Markup | None:
    """Every source with party, standing, number of statements and cues; None when there is none."""
    lines = sources(reading)
    if not lines:
        return None
    heads = [element("th", name, scope="col") for name in ("Source", "Party", "Standing", "Statements", "Cues")]
    body = element("tbody", *(_source_row(line, ways) for line in lines))
    return element("table", element("thead", element("tr", *heads)), body, class_="sources")


def _source_row(line: SourceLine, ways: Ways) -> Markup:
    more = len(line.cues) - _MOST_CUES
    cues = ", ".join(line.cues[:_MOST_CUES]) + (f" and {more} more" if more > 0 else "")
    return element(
        "tr",
        element("th", element("bdi", ways.name("entity", line.entity)), scope="row"),
        element("td", element("bdi", ways.name("party", line.party) if line.party else "–"), data_label="Party"),
        element("td", line.standing, data_label="Standing"),
        element("td", str(line.statements), class_="number", data_label="Statements"),
        element("td", element("bdi", cues or "–"), class_="cues", data_label="Cues"),
    )


def problems_list(problems: Sequence[Problem], article: Article) -> Markup:
    """What went wrong in the data, each with its code, its meaning and the words it is about."""
    return element("ul", *(_problem(problem, article) for problem in problems), class_="problems", role="list")


def _problem(problem: Problem, article: Article) -> Markup:
    about = words(article.text, (problem.span,))[:_WORDS_OF_PROBLEM] if problem.span else None
    return element(
        "li",
        element("code", problem.code),
        " ",
        joined([problem.message or PROBLEMS.get(problem.code, "")]),
        element("span", " at ", element("bdi", _quoted(about)), class_="aside") if about else None,
        element("span", " in ", element("bdi", problem.input), class_="aside") if problem.input else None,
    )

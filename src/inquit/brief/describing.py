"""Source descriptors: what the ledger knows of a source that bears on how good it is.

ICD 206 names access, past reporting and motive among such factors. A ledger of articles knows of these only what the
articles show; the rest is left to the people who rate a source.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from inquit.brief.gathering import Story, key
from inquit.brief.model import Descriptor, Remark
from inquit.brief.wording import several
from inquit.records import Standing
from inquit.show.account import counted
from inquit.show.chain import Chain, Link

Rated: TypeAlias = Callable[[str], tuple[Remark, ...]]

_STANDINGS: Mapping[Standing, str] = {
    "person": "A named person",
    "institution": "An institution",
    "group": "A group",
    "anonymous": "Anonymous: a person or persons held back",
    "outlet": "Another news medium",
    "document": "A document",
    "none": "Nobody is named",
}


def descriptors(chain: Chain, story: Story, rated: Rated) -> tuple[Descriptor, ...]:
    """A descriptor for each source of a claim, in the order in which they come in; then the outlets' own voices.

    ``rated`` tells what people ruled on a source or outlet of that name.
    """
    said: dict[tuple[str, str], list[Link]] = defaultdict(list)
    own: dict[str, list[Link]] = defaultdict(list)
    for link in chain.links:
        if link.entity and link.said:
            # Two outlets' "senior official" may be two people.
            held_back = link.outlet if link.standing == "anonymous" else ""
            said[key(link.entity), held_back].append(link)
        elif link.said is None:
            own[link.outlet.casefold()].append(link)
    named = (_named(of[1], links, story, rated) for of, links in said.items())
    return (*named, *(_own(links, rated) for links in own.values()))


def _named(held_back: str, links: list[Link], story: Story, rated: Rated) -> Descriptor:
    facts = Remark(text=". ".join(_facts(links, story)) + ".", by="machine")
    elsewhere = () if held_back else _elsewhere(links[0].entity or "", story)
    shown = f"{links[0].entity} ({held_back})" if held_back else links[0].entity or ""
    return Descriptor(name=shown, remarks=(facts, *elsewhere, *rated(links[0].entity or "")))


def _own(links: list[Link], rated: Rated) -> Descriptor:
    text = f"The outlet's own voice: no source is given in {counted(len(links), 'statement')}."
    return Descriptor(name=links[0].outlet, remarks=(Remark(text=text, by="machine"), *rated(links[0].outlet)))


def _facts(links: list[Link], story: Story) -> Iterator[str]:
    standing = Counter(link.standing for link in links if link.standing).most_common(1)[0][0]
    party = Counter(link.party for link in links if link.party).most_common(1)
    yield _STANDINGS[standing] + (f", speaking for {party[0][0]}" if party else "")
    through = dict.fromkeys(link.said.through for link in links if link.said and link.said.through)
    if through:
        yield f"Through {several(through)}"
    outlets = several(link.outlet for link in links)
    yield f"Quoted on this claim {counted(len(links), 'time')}, by {outlets}"
    framings = Counter(link.framing for link in links if link.framing and link.framing != "neutral")
    if framings:
        yield f"Framed as {', '.join(f'{framing} ({count})' for framing, count in sorted(framings.items()))}"
    grounds = Counter(
        s.evidence.kind for link in links if (s := story.statements.get(link.statement)) is not None and s.evidence
    )
    if grounds:
        yield f"Evidence {', '.join(f'{kind} ({count})' for kind, count in sorted(grounds.items()))}"


def _elsewhere(name: str, story: Story) -> Iterator[Remark]:
    statements, outlets = story.elsewhere(name)
    if statements > 1:
        where = f"{counted(statements, 'statement')} in {counted(outlets, 'outlet')}"
        yield Remark(text=f"In the whole ledger: {where}.")

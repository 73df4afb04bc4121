"""What happened to a claim at each link of its chain, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from inquit.records import Copy
from inquit.show.chain import Chain, Link, Loss

Kind: TypeAlias = Literal[
    "origin", "copy", "relay", "vague", "bare", "source", "framing", "circular", "denies", "takes back"
]


@dataclass(frozen=True, slots=True)
class Note:
    """One thing that happened; ``source`` and ``framing`` are what was lost."""

    kind: Kind
    text: str

    @property
    def warns(self) -> bool:
        """Whether a reader should stop here."""
        return self.kind in {"source", "framing", "circular", "denies", "takes back"}


def notes(chain: Chain, link: Link) -> tuple[Note, ...]:
    """All that happened at ``link``: where it has the claim from, then what was lost, then whether it is against it."""
    if link.takes_back:
        return (Note("takes back", "takes the claim back"),)
    found = [*_came(chain, link), *_lost(chain, link)]
    if link.denies:
        found.append(Note("denies", "denies the claim"))
    return tuple(dict.fromkeys(found or _by_itself(link)))


def percent(share: float) -> str:
    """A share of 0 to 1 as ``91%``."""
    return f"{share * 100:.0f}%"


def shares(copy: Copy) -> str:
    """How much of either text is common, as far as it is known of both: ``91% of the text, 60% of the other's``."""
    other = f", {percent(copy.taken)} of the other's" if copy.taken else ""
    return f"{percent(copy.share)} of the text{other}"


def _came(chain: Chain, link: Link) -> Iterator[Note]:
    copied = link.copied
    if copied is not None:
        credit = ", credit dropped" if copied.copy.credit == "dropped" else ""
        yield Note("copy", f"copies {copied.from_outlet}, {percent(copied.copy.share)} of the text{credit}")
    if link.circular is not None:
        yield Note("circular", "circular: returns to itself")
        return
    # A copy of an outlet repeats it too; once is enough.
    outlets = dict.fromkeys(chain.links[number - 1].outlet for number in link.repeats)
    repeated = [outlet for outlet in outlets if copied is None or outlet != copied.from_outlet]
    if repeated:
        yield Note("relay", f"repeats {', '.join(repeated)}")


def _lost(chain: Chain, link: Link) -> Iterator[Note]:
    for loss in link.losses:
        if loss.lost == "framing":
            yield Note("framing", _framing(chain, link, loss))
        else:
            how = "lost" if link.carriage == "bare" else "weaker"
            yield Note("source", f"attribution {how} here")


def _framing(chain: Chain, link: Link, loss: Loss) -> str:
    before = chain.links[loss.after - 1].framing
    change = f": {before} → {link.framing}" if before and link.framing and before != link.framing else ""
    return f"framing lost here{change}"


def _by_itself(link: Link) -> list[Note]:
    told = {
        "origin": "origin",
        "relay": "repeats another outlet",
        "vague": "names nobody",
        "bare": "on its own word",
    }
    return [Note(link.carriage, told[link.carriage])]

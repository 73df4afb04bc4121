"""The answer for one source: who it is, through what, for whom, of what standing, and why each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from inquit.extract.why import Ground, Why
from inquit.records import Label, Link, Reason, Spans, Standing

_TOLD = re.compile(r"(?:an?|the|one|its|their|his|her)\s")
_PRONOUN = (Ground.SHE, Ground.HE, Ground.BODY, Ground.SEVERAL, Ground.SPEAKER, Ground.CLAUSE)


@dataclass(frozen=True, slots=True)
class Whys:
    """What decided each of the answers; None where there is no answer."""

    standing: Why
    entity: Why | None = None
    through: Why | None = None
    party: Why | None = None


@dataclass(frozen=True, slots=True)
class Resolved:
    """The answer for one source; ``chain`` leads from the entity to the party."""

    entity: str | None
    through: str | None
    party: str | None
    standing: Standing
    why: Whys = field(compare=False)
    chain: tuple[Link, ...] = field(default=(), compare=False)

    def because(self, why: Why) -> Resolved:
        """The same, and why it is this entity."""
        return replace(self, why=replace(self.why, entity=why))

    def again(self, why: Why) -> Resolved:
        """The same entity in another place, where ``why`` tells that it is meant, and no vehicle does."""
        return replace(self, through=None, why=replace(self.why, entity=why, through=None))

    def carried(self, through: str, words: Spans) -> Resolved:
        """The same, by way of a vehicle."""
        return replace(self, through=through, why=replace(self.why, through=Why(Ground.VEHICLE, words)))

    def standing_as(self, kind: Standing, why: Why) -> Resolved:
        """The same with another standing."""
        return replace(self, standing=kind, why=replace(self.why, standing=why))

    def reasons(self) -> tuple[Reason, ...]:
        """Why each of the answers is what it is."""
        whys: tuple[tuple[Label, Why | None], ...] = (
            ("entity", self.why.entity),
            ("through", self.why.through),
            ("party", self.why.party),
            ("standing", self.why.standing),
        )
        return tuple(why.of(label) for label, why in whys if why is not None)


NOBODY = Resolved(None, None, None, "none", Whys(Why(Ground.NO_SOURCE, ())))


@dataclass(frozen=True, slots=True, order=True)
class Heard:
    """One source that was resolved: where it stands, and the words of its cue."""

    at: int
    who: Resolved = field(compare=False)
    cue: str = field(compare=False)
    content: Spans = field(compare=False)
    source: Spans = field(compare=False)

    @property
    def words(self) -> Spans:
        """The words that tell who it was: its own, or those that a pronoun of its stands for."""
        told = self.who.why.entity
        return told.words if told and told.ground in _PRONOUN else self.source

    def is_called(self, mention: str, text: str) -> bool:
        """Whether words mean it by what it spoke through, or by the apposition to its name ("Duarte, the mayor")."""
        return any(_is_part(mention.lower(), form) for form in self._forms(text))

    def _forms(self, text: str) -> Iterator[str]:
        if self.who.through:
            yield self.who.through.lower()
        for start, end in self.source:
            name, _, apposition = text[start:end].rstrip(",").partition(", ")
            if _TOLD.match(apposition) and name.split()[-1] in str(self.who.entity):
                yield apposition.lower()


def _is_part(mention: str, form: str) -> bool:
    return form == mention or form.startswith(f"{mention} ") or form.endswith(f" {mention}")

"""``python -m bench.kills [--rounds 200] [--seed 1]``: a ledger whose writers are killed again and again.

Each round kills (SIGKILL) at a random moment a process that rules, withdraws and links, one that adds articles to the
ledger in which people have ruled, or both at once. After each the ledger has to be sound, and every ruling, withdrawal
and article that was acknowledged has to be in it. At the end what is left to do is done, and the ledger has to show
what one shows that was told the same without being disturbed.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import msgspec

from inquit import ids, pipeline
from inquit.errors import UsageError
from inquit.export import records
from inquit.keep import Draft, Ledger
from inquit.records import Article, Claim, Reading, Record, Ruling, Statement

_REPRINTS = 40  # of each article of the story, in other outlets' names
_SECONDS = 1.2  # within which a process that has begun to answer is killed
_PATIENCE = 120.0  # seconds for one to begin


class UnsoundError(AssertionError):
    """What must not be."""


# -- what is killed


def adds(path: Path, chance: random.Random) -> None:
    """Add articles, and say of each that it is kept once it is; make the links now and then."""
    with Ledger.create(path) as ledger:
        for found in _articles(path):
            if ledger.keep(found):
                _say("article", found.article.id)
                if chance.random() < 0.2:
                    pipeline.link(ledger)
        pipeline.link(ledger)


def rules(path: Path, chance: random.Random) -> None:
    """Rule without end, and say of each ruling and withdrawal that it is filed once it is."""
    with Ledger.open(path, write=True) as ledger:
        while True:
            held = [one for one in ledger.rulings(most=50) if one.withdrawn is None]
            if held and chance.random() < 0.35:
                # Somebody else may have withdrawn it meanwhile.
                with suppress(UsageError):
                    _say("withdrawn", ledger.withdraw(chance.choice(held).id, who="Ida Moor").id)
            else:
                _rule(ledger, chance)
            if chance.random() < 0.15:
                pipeline.link(ledger)


def _rule(ledger: Ledger, chance: random.Random) -> None:
    try:
        ruling = ledger.rule(_draft(ledger, chance))
    except UsageError:
        return
    _say("ruling", ruling.id)


def _draft(ledger: Ledger, chance: random.Random) -> Draft:
    """Some ruling or other on what is shown."""
    articles = list(ledger.articles())
    article, another = chance.choice(articles), chance.choice(articles)
    said, others = ledger.statements(article.id), ledger.statements(another.id)
    one, other = chance.choice(said or others), chance.choice(others or said)
    start = chance.randrange(max(1, len(article.text) - 40))
    span = f'{{"content":[[{start},{start + chance.randint(3, 40)}]]}}'
    names = [s.attribution.entity for s in (*said, *others) if s.attribution and s.attribution.entity] or ["Ana Duarte"]
    about, says, value = chance.choice(
        [
            (one.id, "same-claim", other.id),
            (one.id, "not-same-claim", other.id),
            (chance.choice(names), "same-entity", chance.choice(names)),
            (one.id, "wrong-span", span),
            (one.id, "wrong-source", chance.choice(names)),
            (one.id, "not-a-statement", None),
            (article.id, "missed", span),
            (article.id, "wrong-outlet", f"Outlet {chance.randrange(5)}"),
            (article.id, "wrong-date", f"2031-0{chance.randint(1, 9)}-02"),
            (one.id, "note", "seen"),
        ]
    )
    return msgspec.convert({"about": about, "says": says, "value": value, "who": "Ana Duarte"}, Draft)


def _say(kind: str, ident: str) -> None:
    sys.stdout.write(f"{kind} {ident}\n")
    sys.stdout.flush()


def _articles(path: Path) -> Iterator[Reading]:
    """The story that ships, and its articles again as other outlets might print them."""
    story = msgspec.json.decode(_story(path).read_bytes(), type=list[Reading])
    yield from story
    for number in range(_REPRINTS):
        for found in story:
            yield _reprinted(found, number)


def _story(path: Path) -> Path:
    """Where the readings of the story are, so that they are read once."""
    return path.with_name("story.json")


def _reprinted(found: Reading, number: int) -> Reading:
    article = found.article
    outlet, published = f"Gazette {number}", f"2031-05-{1 + number % 28:02}"
    text = f"{article.text}\nPrinted as number {number} of this gazette.\n"
    ident = ids.article_id(external_id=None, outlet=outlet, published=published, title=article.title, text=text)
    again: dict[str | None, Statement] = {}
    for one in found.statements:
        who, inside = one.attribution, again[one.inside].id if one.inside else None
        own = ids.statement_id(
            article=ident,
            source=who.source if who else (),
            cue=who.cue if who else (),
            content=one.content,
            inside=inside,
            attributed=who is not None,
        )
        again[one.id] = msgspec.structs.replace(one, id=own, article=ident, inside=inside)
    printed = Article(id=ident, outlet=outlet, published=published, title=article.title, text=text)
    return Reading(article=printed, statements=tuple(again.values()))


# -- who kills


def killed(path: Path, roles: Sequence[str], chance: random.Random) -> list[tuple[str, str]]:
    """What the processes acknowledged before they were killed."""
    children = [
        subprocess.Popen(
            [
                sys.executable,
                "-m",
                "bench.kills",
                "--as",
                role,
                "--ledger",
                str(path),
                "--seed",
                f"{chance.getrandbits(31)}",
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for role in roles
    ]
    firsts = []
    if chance.random() < 0.9:
        firsts = [child.stdout.readline() for child in children if child.stdout]
    time.sleep(chance.uniform(0, _SECONDS))
    said: list[tuple[str, str]] = []
    for child in children:
        child.kill()
    for number, child in enumerate(children):
        rest, errors = child.communicate(timeout=_PATIENCE)
        if "Traceback" in errors and "WorkError" not in errors:
            raise UnsoundError(f"{roles[number]} failed: {errors[-2000:]}")
        lines = ((firsts[number] if firsts else "") + rest).split("\n")[:-1]
        said += [(kind, ident) for kind, _, ident in (line.partition(" ") for line in lines if line)]
    return said


def check(path: Path, said: Sequence[tuple[str, str]]) -> None:
    """Raise UnsoundError unless the ledger is sound and holds all that was acknowledged."""
    with Ledger.open(path, write=True) as ledger:
        if findings := ledger.verify():
            raise UnsoundError(f"not sound: {findings[:3]}")
        held = {one.id: one for one in ledger.rulings()}
        for kind, ident in said:
            there = ledger.holds(ident) if kind == "article" else ident in held
            if not there or (kind == "withdrawn" and held[ident].withdrawn is None):
                raise UnsoundError(f"{kind} {ident} was acknowledged and is lost")


def undisturbed(path: Path, disturbed: Path) -> None:
    """Raise UnsoundError unless a ledger that was told the same, in peace, shows the same."""
    with Ledger.open(disturbed, write=True) as ledger, Ledger.create(path) as other:
        pipeline.link(ledger)
        other.keep(found for found in _articles(disturbed) if ledger.holds(found.article.id))
        pipeline.link(other)
        for one in reversed(ledger.rulings()):
            # Of what somebody had added, and has withdrawn since, there is nothing to be ruled.
            with suppress(UsageError):
                if one.withdrawn is None:
                    other.rule(Draft(about=one.about, says=one.says, value=one.value, who=one.who, at=one.at))
        pipeline.link(other)
        if _shown(ledger) != _shown(other):
            raise UnsoundError("the ledger shows something else than one that was told the same undisturbed")


def _shown(ledger: Ledger) -> list[bytes]:
    """All records but rulings; claims without their ids, which may have been minted from what came first."""
    found: Iterator[Record] = records(ledger)
    plain = (msgspec.structs.replace(r, id="") if isinstance(r, Claim) else r for r in found)
    return sorted(msgspec.json.encode(r) for r in plain if not isinstance(r, Ruling))


def run(path: Path, rounds: int, seed: int) -> Counter[str]:
    """Kill so often; how much of each kind was acknowledged. Raises UnsoundError."""
    chance, said = random.Random(seed), list[tuple[str, str]]()
    story = [found for found in pipeline.readings(["examples"]) if isinstance(found, Reading)]
    _story(path).write_bytes(msgspec.json.encode(story))
    with Ledger.create(path) as ledger:
        ledger.keep(story)
        pipeline.link(ledger)
    for number in range(rounds):
        roles = chance.choice([("rules",), ("rules",), ("adds",), ("rules", "adds"), ("rules", "rules")])
        said += killed(path, roles, chance)
        check(path, said)
        if sys.stderr.isatty() or number % 20 == 19:
            sys.stderr.write(f"{number + 1} rounds: {dict(Counter(kind for kind, _ in said))}\n")
    undisturbed(path.with_name(path.name + ".undisturbed"), path)
    return Counter(kind for kind, _ in said)


def main() -> None:
    """What ``python -m bench.kills`` does."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--as", dest="role", choices=("adds", "rules"), help=argparse.SUPPRESS)
    parser.add_argument("--ledger", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.role:
        {"adds": adds, "rules": rules}[given.role](given.ledger, random.Random(given.seed))
        return
    with tempfile.TemporaryDirectory() as folder:
        found = run(Path(folder) / "ledger", given.rounds, given.seed)
    sys.stdout.write(f"{given.rounds} rounds: sound after each; acknowledged and held: {dict(sorted(found.items()))}\n")


if __name__ == "__main__":
    main()

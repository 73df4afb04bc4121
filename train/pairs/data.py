"""Pairs of statements to train on: judged by eye, of coreferent events, and altered so as to differ."""

from __future__ import annotations

import csv
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import msgspec
import numpy as np

from inquit.link.contents import Capitals, content, text_of
from inquit.link.packing import packed_arrays
from inquit.link.pairs import FEATURES, features
from inquit.link.propositions import Unit, around, propositions
from inquit.link.sources import name_parts
from inquit.link.table import Table
from inquit.link.units import packed_vectors
from inquit.link.words import TOKEN
from inquit.records import Article, Reading, Record, Statement
from train.pairs.places import Place, Places

JUDGED = Path(__file__).parent / "judged.tsv"
_SAME_EVENTS = (0.6, 0.4)  # parts of the events of either sentence, of both, from which two of ECB+ say the same
_OF_A_TOPIC = {True: 70, False: 300}  # pairs of ECB+ that are taken of each topic
_NEAR = 0.4  # likeness from which a pair of ECB+ is hard enough to learn from
_WORDS = (6, 35)  # of a content that is altered
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NUMBER = re.compile(r"\b\d[\d,.]*\d\b|\b\d\b")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}\b")


@dataclass(frozen=True)
class Pair:
    """The features' values for two statements, and whether they put one claim forward; their words and articles."""

    values: Mapping[str, float]
    same: bool
    texts: tuple[str, str] = ("", "")
    articles: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class _Sentence:
    topic: str
    file: str
    text: str
    events: frozenset[str]
    others: frozenset[str]
    mentions: int
    capitals: Capitals


def load(path: Path) -> list[Reading]:
    """The readings of a file that ``inquit read --jsonl`` or ``inquit export --to jsonl`` wrote."""
    decoder = msgspec.json.Decoder(Record)
    articles: dict[str, Article] = {}
    statements: dict[str, list[Statement]] = defaultdict(list)
    with path.open("rb") as lines:
        for line in lines:
            found = decoder.decode(line)
            if isinstance(found, Article):
                articles[found.id] = found
            elif isinstance(found, Statement):
                statements[found.article].append(found)
    return [Reading(article=a, statements=tuple(statements[key])) for key, a in articles.items()]


def words_of(text: str) -> str:
    """The words of a content as ``link.contents`` has them, joined."""
    return " ".join(word.lower().replace("’", "'") for word in TOKEN.findall(text))


def judged(corpora: Mapping[str, Sequence[Reading]], path: Path = JUDGED) -> Iterator[Pair]:
    """Pairs judged by reading; those with a statement that the readings have not are left out."""
    places = {name: Places(readings) for name, readings in corpora.items()}
    with path.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows, delimiter="\t"):
            here = places.get(row["corpus"])
            one = here and here.at(Place(row["one"], row["its_content"]))
            other = here and here.at(Place(row["other"], row["other_content"]))
            if one and other:
                for pair in _pair(_Told.of(*one), _Told.of(*other), same=row["same"] == "1"):
                    yield replace(pair, articles=(row["one"], row["other"]))


def coreferent(folder: Path, chance: random.Random) -> Iterator[Pair]:
    """Sentences of ECB+ from two articles of a topic: of the same events with a participant in common, or of none."""
    topics: dict[str, list[_Sentence]] = defaultdict(list)
    for sentence in _sentences(folder):
        topics[sentence.topic].append(sentence)
    for sentences in topics.values():
        kinds: dict[bool, list[tuple[_Sentence, _Sentence]]] = {True: [], False: []}
        for one, other in combinations(sentences, 2):
            same = _same_events(one, other)
            if one.file != other.file and same is not None:
                kinds[same].append((one, other))
        for same, found in kinds.items():
            for one, other in chance.sample(found, min(_OF_A_TOPIC[same], len(found))):
                told = [_Told.plain(s.text, s.capitals) for s in (one, other)]
                for pair in _pair(told[0], told[1], same=same):
                    if max(pair.values["cosine"], pair.values["meaning"]) >= _NEAR:
                        yield pair


def altered(readings: Sequence[Reading], chance: random.Random, *, of_a_kind: int = 120) -> Iterator[Pair]:
    """Contents beside themselves with a number, a name or a day changed; each besides beside itself unchanged."""
    made = [one for reading in readings for one in _alterations(reading, chance)]
    chance.shuffle(made)
    count: Counter[str] = Counter()
    for kind, telling, words, new, told in made:
        pairs = list(_pair(told, told.saying(_cut(new, chance)), same=False))
        if count[kind] < of_a_kind and pairs and any(pairs[0].values[name] for name in telling):
            count[kind] += 1
            yield pairs[0]
            yield from _pair(told, told.saying(_cut(words, chance)), same=True)


@dataclass(frozen=True)
class _Told:
    """A statement's text with what is asked of the article it stands in."""

    article: str
    statement: Statement
    capitals: Capitals

    @staticmethod
    def of(reading: Reading, statement: Statement) -> _Told:
        return _Told(reading.article.text, statement, Capitals([reading.article]))

    @staticmethod
    def plain(text: str, capitals: Capitals) -> _Told:
        return _Told(text, Statement(id="", article="", content=((0, len(text)),), score=1.0, by=""), capitals)

    def saying(self, text: str) -> _Told:
        changed = msgspec.structs.replace(self.statement, content=((0, len(text)),))
        return _Told(text, changed, self.capitals)

    @property
    def words(self) -> str:
        return text_of(self.article, self.statement.content)

    def unit(self) -> Unit:
        who = self.statement.attribution
        said = propositions(self.article, self.statement, self.capitals)
        return Unit(
            content=content(self.words, self.statement, self.capitals),
            entity="",
            speaker=frozenset(name_parts(who.entity or "")) if who else frozenset(),
            stance=who.stance if who else None,
            propositions=said,
            around=around(self.article, self.statement, said, self.capitals),
        )


def _pair(one: _Told, other: _Told, *, same: bool) -> Iterator[Pair]:
    table = Table()
    table.add([packed_arrays(one.unit()), packed_arrays(other.unit())], packed_vectors([one.words, other.words]))
    there, rows = features(table, np.array([0]), np.array([1]))
    if len(there):
        yield Pair(dict(zip(FEATURES, rows[0].tolist(), strict=True)), same, (one.words, other.words))


def _same_events(one: _Sentence, other: _Sentence) -> bool | None:
    """Whether two sentences tell of the same; None where they do in part."""
    events = len(one.events & other.events)
    if not events:
        return False
    sizes = sorted((one.mentions, other.mentions))
    same = events / sizes[0] >= _SAME_EVENTS[0] and events / sizes[1] >= _SAME_EVENTS[1] and one.others & other.others
    return True if same else None


def _sentences(folder: Path) -> Iterator[_Sentence]:
    """The sentences whose annotation was checked, with the chains of events and of all else in them."""
    with (folder / "ECBplus_coreference_sentences.csv").open(encoding="utf-8", newline="") as rows:
        checked = {(r["Topic"], r["File"], r["Sentence Number"]) for r in csv.DictReader(rows)}
    for path in sorted(folder.rglob("*.xml")):
        topic, _, file = path.stem.partition("_")
        words, events, others, mentions = _annotated(ElementTree.parse(path).getroot())  # noqa: S314  # a corpus at hand
        texts = {number: _joined(tokens) for number, tokens in words.items()}
        capitals = Capitals([Article(id="", text=" ".join(texts.values()))])
        for number, text in texts.items():
            if (topic, file, str(number)) in checked and mentions[number]:
                chains = frozenset(events[number]), frozenset(others[number])
                yield _Sentence(topic, file, text, *chains, mentions[number], capitals)


_Sets = dict[int, set[str]]


def _annotated(root: ElementTree.Element) -> tuple[dict[int, list[str]], _Sets, _Sets, Counter[int]]:
    """Words, chains of events, chains of all else and mentions of events, by the number of the sentence."""
    words: dict[int, list[str]] = defaultdict(list)
    sentence_of = {}
    for token in root.iter("token"):
        sentence_of[token.get("t_id")] = int(token.get("sentence", "0"))
        words[sentence_of[token.get("t_id")]].append(token.text or "")
    mentions: dict[str | None, tuple[bool, int]] = {}
    for mark in root.find("Markables") or ():
        anchor = mark.find("token_anchor")
        if anchor is not None:
            mentions[mark.get("m_id")] = mark.tag.startswith(("ACTION", "NEG")), sentence_of[anchor.get("t_id")]
    events: _Sets = defaultdict(set)
    others: _Sets = defaultdict(set)
    for relation in root.iter("CROSS_DOC_COREF"):
        for source in relation.iter("source"):
            if source.get("m_id") in mentions:
                is_event, number = mentions[source.get("m_id")]
                (events if is_event else others)[number].add(relation.get("note", ""))
    return words, events, others, Counter(number for is_event, number in mentions.values() if is_event)


def _joined(tokens: Sequence[str]) -> str:
    """Tokens as they would be printed, nearly."""
    text = " ".join(tokens).replace("`` ", "“").replace(" ''", "”")
    return re.sub(r"([(“$]) ", r"\1", re.sub(r" (n't|'\w{1,2}|[.,;:!?%)’”])", r"\1", text))


def _alterations(reading: Reading, chance: random.Random) -> Iterator[tuple[str, tuple[str, ...], str, str, _Told]]:
    """Kind, features of which one must see it, the words, the words altered, the statement."""
    text = reading.article.text
    capitals = Capitals([reading.article])
    named = sorted({name for name in _NAME.findall(text) if name not in _DAYS and capitals.named(name)})
    for statement in reading.statements:
        words = text_of(text, statement.content)
        if not _WORDS[0] <= len(words.split()) <= _WORDS[1]:
            continue
        told = _Told(words, msgspec.structs.replace(statement, content=((0, len(words)),)), capitals)
        numbers = [m for m in _NUMBER.finditer(words) if not (m.group().isdigit() and len(m.group()) == 4)]
        if numbers:
            at = chance.choice(numbers)
            value = float(re.sub(r"[^\d.]", "", at.group()).strip(".") or 1) * chance.choice((0.5, 2, 3)) + 3
            yield "number", ("other_numbers",), words, f"{words[: at.start()]}{value:.0f}{words[at.end() :]}", told
        days = [day for day in _DAYS if day in words]
        if days:
            other = chance.choice([day for day in _DAYS if day not in days])
            yield "day", ("other_time",), words, words.replace(days[0], other), told
        mine, theirs = ([name for name in named if (name in words) == has] for has in (True, False))
        if mine and theirs:
            new = re.sub(rf"\b{chance.choice(mine)}\b", chance.choice(theirs), words)
            yield "name", ("other_names", "no_name"), words, new, told


def _cut(text: str, chance: random.Random) -> str:
    """Most often without up to a third of the words at one end."""
    words = text.split()
    if len(words) < 9 or chance.random() > 0.7:
        return text
    cut = chance.randint(1, len(words) // 3)
    return " ".join(words[cut:] if chance.random() < 0.5 else words[:-cut])

"""GUM (Zeldes 2017): rhetorical attributions and dependency trees to attributions with spans.

GUM parts a text into elementary units and joins them in a tree of relations. In ``attribution`` the satellite is the
unit that holds source and cue, the nucleus is what is said. Here

* the *text* is made of the words with the spaces that the trees record, sentences parted by a space, paragraphs and
  turns of speech by an empty line; speakers' names are no part of the corpus and are not put in;
* the *nucleus* is its unit with all that hangs on it more closely than the satellite does, and the other pieces of a
  unit that something interrupts; the *content* is the nucleus, outside quotation marks in the sentence of its unit or
  of the cue only; a quotation that it stands in is taken whole, unless the cue stands in it too;
* the *cue* is the word that governs the content, with particles, negation, modals and the forms of *be* of a passive
  or of an adjective, verbs of which it is the complement, and the noun between verb and content ("made the claim");
  or the preposition ("according to");
* the *source* is the subject's subtree, the agent's of a passive, what stands behind "according to", the noun that a
  participle in -ing modifies, the object of a verb that makes or lets somebody say it; a verb joined to another shares
  its subject. Nothing else is one.

Relations that have no reporting word (credits of pictures, references to literature) and the fillers "you know", "you
see", "I mean" are no attributions in our sense. Secondary edges (36 in the corpus, 4 in the genres that may train) are
not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from inquit.extract.quotes import Quotation, quotations
from inquit.records import Span
from train.polnear import Attribution, Labelled

CC_BY = frozenset({"academic", "court", "interview", "news"})
"""Genres whose every text its licence file states to be CC BY."""

_MODALS = {"can", "could", "may", "might", "must", "shall", "should", "would"}
_QUOTING = {"cite", "quote"}  # who is quoted is the source, not who quotes
_SUBJECTS = ("nsubj", "nsubj:outer", "csubj")
_SHARED = ("conj", "xcomp", "advcl", "parataxis")  # a verb without a subject has that of the verb it hangs on
_CLAUSES = ("ccomp", "xcomp", "parataxis", "csubj", "csubj:pass", "acl", "obj", "advcl", "dep", "appos")
_GAP = re.compile(r"[^\w\n]*")


class Word(NamedTuple):
    """A syntactic word: its span in the text, the index of its head in the document (-1: none), its tags."""

    start: int
    end: int
    head: int
    rel: str
    pos: str
    lemma: str
    participle: bool  # in -ing
    sentence: int


@dataclass(frozen=True, slots=True)
class Relation:
    """One attribution as GUM has it, in indices of words.

    ``unit`` is the satellite's own unit in all its pieces; ``said`` is the unit at the head of the nucleus.
    """

    said: range
    unit: frozenset[int]
    nucleus: frozenset[int]


@dataclass(frozen=True, slots=True)
class Document:
    """One text with its words, its units (indices of words) and its attributions."""

    ident: str
    genre: str
    text: str
    words: list[Word]
    units: list[range]
    relations: list[Relation]


class _Unit(NamedTuple):
    words: range
    depth: int  # how far out it hangs on its parent, among the parent's children
    parent: int
    relation: str


def load(folder: Path, *, dev: bool = False, genres: Iterable[str] = CC_BY) -> list[Labelled]:
    """Articles of GUM's train split, or of its dev split, one reading each, with attributions of every depth.

    ``folder`` holds ``dep``, ``rst/dependencies`` and ``splits.md``. Raises ValueError where units and words differ.
    """
    held = set(re.findall(r"GUM_\w+", (folder / "splits.md").read_text("utf-8").split("## dev")[1].split("## ")[0]))
    wanted = set(genres)
    return [
        Labelled(d.ident, d.text, [[a for r in d.relations if (a := attribution(d, r))]])
        for d in documents(folder)
        if d.genre in wanted and (d.ident in held) == dev
    ]


def documents(folder: Path) -> Iterator[Document]:
    """Every document of the corpus, by name. Raises ValueError where units and words differ."""
    for path in sorted((folder / "dep").glob("*.conllu")):
        units = (folder / "rst" / "dependencies" / f"{path.stem}.rsd").read_text("utf-8")
        yield document(path.stem, path.read_text("utf-8"), units)


def document(ident: str, conllu: str, rsd: str) -> Document:
    """One document of its trees and its units. Raises ValueError where units and words differ in number."""
    text, words = _text(conllu)
    units = _units(rsd)
    if (units[-1].words.stop if units else 0) != len(words):
        raise ValueError(f"{ident}: the units do not hold its {len(words)} words")
    genre = ident.split("_")[1] if ident.startswith("GUM_") else "other"
    relations = [_relation(words, units, i) for i, u in enumerate(units) if u.relation.startswith("attribution")]
    return Document(ident, genre, text, words, [u.words for u in units], relations)


def _text(conllu: str) -> tuple[str, list[Word]]:
    """The text with its spaces, and its words in order."""
    text, gap = "", ""
    words: list[Word] = []
    first = fused = sentence = 0  # the sentence's first word; how many words are still to come of one written word
    for line in conllu.split("\n"):
        cells = line.split("\t")
        if line.startswith("# newpar"):
            gap = "\n\n"
        elif line.startswith("# sent_id"):
            first, sentence = len(words), sentence + 1
        elif len(cells) == 10 and "-" in cells[0]:
            low, _, high = cells[0].partition("-")
            fused, after = int(high) - int(low) + 1, _space(cells[9])
        elif len(cells) == 10 and cells[0].isdigit():
            text += gap if text else ""
            head = first + int(cells[6]) - 1 if cells[6] != "0" else -1
            end = len(text) + len(cells[1])
            participle = cells[4] == "VBG"
            words.append(Word(len(text), end, head, cells[7], cells[3], cells[2].lower(), participle, sentence))
            text += cells[1]
            fused = max(0, fused - 1) if fused else -1
            gap = "" if fused > 0 else after if fused == 0 else _space(cells[9])
            fused = max(0, fused)
    return text, words


def _space(misc: str) -> str:
    return "" if "SpaceAfter=No" in misc.split("|") else " "


def _units(rsd: str) -> list[_Unit]:
    units: list[_Unit] = []
    for line in filter(str.strip, rsd.split("\n")):
        cells = line.split("\t")
        begin = units[-1].words.stop if units else 0
        words = range(begin, begin + len(cells[1].split(" ")))
        units.append(_Unit(words, int(cells[2]), int(cells[6]) - 1, cells[7]))
    return units


def _relation(words: list[Word], units: list[_Unit], satellite: int) -> Relation:
    """The words of one attribution's two sides."""
    own = units[satellite]
    # Of "according to A, quoting B," the first hangs on the second: both say what the second does.
    while units[own.parent].relation.startswith("attribution"):
        own = units[own.parent]
    pieces = _pieces(units, satellite)
    unit = {w for p in pieces for w in units[p].words}
    whole = {w for p in pieces for w in _under(units, p)}
    nucleus: set[int] = set()
    governed = any(words[w].head in unit for w in units[own.parent].words)
    for piece in _pieces(units, own.parent):
        if governed and piece < satellite < own.parent and not _names_source(words, units[piece].words, unit):
            continue  # the clause in which the attribution stands: "it matters [that she says] ships sail"
        near = {*units[piece].words, *(w for i in _closer(units, piece, own) for w in _under(units, i))}
        if piece != own.parent and _names_source(words, units[piece].words, unit):
            unit.update(units[piece].words)
            whole |= near
        else:
            nucleus |= near
    return Relation(units[own.parent].words, frozenset(unit), frozenset(nucleus - whole))


def _closer(units: list[_Unit], piece: int, satellite: _Unit) -> list[int]:
    """What hangs on a piece of the nucleus more closely than the satellite does; other pieces of its unit do not."""
    depth = satellite.depth
    if piece != satellite.parent:
        # All that hangs on a further piece is its own; on the first, what is nearer than the piece with the satellite.
        depth = units[satellite.parent].depth if units[satellite.parent].parent == piece else len(units)
    mine = [i for i, u in enumerate(units) if u.parent == piece and u.depth < depth]
    return [i for i in mine if not units[i].relation.startswith("same-unit")]


def _names_source(words: list[Word], piece: range, unit: set[int]) -> bool:
    """Whether the piece is the subject of the satellite: "the results [revealed] that …", a subject parted from it."""
    return any(words[w].rel in (*_SUBJECTS, "nsubj:pass") and words[w].head in unit for w in piece)


def _pieces(units: list[_Unit], unit: int) -> list[int]:
    """The unit and the other pieces of it, where something interrupts it."""
    first = units[unit].parent if units[unit].relation.startswith("same-unit") else unit
    return [first, *(i for i, u in enumerate(units) if u.parent == first and u.relation.startswith("same-unit"))]


def _under(units: list[_Unit], unit: int) -> set[int]:
    """Words of a unit and of all that hangs on it."""
    found = set(units[unit].words)
    for i, u in enumerate(units):
        if u.parent == unit:
            found |= _under(units, i)
    return found


def attribution(document: Document, relation: Relation) -> Attribution | None:
    """The relation with its roles; None where it has no reporting word or no content."""
    head = _governor(document.words, relation)
    cue, source = _roles(document.words, relation, head)
    cue_spans = _spans(document, cue)
    content = content_spans(document, relation, cue_spans)
    if not cue_spans or not content or _filler(document, cue, source):
        return None
    named = [_closed(document.text, s) for s in _spans(document, source - relation.nucleus - cue)]
    return Attribution(named, cue_spans, content, known=True)


def content_spans(document: Document, relation: Relation, cue: list[Span]) -> list[Span]:
    """What is said: see the head of this module; without the marks around it and the comma or full stop at its end."""
    words = document.words
    around = [q for q in quotations(document.text) if not any(q.start <= a < q.end for a, _ in cue)]
    near = {words[w].sentence for w in (*relation.said, *relation.unit)}
    chosen = {w for w in relation.nucleus if words[w].sentence in near}
    for q in around:
        if any(_in(words[w], q) for w in chosen):
            chosen.update(i for i, word in enumerate(words) if _in(word, q))
    return [_closed(document.text, s) for s in _spans(document, chosen - relation.unit)]


def _in(word: Word, quotation: Quotation) -> bool:
    return quotation.start <= word.start < quotation.end and word.pos != "PUNCT"


def _filler(document: Document, cue: set[int], source: set[int]) -> bool:
    """Whether the words are a filler of speech."""
    said = {document.words[w].lemma for w in cue}
    named = {document.words[w].lemma for w in source}
    return (named == {"you"} and bool(said & {"know", "see"})) or (named == {"i"} and said == {"mean"})


def _governor(words: list[Word], relation: Relation) -> int:
    """The word of the unit that governs the content, or else the one that hangs on it, or else the unit's root."""
    governed = [
        (_CLAUSES.index(rel) if (rel := words[w].rel) in _CLAUSES else len(_CLAUSES), words[w].head)
        for w in relation.nucleus
        if words[w].head in relation.unit
    ]
    if governed:
        return min(governed)[1]
    roots = [w for w in sorted(relation.unit) if words[w].head not in relation.unit and words[w].rel != "punct"]
    hanging = [w for w in roots if words[w].head in relation.nucleus]
    return min(hanging or roots, key=lambda w: words[w].pos != "VERB", default=-1)


def _roles(words: list[Word], relation: Relation, head: int) -> tuple[set[int], set[int]]:
    """Words of the cue and of the source; both empty where the unit has no reporting word."""
    if head < 0:
        return set(), set()
    prepositions = [w for w in _children(words, head, "case") if words[w].lemma in ("accord", "according", "per")]
    if prepositions:
        cue = {w for p in prepositions for w in (p, *_children(words, p, "fixed"))}
        return cue, _subtree(words, head) - cue
    verbs = _chain(words, relation, head)
    cue = {w for v in verbs for w in (v, *_parts(words, v))}
    if words[head].pos in ("NOUN", "PROPN"):
        if len(verbs) == 1 and not _children(words, head, "cop"):
            return _noun(words, relation, head)
        cue |= {w for w in range(min(cue), head) if w in relation.unit and words[w].pos != "PRON"}
    if not any(words[v].pos in ("VERB", "ADJ", "NOUN", "AUX") for v in verbs):
        return set(), set()
    return cue & relation.unit, _subject(words, verbs)


def _noun(words: list[Word], relation: Relation, head: int) -> tuple[set[int], set[int]]:
    """A noun as the cue ("her view is"): its owner is the source."""
    be = {w for w in relation.unit if words[w].rel == "cop"}
    owners = _children(words, head, "nmod:poss")
    return ({head} | be, {w for o in owners for w in _subtree(words, o)}) if be or owners else (set(), set())


def _chain(words: list[Word], relation: Relation, head: int) -> list[int]:
    """The governor and the verbs of the unit of which it is the complement or object, innermost first."""
    chain = [head]
    linked = ("xcomp", "obj", "obl") if words[head].pos in ("NOUN", "PROPN") else ("xcomp",)
    while words[chain[-1]].rel in linked and words[chain[-1]].head in relation.unit:
        if words[chain[-1]].rel == "xcomp" and _children(words, words[chain[-1]].head, "obj"):
            break  # "let him know": he is the one who knows
        chain.append(words[chain[-1]].head)
        linked = ("xcomp",)
    return chain


def _parts(words: list[Word], verb: int) -> set[int]:
    """Particles, negation with its auxiliary, modals, *be* and the *to* of a complement."""
    negation = [w for w in _children(words, verb, "advmod") if words[w].lemma in ("not", "n't", "never")]
    kept = set(_children(words, verb, "compound:prt", "aux:pass", "cop")) | set(negation)
    for w in _children(words, verb, "aux"):
        if words[w].lemma in _MODALS or (negation and words[w].lemma == "do"):
            kept.add(w)
    if words[verb].rel == "xcomp":
        kept |= set(_children(words, verb, "mark"))
    return kept


def _subject(words: list[Word], verbs: list[int]) -> set[int]:
    """Words that name who says it, of the first verb of the chain outwards that tells."""
    for verb in verbs:
        if _children(words, verb, "aux:pass", "nsubj:pass"):
            if words[verb].lemma in _QUOTING:
                return _named(words, _children(words, verb, "nsubj:pass"))
            agents = _children(words, verb, "obl:agent")
            return _named(words, agents) - {w for a in agents for w in _children(words, a, "case")}
        if subjects := _children(words, verb, *_SUBJECTS):
            return _named(words, subjects)
        if _children(words, verb, "expl"):
            return set()
    last, head = words[verbs[-1]], words[verbs[-1]].head
    if head < 0:
        return set()
    if last.rel == "xcomp" and (objects := _children(words, head, "obj")):
        return _named(words, objects)
    if last.rel == "acl" and last.participle:
        clause = _children(words, head, "nsubj", "cop", "mark", "advcl", "cc", "advmod", "parataxis", "obl", "expl")
        return _subtree(words, head) - _subtree(words, verbs[-1]) - {w for c in clause for w in _subtree(words, c)}
    return _named(words, _children(words, head, *_SUBJECTS, "nsubj:pass")) if last.rel in _SHARED else set()


def _named(words: list[Word], tops: list[int]) -> set[int]:
    return _subtree(words, tops[0]) if tops else set()


def _children(words: list[Word], head: int, *relations: str) -> list[int]:
    """Dependents of a word by relation; a sentence has its words near each other."""
    near = range(max(0, head - 200), min(len(words), head + 200))
    return [w for w in near if words[w].head == head and words[w].rel in relations]


def _subtree(words: list[Word], top: int) -> set[int]:
    found, todo = {top}, [top]
    near = range(max(0, top - 200), min(len(words), top + 200))
    while todo:
        new = [w for w in near if words[w].head == todo[-1] and w not in found]
        todo.pop()
        found.update(new)
        todo.extend(new)
    return found


def _spans(document: Document, chosen: set[int]) -> list[Span]:
    """Runs of words, joined over punctuation, as spans that begin and end with a word or a mark of quotation."""
    out: list[Span] = []
    for w in sorted(chosen):
        start, end, pos = document.words[w].start, document.words[w].end, document.words[w].pos
        if pos == "PUNCT":
            continue
        if out and _GAP.fullmatch(document.text, out[-1][1], start):
            out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return out


def _closed(text: str, span: Span) -> Span:
    """The span, on to the question mark at its end and to the mark that closes what it opens."""
    start, end = span
    for opening, closing in (("(", ")"), ("[", "]"), ("“", "”"), ('"', '"')):
        held = text[start:end]
        unclosed = held.count(opening) % 2 if opening == closing else held.count(opening) > held.count(closing)
        if unclosed and (mark := re.compile(r"[,.?!]?" + re.escape(closing)).match(text, end)):
            end = mark.end()
    while end < len(text) and text[end] in "?!":
        end += 1
    return start, end

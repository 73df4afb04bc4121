"""GUM's format, in words of our own: trees and units to attributions.

A tree is written ``form.POS.head.relation`` a word; ``_`` behind the form means that no space follows, ``+`` that the
next word is written in one with it. Units are written ``depth>parent.relation: words``.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from inquit.records import Framing, Stance, Standing
from train import gum
from train.outside import basil
from train.outside import gum as outside
from train.outside.reading import Said

LEMMAS = {"said": "say", "n't": "not", "did": "do", "was": "be", "is": "be", "told": "tell", "According": "accord"}


def conllu(*sentences: str) -> str:
    return "".join(f"# newpar\n# sent_id = {n}\n{_sentence(s)}\n" for n, s in enumerate(sentences))


def _sentence(written: str) -> str:
    lines, words = [], written.split()
    for i, word in enumerate(words, 1):
        form, pos, head, rel = word.rsplit(".", 3)
        misc = "SpaceAfter=No" if form.endswith("_") else "_"
        form = form.rstrip("_")
        if form.endswith("+"):
            form = form[:-1]
            fused = form + words[i].split(".")[0].rstrip("_")
            lines.append("\t".join([f"{i}-{i + 1}", fused, *"_" * 7, "_"]))
        tag = "VBG" if form.endswith("ing") else "_"
        lines.append("\t".join([str(i), form, LEMMAS.get(form, form), pos, tag, "_", head, rel, "_", misc]))
    return "\n".join(lines)


def rsd(*units: str) -> str:
    lines = []
    for n, unit in enumerate(units, 1):
        place, words = unit.split(": ", 1)
        depth, parent = place.split(">")
        head, relation = parent.split(".")
        lines.append("\t".join([str(n), words, depth, "_", "_", "_", head, relation, "_", "_"]))
    return "\n".join(lines) + "\n"


def read(trees: str, units: str) -> list[tuple[list[str], list[str], list[str]]]:
    document = gum.document("GUM_news_port", trees, units)
    found = (gum.attribution(document, r) for r in document.relations)
    return [
        tuple([document.text[s:e] for s, e in spans] for spans in (a.source, a.cue, a.content))  # type: ignore[misc]
        for a in found
        if a
    ]


SAID_THAT = (
    conllu(
        "Ana.PROPN.3.nsubj Duarte.PROPN.1.flat said.VERB.0.root that.SCONJ.6.mark it.PRON.6.nsubj "
        "is_.VERB.3.ccomp ..PUNCT.3.punct"
    ),
    rsd("0>2.attribution-positive_r: Ana Duarte said", "0>0.ROOT: that it is ."),
)


def test_the_complementiser_is_content_and_the_full_stop_is_not() -> None:
    assert read(*SAID_THAT) == [(["Ana Duarte"], ["said"], ["that it is"])]


def test_contents_are_known_to_have_all_their_attributions_marked() -> None:
    document = gum.document("GUM_news_port", *SAID_THAT)
    found = gum.attribution(document, document.relations[0])
    assert found is not None
    assert found.known


def test_a_quotation_broken_by_its_speaker_has_two_fragments_without_marks_and_commas() -> None:
    trees = conllu(
        '"_.PUNCT.4.punct Ships.NOUN.4.nsubj may.AUX.4.aux sail_.VERB.0.root ,_.PUNCT.4.punct ".PUNCT.4.punct '
        'she.PRON.8.nsubj said_.VERB.4.parataxis ,.PUNCT.8.punct "_.PUNCT.11.punct soon_.ADV.4.advmod '
        '._.PUNCT.4.punct ".PUNCT.4.punct'
    )
    units = rsd(
        '0>0.ROOT: " Ships may sail , "', "0>1.attribution-positive_r: she said ,", '1>1.same-unit_m: " soon . "'
    )
    assert read(trees, units) == [(["she"], ["said"], ["Ships may sail", "soon"])]


def test_according_to_is_the_cue_and_what_follows_the_source() -> None:
    trees = conllu(
        "According.ADP.4.case to.ADP.1.fixed the.DET.4.det port_.NOUN.7.obl ,.PUNCT.4.punct "
        "ships.NOUN.7.nsubj sail.VERB.0.root"
    )
    units = rsd("0>2.attribution-positive_r: According to the port ,", "0>0.ROOT: ships sail")
    assert read(trees, units) == [(["the port"], ["According to"], ["ships sail"])]


def test_negation_and_its_auxiliary_are_cue_and_words_written_in_one_keep_their_places() -> None:
    trees = conllu(
        "He.PRON.4.nsubj did+.AUX.4.aux n't.PART.4.advmod say.VERB.0.root it.PRON.6.nsubj sailed.VERB.4.ccomp"
    )
    units = rsd("0>2.attribution-negative_r: He did n't say", "0>0.ROOT: it sailed")
    assert read(trees, units) == [(["He"], ["didn't say"], ["it sailed"])]


def test_a_passive_keeps_its_be_and_has_no_source_without_an_agent() -> None:
    trees = conllu("She.PRON.3.nsubj:pass was.AUX.3.aux:pass told.VERB.0.root it.PRON.5.nsubj sailed.VERB.3.ccomp")
    units = rsd("0>2.attribution-positive_r: She was told", "0>0.ROOT: it sailed")
    assert read(trees, units) == [([], ["was told"], ["it sailed"])]


def test_a_second_verb_shares_the_subject_of_the_first() -> None:
    trees = conllu(
        "She.PRON.2.nsubj left.VERB.0.root and.CCONJ.4.cc said.VERB.2.conj it.PRON.6.nsubj sailed.VERB.4.ccomp"
    )
    units = rsd("1>0.ROOT: She left", "0>3.attribution-positive_r: and said", "0>1.joint-list_m: it sailed")
    assert read(trees, units) == [(["She"], ["said"], ["it sailed"])]


def test_a_subject_parted_from_its_verb_is_source_and_no_content() -> None:
    trees = conllu(
        "Records.NOUN.4.nsubj kept.VERB.1.acl there.ADV.2.advmod show.VERB.0.root it.PRON.6.nsubj sailed.VERB.4.ccomp"
    )
    units = rsd(
        "0>0.ROOT: Records",
        "0>1.elaboration-attribute_r: kept there",
        "0>4.attribution-positive_r: show",
        "1>1.same-unit_m: it sailed",
    )
    assert read(trees, units) == [(["Records kept there"], ["show"], ["it sailed"])]


def test_a_quotation_goes_on_to_its_closing_mark_but_indirect_speech_stays_in_its_sentence() -> None:
    units = "1>2.attribution-positive_r: He said :", "0>0.ROOT: {}It sailed", "0>2.joint-list_m: Rain fell{}"
    plain = conllu(
        "He.PRON.2.nsubj said_.VERB.0.root :.PUNCT.2.punct It.PRON.5.nsubj sailed.VERB.2.ccomp",
        "Rain.NOUN.2.nsubj fell.VERB.0.root",
    )
    assert read(plain, rsd(*(u.format("", "") for u in units))) == [(["He"], ["said"], ["It sailed"])]
    quoted = conllu(
        "He.PRON.2.nsubj said_.VERB.0.root :.PUNCT.2.punct “_.PUNCT.6.punct It.PRON.6.nsubj sailed.VERB.2.ccomp"
    )
    quoted += _sentence("Rain.NOUN.2.nsubj fell_.VERB.0.root ”.PUNCT.2.punct").join(("# sent_id = 2\n", "\n"))
    assert read(quoted, rsd(*(u.format("“ ", " ”") for u in units))) == [(["He"], ["said"], ["It sailed Rain fell"])]


def test_credits_of_pictures_and_fillers_are_no_attributions() -> None:
    trees = conllu("Ships.NOUN.0.root", "Ana.PROPN.0.root Duarte.PROPN.1.flat")
    assert read(trees, rsd("0>0.ROOT: Ships", "0>1.attribution-positive_r: Ana Duarte")) == []
    trees = conllu("you.PRON.2.nsubj know_.VERB.5.parataxis ,.PUNCT.2.punct it.PRON.5.nsubj sails.VERB.0.root")
    assert read(trees, rsd("0>2.attribution-positive_r: you know ,", "0>0.ROOT: it sails")) == []


def test_an_attribution_within_a_content_is_kept() -> None:
    trees = conllu(
        "Ana.PROPN.2.nsubj said.VERB.0.root they.PRON.4.nsubj think.VERB.2.ccomp it.PRON.6.nsubj sailed.VERB.4.ccomp"
    )
    units = rsd("1>3.attribution-positive_r: Ana said", "0>3.attribution-positive_r: they think", "0>0.ROOT: it sailed")
    assert read(trees, units) == [
        (["Ana"], ["said"], ["they think it sailed"]),
        (["they"], ["think"], ["it sailed"]),
    ]


def test_units_that_do_not_hold_the_words_are_refused() -> None:
    with pytest.raises(ValueError, match="do not hold"):
        gum.document("GUM_news_port", SAID_THAT[0], rsd("0>0.ROOT: Ana Duarte"))


def test_loading_keeps_to_the_genres_that_may_train_and_to_the_split(tmp_path: Path) -> None:
    (tmp_path / "dep").mkdir()
    (tmp_path / "rst" / "dependencies").mkdir(parents=True)
    (tmp_path / "splits.md").write_text("## dev\n  * GUM_news_held\n## test\n", encoding="utf-8")
    for name in ("GUM_news_one", "GUM_news_held", "GUM_fiction_one"):
        (tmp_path / "dep" / f"{name}.conllu").write_text(SAID_THAT[0], encoding="utf-8")
        (tmp_path / "rst" / "dependencies" / f"{name}.rsd").write_text(SAID_THAT[1], encoding="utf-8")
    assert [a.ident for a in gum.load(tmp_path)] == ["GUM_news_one"]
    assert [a.ident for a in gum.load(tmp_path, dev=True)] == ["GUM_news_held"]


def test_a_statement_counts_against_the_reader_only_where_its_content_has_a_unit_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "dep").mkdir()
    (tmp_path / "rst" / "dependencies").mkdir(parents=True)
    (tmp_path / "dep" / "GUM_news_one.conllu").write_text(SAID_THAT[0], encoding="utf-8")
    (tmp_path / "rst" / "dependencies" / "GUM_news_one.rsd").write_text(SAID_THAT[1], encoding="utf-8")
    labels: tuple[Standing, Stance, Framing] = "person", "affirms", "neutral"
    right = Said(((0, 10),), ((11, 15),), ((16, 26),), "Ana Duarte", "Ana Duarte", 0.9, *labels)
    within = Said((), ((11, 15),), ((0, 10),), "", "", 0.9, *labels)
    wrong = Said((), ((21, 23),), ((0, 10),), "", "", 0.9, *labels)
    monkeypatch.setattr(outside, "statements", lambda texts, _: {name: [right, within, wrong] for name in texts})
    row = outside.measured(tmp_path, tmp_path)["news"]
    assert (row.outside, row.right, row.within) == (2, 1, 1)
    (case,) = row.cases
    assert (case.said, case.source, case.content) == (right, 1.0, 1.0)


def test_a_span_of_basil_that_does_not_hold_its_words_is_refused(tmp_path: Path) -> None:
    for folder in ("articles", "annotations"):
        (tmp_path / folder / "2020").mkdir(parents=True)
    article = {"title": "Ships", "source": "hp", "main-entities": [], "body-paragraphs": [["One.", "“Two,” she said."]]}
    mark = {"id": "p1", "start": 1, "end": 4, "txt": "Two", "quote": "yes", "speaker": "Ana_Duarte"}
    (tmp_path / "articles" / "2020" / "a.json").write_text(json.dumps(article), encoding="utf-8")
    marks = tmp_path / "annotations" / "2020" / "a_ann.json"
    marks.write_text(json.dumps({"phrase-level-annotations": [mark]}), encoding="utf-8")
    (read_article,) = basil.loaded(tmp_path)
    assert read_article.spans == [((13, 16), "Ana_Duarte")]
    marks.write_text(json.dumps({"phrase-level-annotations": [mark | {"start": 2}]}), encoding="utf-8")
    with pytest.raises(ValueError, match="does not hold"):
        list(basil.loaded(tmp_path))

"""The floor under the reading of real pages, where the research corpora lie beside the checkout."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

from inquit.read import read
from inquit.records import Article

SHARED = Path(__file__).parents[2].parent / "shared"
PAGES = SHARED / "data/fundus_pages/tests/resources/parser/test_data"
SCORER = SHARED / "tools/score_pages.py"


@pytest.mark.shared
# The scorer leaves its files to the collector.
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.skipif(not (PAGES.is_dir() and SCORER.is_file()), reason="the saved pages are not beside the checkout")
def test_american_pages_keep_body_date_and_title():
    spec = importlib.util.spec_from_file_location("score_pages", SCORER)
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    body, dates, titles = [], [], []
    for path in sorted(PAGES.glob("us/*.html.gz")):
        versions = list(scorer.versions(str(path.parent), re.split(r"_\d{4}_", path.name)[0]))
        article = next(r for r in read([str(path)]) if isinstance(r, Article))
        words = scorer.bag(article.text.removeprefix(article.title or ""))
        score, best = max(((scorer.f1(words, scorer.bag(v["text"])), n) for n, v in enumerate(versions)))
        body.append(score)
        dates.append((article.published or "")[:10] == versions[best]["date"])
        titles.append(scorer.bag(article.title) == scorer.bag(versions[best]["title"]))
    assert sum(body) / len(body) >= 0.96
    assert sum(dates) / len(dates) >= 0.95
    assert sum(titles) / len(titles) >= 0.75

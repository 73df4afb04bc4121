"""Is a text in another language than English? (py3langid, whose model is loaded with the first question)."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

# Below this many letters a name or a loan word decides more than the language does.
_LEAST_LETTERS = 80
_MOST_LETTERS = 4000
_CONFIDENT = 0.95
_LETTER = re.compile(r"[^\W\d_]")
_EAST_ASIAN = re.compile(r"(?=[\u2e80-\U0010ffff])[^\W\d_]")


def foreign(text: str) -> str | None:
    """ISO 639-1 code of the text's language when it is surely not English; None when English, short or uncertain."""
    head = text[:_MOST_LETTERS]
    # A Chinese character says as much as several Latin letters.
    letters = len(_LETTER.findall(head)) + 3 * len(_EAST_ASIAN.findall(head))
    if letters < _LEAST_LETTERS:
        return None
    code, probability = _identifier().classify(head)
    if code == "en" or probability < _CONFIDENT:
        return None
    return str(code)


@cache
def _identifier() -> Any:  # noqa: ANN401 - the library has no types
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - a model is loaded on its first use

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)

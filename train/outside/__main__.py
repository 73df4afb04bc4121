"""``python -m train.outside gum|basil|hedges|factuality CORPUS --out FOLDER``: figures on another corpus.

The mappings stand in the module of that name. FOLDER gets the texts as they were read, what was read of them, what
is right, and ``cases.jsonl``, one line for everything that was looked for.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import msgspec

from train.outside import basil, factuality, gum, hedges


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(prog="python -m train.outside", description=__doc__)
    parser.add_argument("what", choices=("gum", "basil", "hedges", "factuality"))
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    lines, cases = _measured(given.what, given.corpus, given.out)
    (given.out / "cases.jsonl").write_bytes(b"".join(msgspec.json.encode(c) + b"\n" for c in cases))
    print("\n".join(lines))


def _measured(what: str, corpus: Path, out: Path) -> tuple[list[str], list[dict[str, Any]]]:
    """The lines to print, and everything that was looked for."""
    if what == "gum":
        rows = gum.measured(corpus, out)
        return list(gum.table(rows)), [c._asdict() for row in rows.values() for c in row.cases]
    if what == "hedges":
        sentences = hedges.measured(corpus, out)
        return list(hedges.table(sentences)), [h._asdict() for h in hedges.hedges(sentences)]
    if what == "factuality":
        clauses, events = factuality.measured(corpus), factuality.told(corpus, out)
        lines = [*factuality.table(clauses), "", *factuality.events_table(events)]
        return lines, [c._asdict() for c in (*clauses, *events)]
    spans = basil.measured(corpus, out)
    return list(basil.table(spans)), [c._asdict() for c in spans]


if __name__ == "__main__":
    main()

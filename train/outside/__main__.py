"""``python -m train.outside gum|basil CORPUS --out FOLDER``: the shipped reader's figures on another corpus.

The mappings stand in ``gum.py`` and ``basil.py``. FOLDER gets the texts as they were read, what was read of them, what
is right, and ``cases.jsonl``, one line for everything that was looked for.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import msgspec

from train.outside import basil, gum


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(prog="python -m train.outside", description=__doc__)
    parser.add_argument("what", choices=("gum", "basil"))
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    if given.what == "gum":
        rows = gum.measured(given.corpus, given.out)
        lines, cases = list(gum.table(rows)), [c._asdict() for row in rows.values() for c in row.cases]
    else:
        spans = basil.measured(given.corpus, given.out)
        lines, cases = list(basil.table(spans)), [c._asdict() for c in spans]
    (given.out / "cases.jsonl").write_bytes(b"".join(msgspec.json.encode(c) + b"\n" for c in cases))
    print("\n".join(lines))


if __name__ == "__main__":
    main()

"""Rules COUNT times on articles of the ledger at PATH in the name WHO; says of each ruling that it is filed."""

import sys

from inquit.errors import Conflict
from inquit.keep import Draft, Ledger


def run(path: str, who: str, count: int) -> None:
    with Ledger.open(path, write=True) as ledger:
        articles = [article.id for article in ledger.articles()]
        for number in range(count):
            about = articles[number % len(articles)]
            while True:
                seen = ledger.seen(about)
                try:
                    ruling = ledger.rule(
                        Draft(about=about, says="wrong-outlet", value=f"{who} {number}", who=who), seen=seen
                    )
                except Conflict as conflict:
                    sys.stdout.write(f"conflict {conflict.ruling.id}\n")
                    continue
                break
            sys.stdout.write(f"ruled {ruling.id}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    run(sys.argv[1], sys.argv[2], int(sys.argv[3]))

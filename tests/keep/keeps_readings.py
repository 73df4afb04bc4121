"""Keeps the first COUNT invented readings in the ledger at PATH, and says of each, once it is kept, that it is."""

import sys

from ledger_sample import links, reading

from inquit.keep import Ledger


def run(path: str, count: int) -> None:
    with Ledger.create(path) as ledger:
        for number in range(count):
            found = reading(number)
            if ledger.holds(found.article.id):
                continue
            ledger.keep(found)
            sys.stdout.write(f"{found.article.id}\n")
            sys.stdout.flush()
            if number % 10 == 9:
                ledger.keep_links(*links(ledger.readings()))
        if ledger.links_due():
            ledger.keep_links(*links(ledger.readings()))


if __name__ == "__main__":
    run(sys.argv[1], int(sys.argv[2]))

"""``inquit people``: who may use a ledger's web reader."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import click

from inquit.cli.output import LEDGER
from inquit.errors import UsageError, WorkError
from inquit.keep import Ledger
from inquit.keep.people import ROLES, People

_ROLE = click.Choice(ROLES)


@click.group(short_help="Say who may use the web reader of LEDGER.")
@click.argument("ledger", type=LEDGER)
@click.pass_context
def people(ctx: click.Context, ledger: Path) -> None:
    """Say who may use the web reader of LEDGER: `inquit serve LEDGER --auth`.

    A reader reads, an analyst rules, an admin manages people and withdraws others' rulings. Accounts are in a file
    beside LEDGER, whose name ends in .people. A password is asked for, or read from standard input.

    \b
    inquit people news.db add ana --role admin
    inquit people news.db list
    """
    Ledger.open(ledger).close()
    ctx.obj = ctx.with_resource(People.beside(ledger))


@people.command("list")
@click.pass_obj
def everybody(accounts: People) -> int:
    """List everybody with their role."""
    found = list(accounts.people())
    for person in found:
        click.echo(f"{person.role:<8} {person.name}")
    if not found:
        click.echo("inquit: nobody has an account: `inquit people LEDGER add NAME --role admin` makes one", err=True)
    return 0


@people.command()
@click.argument("name")
@click.option("--role", type=_ROLE, default="reader", help="What they may do: reader (the default), analyst, admin.")
@click.option("--no-password", is_flag=True, help="Only a proxy lets them in: `inquit serve --proxy-header`.")
@click.pass_obj
def add(accounts: People, name: str, *, role: str, no_password: bool) -> int:
    """Add somebody."""
    chosen = next(one for one in ROLES if one == role)
    if accounts.person(name) is not None:
        raise UsageError(f"there is a {name!r} already")
    accounts.add(name, chosen, None if no_password else _asked())
    return 0


@people.command()
@click.argument("name")
@click.pass_obj
def remove(accounts: People, name: str) -> int:
    """Remove somebody."""
    accounts.remove(name)
    return 0


@people.command()
@click.argument("name")
@click.argument("role", type=_ROLE)
@click.pass_obj
def role(accounts: People, name: str, role: str) -> int:
    """Give somebody another role."""
    accounts.set_role(name, next(one for one in ROLES if one == role))
    return 0


@people.command()
@click.argument("name")
@click.pass_obj
def password(accounts: People, name: str) -> int:
    """Give somebody another password; they have to log in again."""
    if accounts.person(name) is None:
        raise UsageError(f"there is no {name!r}")
    accounts.set_password(name, _asked())
    return 0


@people.command(short_help="Print a new key for the API in somebody's name.")
@click.argument("name")
@click.pass_obj
def key(accounts: People, name: str) -> int:
    """Print a new key with which a program may use the API in somebody's name.

    It is sent as the header `Authorization: Bearer KEY`, and ends with another password.
    """
    from inquit.web.accounts import Accounts  # noqa: PLC0415 - needs the extra

    click.echo(Accounts(accounts).key(name))
    return 0


def _asked() -> str:
    """The hash of a password that was typed twice, or of the first line of standard input."""
    hashed = _hasher()
    if sys.stdin.isatty():
        return hashed(click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))
    line = sys.stdin.buffer.readline()
    try:
        return hashed(line.decode().rstrip("\r\n"))
    except UnicodeDecodeError as error:
        raise UsageError("the password on standard input is no UTF-8") from error


def _hasher() -> Callable[[str], str]:
    try:
        from inquit.web.passwords import hashed  # noqa: PLC0415 - needs the extra
    except ImportError as error:
        raise WorkError("passwords need argon2: pip install 'inquit[serve]'") from error
    return hashed

"""``inquit serve``: a ledger in a browser."""

from __future__ import annotations

import ipaddress
import threading
import webbrowser
from importlib import import_module
from pathlib import Path

import click

from inquit.cli.outlets import outlets_option
from inquit.cli.output import LEDGER
from inquit.cli.who import who
from inquit.errors import UsageError, WorkError
from inquit.keep import Ledger
from inquit.link.owners import Outlets

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("ledger", type=LEDGER)
@click.option("--host", default="127.0.0.1", help="The address to answer on; another than this machine's needs --auth.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, help="The port (8000); 0: any that is free.")
@click.option("--auth", is_flag=True, help="People log in; `inquit people` says who.")
@click.option("--proxy-header", metavar="NAME", help="People are named in this header by the proxy of --trust.")
@click.option("--trust", multiple=True, metavar="ADDRESS", help="A proxy with TLS before us, or a network of such.")
@click.option("--certificate", type=FILE, help="Speak TLS, with this certificate (PEM).")
@click.option("--key", type=FILE, help="The certificate's key (PEM).")
@outlets_option
@click.option("--open", "show", is_flag=True, help="Open it in your browser.")
def serve(
    ledger: Path,
    *,
    host: str,
    port: int,
    auth: bool,
    proxy_header: str | None,
    trust: tuple[str, ...],
    certificate: Path | None,
    key: Path | None,
    outlets: Outlets,
    show: bool,
) -> int:
    """Show LEDGER in a browser: read it, rule on it.

    For you alone, on this machine, unless people have accounts. Ctrl-C ends it.

    \b
    inquit serve news.db --open
    inquit people news.db add ana --role admin
    inquit serve news.db --auth --host 0.0.0.0 --certificate cert.pem --key key.pem
    """
    _fit(host, auth=auth, header=proxy_header, trust=trust, tls=(certificate, key))
    _brought_up(ledger)
    _with_extra()
    from inquit.web.access import networks  # noqa: PLC0415 - needs the extra
    from inquit.web.reader import Entrance, reader  # noqa: PLC0415
    from inquit.web.serving import listening, serve  # noqa: PLC0415

    trusted = networks(trust)
    with listening(host, port) as at:
        entrance = Entrance(
            who=who(),
            host=host,
            port=at.getsockname()[1],
            auth=auth,
            header=proxy_header,
            trust=trusted,
            tls=certificate is not None,
        )
        app = reader(ledger, entrance, outlets)
        address = f"{'https' if certificate else 'http'}://{f'[{host}]' if ':' in host else host}:{entrance.port}/"
        click.echo(f"inquit: {ledger} is at {address} (Ctrl-C ends it)", err=True)
        if not (_is_loopback(host) or certificate or trust):
            click.echo(
                "inquit: passwords travel in the clear: give --certificate and --key, or --trust a proxy", err=True
            )
        if show:
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
        serve(app, at, certificate=certificate, key=key)
    return 0


def _fit(
    host: str, *, auth: bool, header: str | None, trust: tuple[str, ...], tls: tuple[Path | None, Path | None]
) -> None:
    """Raise UsageError where the options do not fit together."""
    if not (auth or header or _is_loopback(host)):
        raise UsageError(
            f"{host} may be reached from other machines, so people have to log in: add --auth (`inquit people` makes"
            " accounts), or leave --host out and serve this machine alone"
        )
    if header is not None and not trust:
        raise UsageError("--proxy-header is believed of a proxy only: name its address with --trust")
    if trust and not (auth or header):
        raise UsageError("--trust needs --auth, or --proxy-header NAME")
    if auth and header:
        raise UsageError("people log in (--auth), or a proxy names them (--proxy-header): choose one")
    if (tls[0] is None) != (tls[1] is None):
        raise UsageError("--certificate and --key go together: give both")


def _brought_up(ledger: Path) -> None:
    """Bring an older ledger up; say what is wrong with one before anybody asks for a page."""
    try:
        Ledger.open(ledger, write=True).close()
    except WorkError:
        # One that may only be read can be shown all the same.
        Ledger.open(ledger).close()


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _with_extra() -> None:
    """Raise WorkError where what only the reader needs is not installed."""
    for name in ("litestar", "uvicorn", "jinja2", "argon2"):
        try:
            import_module(name)
        except ImportError as error:
            raise WorkError(f"`inquit serve` needs {name}: pip install 'inquit[serve]'") from error

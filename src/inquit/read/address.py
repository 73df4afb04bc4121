"""Addresses in their normal form."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from inquit.read.trouble import Trouble

# What feeds add to links to count who came by them; the page is the same without.
_COUNTING = re.compile(r"utm_\w+|at_(?:medium|campaign|link_\w+|bbc_team|format|ptr_name)|fbclid|gclid|mc_[ce]id|cmpid")
_LONGEST = 4096


def plain(address: str) -> str:
    """The address in its normal form, without what only counts visitors: one for a page, however one comes to it.

    Raises Trouble as ``normal`` does.
    """
    place, question, query = normal(address).partition("?")
    kept = [part for part in query.split("&") if not _COUNTING.fullmatch(part.partition("=")[0])]
    return place + question + "&".join(kept) if any(kept) else place


def normal(address: str) -> str:
    """The address in its normal form, without fragment.

    Raises Trouble of code address for one that is no http or https address, or that holds a name and password.
    """
    import httpx2  # noqa: PLC0415 - a quarter of a second, for those who name addresses

    try:
        url = httpx2.URL(address.strip())
        host = url.host.rstrip(".")
    except (httpx2.InvalidURL, ValueError) as error:
        raise Trouble("address", f"this is no address: {error}") from error
    if url.scheme not in {"http", "https"} or not host or len(address) > _LONGEST:
        raise Trouble("address", "only addresses of http and https are fetched")
    if url.userinfo:
        raise Trouble("address", "the address holds a user name: those are not sent")
    return str(url.copy_with(fragment=None, host=host))


def site(address: str) -> str:
    """The address's host, without ``www.``; empty where there is none."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def joined(base: str | None, link: str) -> str:
    """The address of a link on the page ``base``; the link itself where that makes none."""
    try:
        return urljoin(base or "", link.strip())
    except ValueError:
        return link

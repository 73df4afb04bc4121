"""Objects of an S3 store: ``s3://bucket/key``, and all below ``s3://bucket/prefix/``.

What is asked with is where the AWS tools have it: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, else
the file ~/.aws/credentials (AWS_SHARED_CREDENTIALS_FILE) with AWS_PROFILE; AWS_REGION; and AWS_ENDPOINT_URL for stores
that are not Amazon's. Without keys nothing is signed, which public buckets take. Requests are signed by AWS Signature
Version 4 (docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html).
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
from collections.abc import Iterator, Mapping
from configparser import ConfigParser
from configparser import Error as ConfigError
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from lxml import etree

from inquit.errors import UsageError
from inquit.read.fetch_exchange import Answer, Line, Unfetched
from inquit.read.ranged import Ask, patient, request
from inquit.read.trouble import Trouble

_EMPTY = hashlib.sha256(b"").hexdigest()
_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
_LIST_MOST = 16 * 2**20
_NAMESPACE = re.compile(r"\{[^}]*\}")


class Keys(NamedTuple):
    """What requests are signed with."""

    access: str
    secret: str
    token: str | None = None


class Stored(NamedTuple):
    """An object: its size in bytes, and what the store marks its present state by."""

    address: str
    size: int
    mark: str


class Store:
    """An S3 store as the environment names it; ``line`` is how connections are made to one that no endpoint names."""

    def __init__(self, line: Line, environment: Mapping[str, str] | None = None) -> None:
        given = os.environ if environment is None else environment
        self._endpoint = (given.get("AWS_ENDPOINT_URL_S3") or given.get("AWS_ENDPOINT_URL") or "").rstrip("/")
        self._region = given.get("AWS_REGION") or given.get("AWS_DEFAULT_REGION") or "us-east-1"
        self._keys = _keys(given)
        # Who names an endpoint wants it asked, wherever it is.
        self._line = line._replace(allowed=lambda _: True) if self._endpoint else line

    def asking(self, address: str) -> Ask:
        """How to ask for parts of an object. Raises UsageError for what is no address of one."""
        bucket, key = parted(address)

        def ask(start: int, past: int) -> Answer:
            return patient(lambda: self._get(bucket, key, {}, {"range": f"bytes={start}-{past - 1}"}))

        return ask

    def below(self, address: str) -> Iterator[Stored]:
        """The objects whose keys begin so, in their order, folders aside; raises Trouble."""
        bucket, prefix = parted(address)
        query = {"list-type": "2", "prefix": prefix}
        while True:
            answer = patient(lambda: self._get(bucket, "", query, {}, _LIST_MOST))  # noqa: B023 - called at once
            if answer.status != 200:
                told = f"the store answers {answer.status}{_reason(answer)}"
                raise Unfetched("fetch-status", told, status=answer.status)
            found = _parsed(answer.body)
            for entry in found.iter("Contents"):
                key = entry.findtext("Key") or ""
                if not key.endswith("/"):
                    size = int(entry.findtext("Size") or 0)
                    yield Stored(f"s3://{bucket}/{key}", size, (entry.findtext("ETag") or "").strip('"'))
            following = found.findtext("NextContinuationToken")
            if found.findtext("IsTruncated") != "true" or not following:
                return
            query = query | {"continuation-token": following}

    def _get(
        self, bucket: str, key: str, query: Mapping[str, str], headers: Mapping[str, str], max_bytes: int | None = None
    ) -> Answer:
        asked = "&".join(f"{_quoted(name)}={_quoted(query[name])}" for name in sorted(query))
        address = f"{self._place(bucket)}/{quote(key, safe='/-_.~')}" + (f"?{asked}" if asked else "")
        sent = dict(headers)
        if self._keys is not None:
            sent |= signed(address, headers, self._keys, self._region, datetime.now(UTC))
        return request(address, self._line, sent, *(() if max_bytes is None else (max_bytes,)))

    def _place(self, bucket: str) -> str:
        if self._endpoint:
            return f"{self._endpoint}/{bucket}"
        # The certificate is for names of one level.
        host = f"s3.{self._region}.amazonaws.com"
        return f"https://{host}/{bucket}" if "." in bucket else f"https://{bucket}.{host}"


def parted(address: str) -> tuple[str, str]:
    """The bucket and key of ``s3://bucket/key``; raises UsageError."""
    bucket, _, key = address.partition("://")[2].partition("/")
    if not _BUCKET.fullmatch(bucket):
        raise UsageError(
            f"{address} is no address of a store: s3://bucket/key, or s3://bucket/prefix/ for all below it"
        )
    return bucket, key


def signed(address: str, headers: Mapping[str, str], keys: Keys, region: str, now: datetime) -> dict[str, str]:
    """The headers that sign a GET of the address with those headers (names in lower case)."""
    parts = urlsplit(address)
    stamp = now.strftime("%Y%m%dT%H%M%SZ")
    added = {"x-amz-content-sha256": _EMPTY, "x-amz-date": stamp}
    if keys.token:
        added["x-amz-security-token"] = keys.token
    covered = {"host": parts.netloc, **headers, **added}
    names = ";".join(sorted(covered))
    lines = "".join(f"{name}:{covered[name].strip()}\n" for name in sorted(covered))
    canonical = f"GET\n{parts.path or '/'}\n{parts.query}\n{lines}\n{names}\n{_EMPTY}"
    scope = f"{stamp[:8]}/{region}/s3/aws4_request"
    text = f"AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    key = f"AWS4{keys.secret}".encode()
    for part in (stamp[:8], region, "s3", "aws4_request", text):
        key = hmac.digest(key, part.encode(), "sha256")
    credential = f"Credential={keys.access}/{scope},SignedHeaders={names},Signature={key.hex()}"
    return added | {"authorization": f"AWS4-HMAC-SHA256 {credential}"}


def _keys(given: Mapping[str, str]) -> Keys | None:
    access, secret = given.get("AWS_ACCESS_KEY_ID"), given.get("AWS_SECRET_ACCESS_KEY")
    if access and secret:
        return Keys(access, secret, given.get("AWS_SESSION_TOKEN"))
    path = given.get("AWS_SHARED_CREDENTIALS_FILE") or str(Path(given.get("HOME", "~")) / ".aws" / "credentials")
    profile = given.get("AWS_PROFILE") or "default"
    file = ConfigParser(interpolation=None)
    try:
        file.read(path, encoding="utf-8")
    except (ConfigError, OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} could not be read ({error}): mend it, or say the keys in the environment") from error
    if not file.has_option(profile, "aws_access_key_id") or not file.has_option(profile, "aws_secret_access_key"):
        return None
    token = file.get(profile, "aws_session_token", fallback=None)
    return Keys(file.get(profile, "aws_access_key_id"), file.get(profile, "aws_secret_access_key"), token)


def _quoted(word: str) -> str:
    return quote(word, safe="-_.~")


def _parsed(body: bytes) -> etree._Element:
    """What the store answers, without the namespace that not every store states; raises Trouble."""
    try:
        found = etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    except etree.XMLSyntaxError as error:
        raise Trouble("fetch-failed", f"the store gave no list of objects: {error}") from error
    for element in found.iter("*"):
        element.tag = _NAMESPACE.sub("", str(element.tag))
    return found


def _reason(answer: Answer) -> str:
    return {403: " (forbidden: see the keys)", 404: " (there is no such bucket or object)"}.get(answer.status, "")

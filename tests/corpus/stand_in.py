"""A web server and S3 store of a test: files in memory, given in ranges, lists in pages, and failures on demand."""

from __future__ import annotations

import hashlib
import hmac
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

SECRET = "invented/secret"  # noqa: S105 - of this stand-in
PAGE = 2


class StandIn:
    """``files`` by path; ``asked`` are the requests; ``failures`` are answered first, a status each.

    ``keyed``: requests must be signed with SECRET. ``ranges`` off: files are given whole, whatever part was asked for.
    """

    def __init__(self):
        self.files: dict[str, bytes] = {}
        self.moved: dict[str, str] = {}
        self.asked: list[tuple[str, str | None]] = []
        self.failures: list[int] = []
        self.keyed = False
        self.ranges = True
        stand_in = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                stand_in.answer(self)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self._thread = threading.Thread(target=self.server.serve_forever, args=(0.02,))

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self._thread.join()
        self.server.server_close()

    def answer(self, request):
        parts = urlsplit(request.path)
        path = unquote(parts.path)
        self.asked.append((path, request.headers.get("range")))
        if self.failures:
            send(request, self.failures.pop(0), b"")
        elif self.keyed and not is_signed(request, parts):
            send(request, 403, b"")
        elif "list-type=2" in parts.query:
            send(request, 200, self.listed(path.strip("/"), parse_qs(parts.query)))
        elif path in self.moved:
            send(request, 302, b"", location=self.moved[path])
        elif path not in self.files:
            send(request, 404, b"")
        else:
            self.give(request, self.files[path])

    def give(self, request, data):
        etag = f'"{hashlib.sha256(data).hexdigest()}"'
        found = re.fullmatch(r"bytes=(\d+)-(\d+)", request.headers.get("range") or "")
        if found is None or not self.ranges:
            send(request, 200, data, etag=etag)
            return
        start, past = int(found[1]), min(int(found[2]) + 1, len(data))
        if start >= len(data):
            send(request, 416, b"", etag=etag)
            return
        extent = {"content-range": f"bytes {start}-{past - 1}/{len(data)}"}
        send(request, 206, data[start:past], etag=etag, **extent)

    def listed(self, bucket, query):
        prefix = f"/{bucket}/" + query.get("prefix", [""])[0]
        keys = sorted(path for path in self.files if path.startswith(prefix))
        start = int(query.get("continuation-token", ["0"])[0])
        more = start + PAGE < len(keys)
        entries = "".join(
            f"<Contents><Key>{escape(key.split('/', 2)[2])}</Key><Size>{len(self.files[key])}</Size>"
            f"<ETag>&quot;{hashlib.sha256(self.files[key]).hexdigest()}&quot;</ETag></Contents>"
            for key in keys[start : start + PAGE]
        )
        following = f"<NextContinuationToken>{start + PAGE}</NextContinuationToken>" if more else ""
        return (
            '<?xml version="1.0"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">'
            f"<IsTruncated>{str(more).lower()}</IsTruncated>{entries}{following}</ListBucketResult>"
        ).encode()


def send(request, status, body, **headers):
    request.send_response(status)
    for name, value in headers.items():
        request.send_header(name, value)
    request.send_header("content-length", str(len(body)))
    request.end_headers()
    request.wfile.write(body)


def is_signed(request, parts) -> bool:
    """Whether the request is signed with SECRET, reckoned from what arrived."""
    found = re.fullmatch(
        r"AWS4-HMAC-SHA256 Credential=\w+/(\d+)/([\w-]+)/s3/aws4_request,SignedHeaders=([\w;-]+),Signature=(\w+)",
        request.headers.get("authorization") or "",
    )
    if found is None:
        return False
    day, region, names, signature = found.groups()
    lines = "".join(f"{name}:{request.headers[name]}\n" for name in names.split(";"))
    empty = hashlib.sha256(b"").hexdigest()
    canonical = "\n".join(("GET", parts.path, parts.query, lines, names, empty))
    scope = f"{day}/{region}/s3/aws4_request"
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    text = "\n".join(("AWS4-HMAC-SHA256", request.headers["x-amz-date"], scope, digest))
    key = f"AWS4{SECRET}".encode()
    for part in (day, region, "s3", "aws4_request"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest() == signature

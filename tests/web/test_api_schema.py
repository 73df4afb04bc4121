"""The API against its own description: no answer that it does not describe, and no failure of ours."""

from __future__ import annotations

from contextlib import suppress

import pytest
from desk import ledger
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis comes with the extra test")
checks = pytest.importorskip("schemathesis.specs.openapi.checks")
reader = pytest.importorskip("inquit.web.reader", reason="the reader comes with the extra serve")

_CHECKS = [
    schemathesis.checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
]
_SETTINGS = settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def schema(tmp_path_factory: pytest.TempPathFactory) -> object:
    path = ledger(tmp_path_factory.mktemp("api") / "news.db", 30)
    app = reader.reader(path, reader.Entrance(who="Ana Duarte", host="testserver"))
    return schemathesis.openapi.from_asgi("/api/openapi.json", app)


def test_every_answer_to_what_is_asked_well_is_described(schema: object) -> None:
    tried = {f"{one.method.upper()} {one.path}" for one in _operations(schema)}
    assert {"GET /api/claims", "GET /api/articles/{ident}", "POST /api/read"} <= tried
    for operation in _operations(schema):
        _try(operation, schemathesis.GenerationMode.POSITIVE)


def test_what_is_asked_wrongly_is_refused_as_described(schema: object) -> None:
    tried = 0
    for operation in _operations(schema):
        # Nothing wrong can be made up where there are no parameters.
        with suppress(Unsatisfiable):
            _try(operation, schemathesis.GenerationMode.NEGATIVE)
            tried += 1
    assert tried > 8


def _operations(schema: object) -> list[object]:
    return [found.ok() for found in schema.get_all_operations()]


def _try(operation: object, mode: object) -> None:
    @_SETTINGS
    @given(case=operation.as_strategy(generation_mode=mode))
    def answered(case: object) -> None:
        case.call_and_validate(checks=_CHECKS)

    answered()

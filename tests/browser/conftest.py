from __future__ import annotations

from importlib import import_module

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The browser's driver keeps an event loop running, so tests that run one of their own come before."""
    items.sort(key=lambda item: "tests/browser/" in item.path.as_posix())


@pytest.fixture(scope="session")
def browsing():
    """The module of that name, which skips where there is nothing to browse with: no conftest may."""
    return import_module("browsing")


@pytest.fixture(scope="session")
def browser(browsing):
    with browsing.chromium() as found:
        yield found


@pytest.fixture(scope="session")
def story(browsing, tmp_path_factory):
    return browsing.story_at(tmp_path_factory.mktemp("story") / "story.db")


@pytest.fixture(scope="session")
def reader(browsing, story):
    """The address of a reader over the story that nobody rules on."""
    with browsing.serving(story.path) as address:
        yield address


@pytest.fixture
def desk(browsing, story, tmp_path):
    """The address of a reader over a ledger of the test's own."""
    with browsing.serving(story.copied(tmp_path)) as address:
        yield address


@pytest.fixture
def tab(browsing, browser):
    """Makes tabs: ``tab(address, size, **context)``. When the test ends nothing may have gone wrong in any of them."""
    tabs = []

    def made(address, *size, **context):
        tabs.append(browsing.Tab(browser, address, *size, **context))
        return tabs[-1]

    yield made
    troubles = [trouble for one in tabs for trouble in one.troubles()]
    for one in tabs:
        one.close()
    assert troubles == []

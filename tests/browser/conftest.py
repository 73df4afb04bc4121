from __future__ import annotations

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The browser's driver keeps an event loop running, so tests that run one of their own come before."""
    items.sort(key=lambda item: "tests/browser/" in item.path.as_posix())


@pytest.fixture(scope="session")
def browser():
    from browsing import chromium

    with chromium() as found:
        yield found


@pytest.fixture(scope="session")
def story(tmp_path_factory):
    from browsing import story_at

    return story_at(tmp_path_factory.mktemp("story") / "story.db")


@pytest.fixture(scope="session")
def reader(story):
    """The address of a reader over the story that nobody rules on."""
    from browsing import serving

    with serving(story.path) as address:
        yield address


@pytest.fixture
def desk(story, tmp_path):
    """The address of a reader over a ledger of the test's own."""
    from browsing import serving

    with serving(story.copied(tmp_path)) as address:
        yield address


@pytest.fixture
def tab(browser, request):
    """Makes tabs: ``tab(address, size, **context)``. When the test ends nothing may have gone wrong in any of them."""
    from browsing import Tab

    tabs = []

    def made(address, *size, **context):
        tabs.append(Tab(browser, address, *size, **context))
        return tabs[-1]

    yield made
    troubles = [trouble for one in tabs for trouble in one.troubles()]
    for one in tabs:
        one.close()
    assert troubles == []

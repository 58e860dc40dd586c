"""One article for the tests of reviewing."""

import pytest
from reviewing_steps import TEXT

from annotator.services import articles


@pytest.fixture
def article(project):
    return articles.add(project, actor="Zoe", raw=TEXT).id

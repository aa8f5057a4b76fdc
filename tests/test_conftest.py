"""The rule for tests that need a Debian package."""

from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

CONFTEST = Path(__file__).with_name("conftest.py")
TESTS = """
import pytest

@pytest.mark.needs_debian("no-such-program", "no-such-package")
def test_without(): pass

@pytest.mark.needs_debian("sh", "dash")
def test_with(): pass
"""


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    pytester.makeconftest(CONFTEST.read_text(encoding="utf-8"))
    pytester.makeini("[pytest]\nmarkers = needs_debian: as in the project")
    pytester.makepyfile(TESTS)
    return pytester


def test_without_the_program_a_test_is_skipped_with_the_name_of_the_package(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)
    result = project.runpytest("-rs")
    result.assert_outcomes(passed=1, skipped=1)
    result.stdout.fnmatch_lines(["*apt-get install no-such-package*"])


def test_in_ci_the_same_is_a_failure(project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    result = project.runpytest()
    result.assert_outcomes(passed=1, errors=1)

"""`pytest -m ch05` finds all that concerns chapter 5, and nothing of another chapter."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
FILES = ["tests/classroom/test_exercises_mutants.py", "tests/book/test_schema.py"]
FILES += [f"tests/book/test_claims_{name}.py" for name in ("05_loss", "06_gradient_descent")]


def found(marker):
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider", "-m", marker, *FILES]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8").stdout
    return [line for line in listed.splitlines() if "::" in line]


def test_a_chapter_s_tests_are_found_by_its_number():
    tests = found("ch05")
    for part in ("test_claims_05_loss.py", "[05_loss]", "[cross_entropy]"):
        assert any(part in test for test in tests), part
    assert not [test for test in tests if "[relu]" in test or "test_claims_06" in test or "[06_" in test]

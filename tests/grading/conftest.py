"""What the tests of grading share; they need bubblewrap, and fail where there is none."""

import shutil

import pytest
from classes import CHAPTER

from grading import one
from grading.sandbox import LIMITS

QUICK = LIMITS | {"seconds": 2, "memory": 2**29}  # for what never ends


@pytest.fixture(scope="session", autouse=True)
def bubblewrap():
    assert shutil.which("bwrap"), "grading is tested in bubblewrap: apt-get install bubblewrap"


@pytest.fixture
def grade():
    def grade(data, student="ada", chapter=CHAPTER, limits=LIMITS, **options):
        return one.grade(data, student, chapter, limits=limits, **options)

    return grade

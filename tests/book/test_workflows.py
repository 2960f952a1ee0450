"""What runs elsewhere can't be tried here, so its parts are looked at: every command exists, every action is pinned."""

import re
import tomllib
from pathlib import Path

import book_launch
import pytest
import yaml

ROOT = Path(__file__).parents[2]
WORKFLOWS = {path.stem: path for path in sorted(ROOT.glob(".github/workflows/*.yml"))}
PINNED = re.compile(r"actions/[\w-]+@[0-9a-f]{40}")
COMMAND = re.compile(r"\bmake ((?:[a-z-]+ ?)+)|\bpython (tools/\w+\.py)(?: ([a-z]+))?|(?<!\S)(\.ci/\w+)")


def read(path):
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def steps(workflow):
    """(job, step) of a workflow, once for each value of its matrix that a step's command names."""
    for job in workflow["jobs"].values():
        for step in job["steps"]:
            names = re.findall(r"\$\{\{ matrix\.(\w+) \}\}", step.get("run", ""))
            values = job["strategy"]["matrix"][names[0]] if names else [""]
            for value in values:
                run = re.sub(r"\$\{\{ matrix\.\w+ \}\}", str(value), step.get("run", ""))
                yield job, step | ({"run": run} if run else {})


def targets():
    return set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))


def missing(run):
    """What a command calls and this repository has not."""
    for made, tool, word, script in COMMAND.findall(run):
        yield from (f"make {target}" for target in made.split() if target not in targets())
        for name in filter(None, (tool, script)):
            if not (ROOT / name).is_file():
                yield name
            elif word and f'"{word}"' not in (ROOT / name).read_text(encoding="utf-8"):
                yield f"{name} {word}"


@pytest.fixture(params=WORKFLOWS)
def workflow(request):
    return read(WORKFLOWS[request.param])


def test_all_four_are_there():
    assert set(WORKFLOWS) >= {"check", "pages", "weekly", "release"}


def test_every_command_exists(workflow):
    runs = [step["run"] for _, step in steps(workflow) if "run" in step]
    assert [lack for run in runs for lack in missing(run)] == []


@pytest.mark.parametrize("run", ["make nothing", "make html nothing", "python tools/nothing.py", ".ci/nothing"])
def test_a_command_that_does_not_exist_is_found(run):
    assert len(list(missing(run))) == 1


def test_a_tool_is_asked_for_what_it_can_do():
    assert list(missing("python tools/release.py publish x")) == ["tools/release.py publish"]


def test_actions_are_pinned_to_a_commit(workflow):
    used = [step["uses"] for _, step in steps(workflow) if "uses" in step]
    assert used and [name for name in used if not PINNED.fullmatch(name)] == []


def test_a_job_may_no_more_than_it_needs(workflow):
    """Reading is what all may; what a job may write, it says itself; and no job runs for ever."""
    assert workflow["permissions"] == {"contents": "read"}
    for name, job in workflow["jobs"].items():
        assert "timeout-minutes" in job, name
        writes = [scope for scope, right in job.get("permissions", {}).items() if right == "write"]
        runs_the_book = any(re.search(r"\bmake\b|tools/|\.ci/", step.get("run", "")) for step in job["steps"])
        assert not (writes and runs_the_book), f"{name} may write, and runs more than it needs for that"


def test_the_branch_that_the_buttons_open_is_the_one_that_is_kept():
    pages = read(WORKFLOWS["pages"])["jobs"]
    kept = " ".join(step.get("run", "") for step in pages["notebooks"]["steps"])
    assert f"git init -q -b {book_launch.BRANCH}\n" in kept and f'.git" {book_launch.BRANCH}\n' in kept
    assert "notebooks" in pages["deploy"]["needs"]


def test_every_promised_python_is_tested():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    matrix = read(WORKFLOWS["check"])["jobs"]["pythons"]["strategy"]["matrix"]
    assert settings["project"]["requires-python"] == f">={matrix['python'][0]}"
    assert set(matrix["system"]) == {"ubuntu", "macos", "windows"}
    lock = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()[1]
    assert f"Python {matrix['python'][0]} to {matrix['python'][-1]}" in lock


def test_the_oracle_may_not_be_skipped_there():
    """`.ci/run` says that it is CI, and then no oracle and no browser may be missing."""
    runs = " ".join(step.get("run", "") for _, step in steps(read(WORKFLOWS["check"])))
    assert ".ci/run" in runs
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "export CI=true" in script and script.index("oracle") < script.index("make test")

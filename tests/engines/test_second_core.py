"""What a second core works out ahead is what would have been worked out without it."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="no other system lets a process be copied safely")

_BEGIN = """
import logging, os, sys, time
from handrail.engines import second_core
os.sched_getaffinity = lambda _: {0, 1}
HERE = os.getpid()

def come(ahead, number):
    # Nobody who uses it waits; here it is to be seen what comes.
    for _ in range(1000):
        ahead._receive()
        if number in ahead._results:
            break
        time.sleep(0.01)
    return ahead.take(number)
"""


def run(program: str) -> list[str]:
    """Run some lines in a process of their own, which has no other threads, and return what it printed."""
    done = subprocess.run([sys.executable, "-c", _BEGIN + program], capture_output=True, text=True, check=True)
    assert not done.stderr
    return done.stdout.splitlines()


def test_the_last_tasks_come_first_and_from_another_process() -> None:
    found = run("""
assert second_core.has_second_core()
ahead = second_core.Ahead(list("abcd"), lambda task: (task * 2, os.getpid()))
for number in (3, 2, 1):
    text, by = come(ahead, number)
    print(text, by != HERE)
print(ahead.take(0))
ahead.end()
ahead.end()
""")
    assert found == ["dd True", "cc True", "bb True", "None"]


def test_what_says_anything_or_can_not_be_sent_is_left_to_this_process() -> None:
    found = run("""
logging.basicConfig(level=logging.INFO)
logging.getLogger("mkdocs").addHandler(logging.StreamHandler())

def work(task):
    if task == "logs":
        logging.getLogger("mkdocs.structure").warning("A dead link")
    if task == "prints":
        print("Something")
    if task == "whispers":
        logging.getLogger("mkdocs").debug("nothing of note")
    return (lambda: None) if task == "can't be sent" else task

tasks = ["first", "last to be done", "logs", "prints", "can't be sent", "nothing", "whispers", "quiet"]
ahead = second_core.Ahead(tasks, lambda task: None if task == "nothing" else work(task))
print(come(ahead, 1))
for number in range(2, 8):
    print(ahead.take(number))
""")
    assert found == ["last to be done", "None", "None", "None", "None", "whispers", "quiet"]


def test_it_stops_where_this_process_is_and_goes_with_it() -> None:
    found = run("""
def work(task):
    time.sleep(0.05 if task else 0)
    return task

ahead = second_core.Ahead(list(range(1000)), work)
ahead.take(998)
come(ahead, 999)
assert os.waitpid(ahead._child, 0)[1] == 0
ahead._child = 0
busy = second_core.Ahead([1, 2, 3], lambda task: time.sleep(600))
started = time.monotonic()
child = busy._child
busy.end()
try:
    os.kill(child, 0)
except ProcessLookupError:
    print("gone")
""")
    assert found == ["gone"]


def test_results_larger_than_what_a_pipe_holds_come_whole() -> None:
    found = run("""
ahead = second_core.Ahead([0, 1, 2], lambda task: str(task) * 5_000_000)
print([come(ahead, number) == str(number) * 5_000_000 for number in (2, 1)])
""")
    assert found == ["[True, True]"]


def test_a_task_that_fails_is_left_to_this_process_too() -> None:
    found = run("""
ahead = second_core.Ahead([0, 1, 2, 3], lambda task: 6 // (task - 2))
print(come(ahead, 1), ahead.take(2), ahead.take(3))
""")
    assert found == ["-6 None 6"]

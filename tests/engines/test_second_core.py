"""What a second core works out ahead is what would have been worked out without it."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="no other system lets a process be copied safely")

_BEGIN = """
import logging, mmap, os, sys, time
from handrail.engines import second_core
os.sched_getaffinity = lambda _: {0, 1}
HERE = os.getpid()
ENDED = os.WEXITED | os.WNOWAIT | os.WNOHANG
second_core._STRIDE = 1  # all but the first are done in the copy

def taken(ahead, count):
    # Nobody who uses it waits until the copy has begun a task; here it is to be seen what comes.
    for number in range(1, count):
        begun(ahead, number)
        yield ahead.take(number)

def begun(ahead, number):
    while ahead._child and not ahead._shared.is_claimed(number) and os.waitid(os.P_PID, ahead._child, ENDED) is None:
        time.sleep(0.001)
"""


def run(program: str) -> list[str]:
    """Run some lines in a process of their own, which has no other threads, and return what it printed."""
    done = subprocess.run([sys.executable, "-c", _BEGIN + program], capture_output=True, text=True, check=True)
    assert not done.stderr
    return done.stdout.splitlines()


def test_tasks_are_done_in_another_process() -> None:
    found = run("""
assert second_core.has_second_core()
ahead = second_core.Ahead(list("abcd"), lambda task: (task * 2, os.getpid()))
print(ahead.take(0))
for text, by in taken(ahead, 4):
    print(text, by != HERE)
ahead.end()
ahead.end()
print(ahead.take(3))
""")
    assert found == ["None", "bb True", "cc True", "dd True", "None"]


def test_the_copy_leaves_every_other_task_to_this_process() -> None:
    found = run("""
second_core._STRIDE = 2
ahead = second_core.Ahead(list(range(8)), lambda task: task)
os.waitid(os.P_PID, ahead._child, os.WEXITED | os.WNOWAIT)
print([ahead.take(number) for number in range(8)])
""")
    assert found == ["[None, 1, None, 3, None, 5, None, 7]"]


def test_the_copy_goes_on_ahead_of_this_process() -> None:
    found = run("""
second_core._STRIDE = 2
gate = mmap.mmap(-1, 1)

def work(task):
    while task == 1 and not gate[0]:
        time.sleep(0.001)
    return task

ahead = second_core.Ahead(list(range(1000)), work)
begun(ahead, 1)
ahead._shared.position = 900
gate[0] = 1
begun(ahead, 901)
begun(ahead, 903)
print(ahead._shared.is_claimed(3), ahead.take(901), ahead.take(902), ahead.take(903))
""")
    assert found == ["False 901 None 903"]


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
    if task == "fails":
        raise ValueError(task)
    return (lambda: None) if task == "can't be sent" else None if task == "nothing" else task

tasks = ["first", "logs", "prints", "can't be sent", "nothing", "fails", "whispers", "quiet"]
print(list(taken(second_core.Ahead(tasks, work), len(tasks))))
""")
    assert found == ["[None, None, None, None, None, 'whispers', 'quiet']"]


def test_the_copy_gets_no_further_ahead_than_a_pipe_holds() -> None:
    found = run("""
ahead = second_core.Ahead(list(range(100)), lambda task: str(task) * 200_000)
begun(ahead, 1)
print(ahead._shared.is_claimed(1), ahead._shared.is_claimed(40))
print([text == str(number) * 200_000 for number, text in enumerate(taken(ahead, 100), 1)].count(True))
""")
    assert found == ["True False", "99"]


def test_this_process_does_the_rest_where_the_copy_is_gone() -> None:
    found = run("""
ahead = second_core.Ahead(list(range(9)), lambda task: os._exit(1) if task == 3 else task)
print(list(taken(ahead, 9)))
""")
    assert found == ["[1, 2, None, None, None, None, None, None]"]


def test_a_copy_that_is_stuck_is_given_up() -> None:
    found = run("""
second_core._PATIENCE = 0.05
ahead = second_core.Ahead(list(range(9)), lambda task: time.sleep(600) if task == 3 else task)
child = ahead._child
begun(ahead, 3)
print([ahead.take(number) for number in range(9)])
try:
    os.kill(child, 0)
except ProcessLookupError:
    print("gone")
""")
    assert found == ["[None, 1, 2, None, None, None, None, None, None]", "gone"]


def test_the_copy_lets_go_of_what_only_refers_to_itself() -> None:
    found = run("""
import gc

class Ring:
    def __init__(self):
        self.me = self

def work(task):
    for _ in range(2000):
        Ring()
    return sum(isinstance(one, Ring) for one in gc.get_objects())

ahead = second_core.Ahead(range(20), work)
print(max(taken(ahead, 20)) < 10_000)
ahead.end()
""")
    assert found == ["True"]

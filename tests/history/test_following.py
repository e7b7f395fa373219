"""However pages are written, moved and deleted, each keeps all that it ever held."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from handrail.history.repository import Commit, _by_page, _commits, _Entry

PATHS = ("a.md", "b.md", "c.md", "d.md")
WRITE_A, WRITE_C, A_TO_B, A_TO_C, C_TO_A = (
    [("a.md", "a.md")], [("c.md", "c.md")], [("a.md", "b.md")], [("a.md", "c.md")], [("c.md", "a.md")],
)  # fmt: skip
TAKEN = [WRITE_A, WRITE_C, A_TO_B, C_TO_A, WRITE_A]
TWICE = [WRITE_A, A_TO_C, WRITE_A, A_TO_B]
STEPS = st.lists(st.lists(st.tuples(st.sampled_from(PATHS), st.sampled_from(PATHS)), max_size=4), max_size=12)


def play(steps: list[list[tuple[str, str]]]) -> tuple[list[tuple[Commit, list[_Entry]]], dict[str, list[str]]]:
    """Write (a path twice), move or delete (where the target is taken) pages; return commits and each page's contents.

    Within a commit no path is touched twice, as git has it.
    """
    pages: dict[str, list[str]] = {}
    commits = []
    for number, step in enumerate(steps):
        entries: list[_Entry] = []
        touched: set[str] = set()
        for source, target in step:
            if {source, target} & touched:
                continue
            touched |= {source, target}
            blob, path = f"{number}-{target}", target.encode()
            if source == target:
                entries.append(_Entry(path, b"", blob, wrote=True, begins=target not in pages))
                pages.setdefault(target, []).append(blob)
            elif source in pages and target in pages:
                entries.append(_Entry(path, b"", "", wrote=False, begins=False))
                del pages[target]
            elif source in pages:
                entries.append(_Entry(path, source.encode(), blob, wrote=True, begins=False))
                pages[target] = [*pages.pop(source), blob]
        commits.append((Commit(f"{number}", date(2026, 1, 1) + timedelta(days=number), ()), entries))
    return commits[::-1], pages


@given(STEPS)
@example(TAKEN)
@example(TWICE)
def test_every_page_keeps_all_its_contents_in_their_order(steps: list[list[tuple[str, str]]]) -> None:
    commits, pages = play(steps)
    found, _ = _by_page(commits, b"")
    for path, contents in pages.items():
        blobs = [revision.blob for revision in found[path]]
        assert blobs[0] == contents[-1]
        assert [blob for blob in blobs if blob in contents] == contents[::-1]
        numbers = [int(revision.commit.id) for revision in found[path]]
        assert numbers == sorted(numbers, reverse=True)


@given(STEPS)
@example(TAKEN)
@example(TWICE)
def test_no_content_belongs_to_two_pages(steps: list[list[tuple[str, str]]]) -> None:
    found, _ = _by_page(play(steps)[0], b"")
    blobs = [revision.blob for revisions in found.values() for revision in revisions]
    assert len(blobs) == len(set(blobs))


PARTS = [
    b":100644 100644 a b M",
    b":1",
    b":",
    b"::",
    b"x.md",
    b"",
    b"a\nb\nc",
    b"id\n2026-01-01\n\nL\nl@example.org",
    b"\xff",
]


@given(st.lists(st.sampled_from(PARTS)))
def test_an_answer_that_makes_no_sense_is_refused_in_one_way(parts: list[bytes]) -> None:
    # Anything but a ValueError would get through to the one who asked.
    with suppress(ValueError):
        _by_page(_commits(b"\0".join(parts)), b"")

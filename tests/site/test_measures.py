"""The measures as leaders read them."""

from __future__ import annotations

from pathlib import Path

from handrail.measures.scorecard import SEVEN
from handrail.site.measures import measures
from handrail.site.views import Measured, View
from tests.engines.drawn import BASE, sop
from tests.site.views import handbook_of, html, plain, shown

HERE = "handbook/scorecard/"


def read(folder: Path, files: dict[str, str], audience: str = "public") -> dict[str, Measured]:
    sections = measures(shown(handbook_of(folder, files), audience), HERE)  # type: ignore[arg-type]
    return {one.question.text: one for section in sections for one in section.measures}


FILES = {
    **BASE,
    **{f"content/{name}.md": sop(name, vpmom="", serves="") for name in ("a", "b", "c", "d")},
    "content/stub.md": sop("later", "", state="stub", sign_offs=""),
    "content/secret.md": sop("secret", vpmom="", serves="", visibility="internal"),
}


def test_a_measure_says_how_it_stands_and_what_keeps_it_from_its_target(tmp_path: Path) -> None:
    found = read(tmp_path, FILES)
    tied = found["Does each procedure serve a plan?"]
    assert (tied.verdict, tied.state, tied.value) == ("Under target.", "under", "1 of 5")
    assert tied.small == "20\u00a0%, target 100 %"
    assert plain(tied.words) == "Not among them: A, B, C and 1 more."
    assert tied.question.url == "../measures/sops-tied/"
    signed = found["Have those who must signed each procedure lately?"]
    assert (signed.verdict, signed.state, signed.value) == ("On target.", "signed", "5 of 5")
    known = found["Which procedures do we know of and have not written?"]
    assert (known.verdict, known.value, known.small) == ("Over target.", "1", "target 0")
    assert plain(known.words) == "Later."


def test_what_is_not_known_is_said_with_what_to_do(tmp_path: Path) -> None:
    tied = read(tmp_path, {"content/index.md": "# Welcome\n"})["Does each procedure serve a plan?"]
    assert (tied.state, tied.verdict, tied.value) == ("unknown", "", "Unknown")
    assert tied.small == "target 100 %"
    assert plain(tied.words).startswith("No procedure is in use. Set")


def test_the_measures_by_which_a_handbook_is_judged_come_first(tmp_path: Path) -> None:
    sections = tuple(measures(shown(handbook_of(tmp_path, FILES)), HERE))
    names = [[one.question.url.split("/")[-2] for one in section.measures] for section in sections]
    assert [name for name in SEVEN if name in names[0]] == names[0]
    assert set(names[1]).isdisjoint(SEVEN)
    markup = html(View(sections=sections))
    assert "secret" not in markup.lower()
    assert markup.count('class="hr-measure"') == sum(map(len, names))

"""The page with the ten questions: each with its answer in words, and nothing of what may not be seen."""

from __future__ import annotations

from handrail.model.generated import Made
from handrail.pages.audience import Link
from handrail.pages.generated.doctor import doctor_page
from tests.measures.test_doctor import WHOLE
from tests.model.building import document, handbook
from tests.pages.views import html, shown


def test_each_question_has_its_answer_in_words() -> None:
    view = doctor_page(shown(handbook(WHOLE)))
    questions = [section for section in view.sections if section.anchor.startswith("question-")]
    assert [section.title.partition(".")[0] for section in questions] == [str(number) for number in range(1, 11)]
    first = questions[0]
    assert (first.words, first.trust) == (("Yes. 3 objectives are open.",), "signed")
    named = [part.text for row in first.rows for part in row.words if isinstance(part, Link)]
    assert len(named) == 3
    assert "<code>" not in html(view)


def test_no_title_stands_there_that_may_not_be_seen() -> None:
    hidden = WHOLE["goal-1.md"].replace("visibility: public", "visibility: internal").replace("A page", "Buy the rival")
    markup = html(doctor_page(shown(handbook(WHOLE | {"goal-1.md": hidden}))))
    assert "2 objectives are open" in markup
    assert "rival" not in markup


def test_it_is_there_only_with_a_goal_or_a_process() -> None:
    assert Made.DOCTOR in shown(handbook(WHOLE)).made
    assert Made.DOCTOR not in shown(handbook({"a.md": document("sop", "a", "state: active")})).made

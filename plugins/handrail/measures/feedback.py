"""The measures of what people say who use the procedures: how few runs go wrong, and whether they would recommend them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from math import ceil, floor
from urllib.parse import urlsplit

from handrail.measures.experience import ENOUGH_RUNS, Experience
from handrail.measures.intervals import adjusted_wald
from handrail.measures.leads import to_made, to_settings
from handrail.measures.measure import Compare, Counted, Kind, Measure, Named, Target, Unknown
from handrail.measures.procedures import none_active
from handrail.measures.scope import Scope, is_used
from handrail.measures.targets import target_of
from handrail.measures.unreadable import not_readable, unreadable
from handrail.model.generated import Made
from handrail.model.page import Page
from handrail.model.record_rows import RUNS, SURVEY, RecordFile
from handrail.words.language import capital, count_of, in_words

ENOUGH_SCORES = 20
"""From so many scores on it is known whether people would recommend the procedures."""
_SILENT = timedelta(days=35)
"""Where no issue has brought anything for longer, nobody knows whether they are still collected."""
_PROMOTES, _DETRACTS = 9, 6
ERRORS = Named("sop-errors", "Few runs go wrong", "Does a procedure work when people follow it?")
NPS = Named("sop-nps", "Would be recommended", "Would those who use the procedures recommend them?")


def errors(scope: Scope) -> Measure:
    """Measure how many procedures in use go wrong in fewer runs than the limit, of those of which enough runs are on record."""
    limit = target_of(scope, ERRORS.name, "under 5 %", is_down=True)
    known = [one for one in (_run(scope, page, limit) for page in _tried(scope)) if one.counts is not None]
    return Measure(
        *ERRORS,
        Kind.SHARE,
        sum(one.counts is True for one in known),
        len(known),
        _all_of(limit) if limit is not None else None,
        scope.told(_runs(scope, limit)),
        unknown=_unknown_errors(scope, limit, len(known)),
        counts=f"Procedures in use of whose text as it stands {ENOUGH_RUNS} or more runs of twelve months are on record, and of which "
        "fewer went wrong or were stopped than the limit allows, of all with so many runs.",
    )


def _tried(scope: Scope) -> Mapping[Page, Experience]:
    """Return what people found with the procedures in use of which a run or a score is on record."""
    pages = dict.fromkeys((*scope.records.runs, *scope.records.survey))
    return {page: scope.experiences.of(page) for page in pages if page in scope.pages and is_used(page)}


def _all_of(limit: Target) -> Target:
    """Return the target of the measure: that all procedures keep to the limit that a plan sets."""
    if limit.value is None:
        return limit
    said = limit.said if not limit.said[:1].isdigit() else f"{limit.compare.value} {limit.said}"
    return replace(limit, said=f"all {said}", value=100, compare=Compare.AT_LEAST)


def _runs(scope: Scope, limit: Target | None) -> Iterator[Counted]:
    for page in scope.procedures:
        yield _run(scope, page, limit)


def _run(scope: Scope, page: Page, limit: Target | None) -> Counted:
    if unreadable(scope, RUNS) is not None:
        return Counted(page, not_readable(RUNS), None)
    found = scope.experiences.of(page)
    rate = found.rate
    if found.untraced_runs:
        return Counted(page, _untraced(found.untraced_runs, "run", "this one"), None)
    if not rate.is_known or limit is None or limit.value is None:
        return Counted(page, _too_few(rate.runs) + _apart(scope, found.public.runs), None)
    return Counted(page, _told(scope, page, found), limit.compare.holds(rate.failed * 100 / rate.runs, limit.value))


def _too_few(runs: int) -> str:
    return f"{count_of(runs, 'run')} on record, of {ENOUGH_RUNS} that are needed" if runs else "no run on record"


def _untraced(number: int, noun: str, text: str) -> str:
    names, are = ("names", "is") if number == 1 else ("name", "are")
    return f"it can't be told here whether {count_of(number, noun)} on record that {names} no text {are} of {text}"


def _apart(scope: Scope, public: int) -> str:
    """Return how many the public told that are counted apart; nothing where there are none, or they count."""
    counts = scope.handbook.settings.feedback_counts == "anyone"
    number = "one" if public == 1 else f"{public:,}"
    return f"; {number} of the public, counted apart" if public and not counts else ""


def _told(scope: Scope, page: Page, found: Experience) -> str:
    rate = found.rate
    low, high = rate.interval or (0, 100)
    words = f"{rate.failed} of {rate.runs} runs went wrong or were stopped: {rate.per_cent} %, most likely between {low} and {high} %"
    for step in found.steps[:1]:
        words += f"; {step.failures} of them at “{scope.steps.name(page, step.number)}”"
    if found.earlier is not None:
        words += f"; {found.earlier.per_cent} % with the text before"
    return words + _apart(scope, found.public.runs)


def _unknown_errors(scope: Scope, limit: Target | None, known: int) -> Unknown | None:
    used = scope.number_used
    if (nothing := _nothing_to_go_by(scope, RUNS)) is not None:
        return nothing
    if limit is not None and limit.value is None and limit.source is not None:
        why = f"{limit.source.title} sets the limit “{limit.said}”, which is no number."
        return Unknown(why, "Write the limit as `under 5 %`.", limit.source.url)
    tried = _tried(scope)
    untraced = sum(one.untraced_runs for one in tried.values())
    if untraced and 2 * known < used:
        return _git_is_silent(scope, untraced, "run")
    runs = {page: one.rate.runs for page, one in tried.items()}
    if not any(runs.values()):
        apart = _apart(scope, sum(one.public.runs for one in tried.values()))
        return _ask(scope, f"No run of a procedure in use is on record{apart}.", "runs", runs)
    if 2 * known < used:
        why = (
            f"Of {count_of(used, 'procedure')} in use {known} {'has' if known == 1 else 'have'} {ENOUGH_RUNS} runs on record; "
            "half of them have to."
        )
        return _ask(scope, why, "runs", runs)
    return _silence(scope)


def nps(scope: Scope) -> Measure:
    """Measure how many more would recommend the procedures in use than would not, by the scores that they gave."""
    scores = [score for one in _tried(scope).values() for score in one.scores]
    promoters, detractors = sum(one >= _PROMOTES for one in scores), sum(one <= _DETRACTS for one in scores)
    low, high = adjusted_wald(promoters, detractors, len(scores))
    unknown = _unknown_nps(scope, len(scores))
    return Measure(
        *NPS,
        Kind.SCORE,
        promoters - detractors,
        len(scores),
        target_of(scope, NPS.name, "20"),
        scope.told(_scores(scope)),
        unknown=unknown,
        interval=(floor(low), ceil(high)) if unknown is None else None,
        counts=f"The share of scores of {_PROMOTES} and 10 less the share of scores up to {_DETRACTS}, times 100, of all scores from 0 to "
        "10 of twelve months for procedures in use as they stand. It lies between -100 and 100.",
    )


def _scores(scope: Scope) -> Iterator[Counted]:
    is_lost = unreadable(scope, SURVEY) is not None
    for page in scope.procedures:
        if is_lost:
            yield Counted(page, not_readable(SURVEY), None)
            continue
        found = scope.experiences.of(page)
        told = count_of(len(found.scores), "score") if found.scores else "no score on record"
        yield Counted(page, told + _apart(scope, len(found.public_scores)), bool(found.scores))


def _unknown_nps(scope: Scope, scores: int) -> Unknown | None:
    if (nothing := _nothing_to_go_by(scope, SURVEY)) is not None:
        return nothing
    tried = _tried(scope).values()
    if untraced := sum(one.untraced_scores for one in tried):
        return _git_is_silent(scope, untraced, "score")
    if scores < ENOUGH_SCORES:
        told = f"{count_of(scores, 'score')} of procedures in use" if scores else "No score of a procedure in use"
        verb = "is" if scores <= 1 else "are"
        apart = _apart(scope, sum(len(one.public_scores) for one in tried))
        return _ask(scope, f"{capital(told)} {verb} on record; {ENOUGH_SCORES} are needed{apart}.", "survey", {})
    return _silence(scope)


def _nothing_to_go_by(scope: Scope, file: RecordFile) -> Unknown | None:
    """Return that no procedure is in use, or that what people told of them can't be read; None where neither is so."""
    return unreadable(scope, file) if scope.number_used else none_active(scope)


def _git_is_silent(scope: Scope, untraced: int, noun: str) -> Unknown:
    """Return that rows are left out which git can't place, and so that any number would be of some of them only."""
    why = f"Git is silent: {_untraced(untraced, noun, 'a text that stands')}."
    do = "Measure where the whole history is: `git fetch --unshallow` brings it, and `fetch-depth: 0` in a workflow."
    return Unknown(why, do, to_settings(scope.handbook))


def _ask(scope: Scope, why: str, what: str, runs: Mapping[Page, int]) -> Unknown:
    """Return that too little is known, and how people are asked more: by where the settings say that they tell.

    The procedure to begin with is the one that lacks the fewest runs.
    """
    feedback = scope.handbook.settings.feedback
    not_asked = scope.not_asked
    if feedback == "off":
        file = scope.handbook.project.config_file.name
        by_issues = not_asked is None or not_asked.takes_forms
        to_what = f"`feedback: issues` in {file}" if by_issues else f"`feedback` in {file} to a form's address"
        return Unknown(
            why, f"Set {to_what}, so that each procedure asks whether it worked.", to_settings(scope.handbook)
        )
    if feedback == "issues" and not_asked is not None:
        because = f"{why} No page asks by issues, for {not_asked.because}."
        return Unknown(because, not_asked.do, to_settings(scope.handbook))
    if feedback == "issues":
        page = _nearest(scope, runs)
        return Unknown(why, f"Ask those who follow “{page.title}” to say below its text whether it worked.", page.url)
    form = urlsplit(feedback.partition("{")[0])
    do = f"Fetch what the form collected, and run `handrail record {what} FILE`."
    address = form._replace(query="", fragment="").geturl() if form.netloc else _nearest(scope, runs).url
    return Unknown(why, do, address)


def _nearest(scope: Scope, runs: Mapping[Page, int]) -> Page:
    lacking = (page for page in scope.procedures if runs.get(page, 0) < ENOUGH_RUNS)
    return max(lacking, key=lambda page: runs.get(page, 0))


def _silence(scope: Scope) -> Unknown | None:
    """Return that nobody knows whether issues are still collected; None where that is known, or nobody collects any."""
    last, handbook = scope.records.last_issue, scope.handbook
    if handbook.settings.feedback != "issues" or last is None or handbook.today - last <= _SILENT:
        return None
    why = f"The last that readers told is of {in_words(last)}; nobody knows whether it is still collected."
    repo = handbook.project.repo_url
    lead = f"{repo}/actions" if repo else to_made(handbook, Made.CONTENTS)
    return Unknown(why, "See whether the workflow “Record feedback” still runs each day, and switch it on.", lead)

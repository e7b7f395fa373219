"""The scorecard's minute: how the procedures stand in one sentence, and what a leader has to look at first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from handrail.measures.measure import Kind, Measure
from handrail.measures.procedures import AS_IT_STANDS
from handrail.measures.scorecard import Scorecard
from handrail.model.generated import Made
from handrail.model.urls import on_site
from handrail.report.lists import called
from handrail.report.markdown import said
from handrail.report.scorecard import of_words, value_words
from handrail.report.trends import measure_way
from handrail.words.language import capital, count_of, in_words

_LINES = 5


def minute_markdown(found: Scorecard) -> str:
    """Return the minute as Markdown for an issue: five lines, those on what declines first."""
    project, folder = found.handbook.project, found.handbook.settings.generated
    url = on_site(project.site_url, folder.url(Made.SCORECARD, directories=project.use_directory_urls))
    declining = [measure for measure in found.measures if found.declines(measure)]
    others = sorted((one for one in found.measures if one not in declining), key=_urgency)
    lines = [*_each(found, declining), standing_words(found), *_each(found, others)][:_LINES]
    head = f"{_linked('How the handbook is doing', url)} on {in_words(found.handbook.today)}:\n\n"
    return head + "".join(f"- {line}\n" for line in lines)


def _each(found: Scorecard, measures: Iterable[Measure]) -> Iterator[str]:
    project, folder = found.handbook.project, found.handbook.settings.generated
    for measure in measures:
        url = on_site(project.site_url, folder.measure_url(measure.name, directories=project.use_directory_urls))
        trend = found.trend(measure)
        way = f" {measure_way(measure, trend)}." if trend is not None and found.declines(measure) else ""
        yield f"{_linked(measure.asks, url)}{way} {_told(measure)}"


def _urgency(measure: Measure) -> int:
    """Return what sorts measures: those that miss their target first, then those of which nothing is known."""
    if measure.meets is not None:
        return 2 if measure.meets else 0
    return 1 if measure.unknown is not None else 3


def _told(measure: Measure) -> str:
    if measure.unknown is not None:
        return f"Not known yet: {said(measure.unknown.why)}"
    number = ", ".join(filter(None, (of_words(measure), value_words(measure))))
    if measure.kind is Kind.SCORE:
        number = f"{value_words(measure)} {of_words(measure)}"
    if measure.target is None:
        return f"{number}."
    met = {True: ", and met", False: ", and not met", None: ""}[measure.meets]
    return f"{number}; the target is {said(measure.target.said)}{met}."


def _linked(text: str, url: str) -> str:
    return f"[{text}]({url})" if url else text


def standing_words(found: Scorecard) -> str:
    """Say how many procedures in use are signed as they stand, how many sign-offs have run out, how many measures are unknown."""
    in_use = found.scope.procedures
    if not in_use:
        return "No procedure is in use yet."
    beside = (one for measure in found.seven for one in measure.beside if one.name == AS_IT_STANDS)
    signed = sum(one.numerator or 0 for one in beside)
    run_out = sum(found.handbook.sign_off(page).stale for page in in_use)
    unknown = sum(measure.unknown is not None for measure in found.seven)
    more = [_have_run_out(run_out)]
    if unknown:
        more.append(f"{unknown} of the {len(found.seven)} measures {'is' if unknown == 1 else 'are'} unknown")
    return f"{_signed(signed, len(in_use), called(in_use))}{_a_year_ago(found)} {', and '.join(more)}."


def _a_year_ago(found: Scorecard) -> str:
    """Compare how many were signed within twelve months with a year ago; nothing where that is not known."""
    measure = next((one for one in found.measures if one.name == "sops-signed"), None)
    then = [point for point in found.series.get("sops-signed", ()) if point.day <= found.scope.a_year_ago]
    if measure is None or measure.unknown is not None or not then or then[-1].numerator is None or then[-1].unknown:
        return ""
    more = measure.numerator - then[-1].numerator
    compared = f"{abs(more)} {'more' if more > 0 else 'fewer'} than" if more else "as many as"
    return f" Within twelve months {measure.numerator} {'was' if measure.numerator == 1 else 'were'} signed, {compared} a year ago."


def _signed(signed: int, whole: int, noun: str) -> str:
    if whole == 1:
        return f"The only one of the {noun} that is in use is {'' if signed else 'not '}signed as it stands."
    if signed == whole:
        return f"All {whole} {noun} in use are signed as they stand."
    said = "are signed as they stand" if signed > 1 else "is signed as it stands"
    return f"{signed or 'None'} of the {whole} {noun} in use {said}."


def _have_run_out(number: int) -> str:
    if not number:
        return "No sign-off has run out"
    return f"{capital(count_of(number, 'sign-off'))} {'has' if number == 1 else 'have'} run out"

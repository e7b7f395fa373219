"""The scorecard's minute: how the procedures stand in one sentence, and what a leader has to look at first."""

from __future__ import annotations

from handrail.measures.procedures import AS_IT_STANDS
from handrail.measures.scorecard import Scorecard
from handrail.report.lists import called, capital
from handrail.words.language import count_of


def standing_words(found: Scorecard) -> str:
    """Say how many procedures in use are signed as they stand, how many sign-offs have run out, how many measures are unknown."""
    in_use = found.scope.procedures
    if not in_use:
        return "No procedure is in use yet."
    beside = (one for measure in found.seven for one in measure.beside if one.name == AS_IT_STANDS)
    signed = sum(one.numerator or 0 for one in beside)
    run_out = sum(found.handbook.sign_off(page).stale for page in in_use)
    unknown = sum(measure.unknown is not None for measure in found.seven)
    said = [_have_run_out(run_out)]
    if unknown:
        said.append(f"{unknown} of the {len(found.seven)} measures {'is' if unknown == 1 else 'are'} unknown")
    return f"{_signed(signed, len(in_use), called(in_use))} {', and '.join(said)}."


def _signed(signed: int, whole: int, noun: str) -> str:
    if whole == 1:
        return f"The only one of the {noun} that is in use is {'' if signed else 'not '}signed as it stands."
    if signed in (0, whole):
        return f"{'All' if signed else 'None of the'} {whole} {noun} in use {'are' if signed else 'is'} signed as they stand."
    return f"{signed} of the {whole} {noun} in use {'is' if signed == 1 else 'are'} signed as they stand."


def _have_run_out(number: int) -> str:
    if not number:
        return "No sign-off has run out"
    return f"{capital(count_of(number, 'sign-off'))} {'has' if number == 1 else 'have'} run out"

"""Words by which people call what somebody does: what a procedure is called, what its steps begin with, and what no procedure is called.

English, measured on labelled pages (`tests/edit/adopt/procedures.tsv`); what is called so elsewhere stands in `languages`.
"""

from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ACTIONS = _words("""
accept access acknowledge activate add adjust agree align announce answer append apply approve archive arrange
ask assign attach attend avoid back backup block book bring browse build bump buy call cancel capture change
check choose claim clean clear click clone close collect come comment commit communicate compare complete
configure confirm connect consider contact continue convert copy correct create debug decide declare define
delete deploy describe determine develop disable discuss document download draft drag drop edit email enable end
ensure enter escalate establish estimate evaluate examine execute expand export extend fill filter find finish
fix follow force forward gather generate get give go grant group hand handle help highlight hire hit hover
identify import include inform initiate insert inspect install instruct interview investigate invite invoice
issue join keep kick launch learn let list load locate lock log login look lower make manage mark measure meet
merge migrate monitor move name navigate note notify obtain offboard onboard open order organise organize
override paste pay perform pick place plan post prepare press prevent print prioritise prioritize process
procure produce promote propose provide publish pull purchase push put query raise reach read rebase receive
record redirect refer refresh register reject release remove rename renew reopen repeat replace reply report
request research reset resolve respond restart restore retrieve return revert review revoke roll rotate run save
scale scan schedule scroll search see select send set setup share ship shut sign skip sort specify split start
stop store submit switch sync take talk tap tell test tidy toggle track train transfer transition travel trigger
try turn type uncheck uninstall unlock unpublish update upgrade upload use validate verify view visit wait watch
withdraw work write
""")
"""What a step, and the title of a procedure, begins with."""
_ALSO_THINGS = _words("""
access book change contact document email issue label link list mark measure name note order place plan post
process purchase record report request research review search share ship store study support test track train
travel type value view visit work
""")
"""Actions that name a thing too, unless an article comes behind: “Request for comments”, “Review a page”."""
_ONLY_THINGS = _words("accounting branding engineering hiring marketing meeting pricing purchasing training working")
"""What ends as an activity does and names a subject: “Hiring authorities”."""
_HEAD_COMES_FIRST = _words("""
about after and as at before by during for from how in is of on or our to we what when where while who why with
""")
"""What stands in a title whose last word doesn't say what it is about: “Resources for onboarding”, “While travelling”."""
_ARTICLES = _words("a an the your our this my new")
_ON_A_SCREEN = _words("""
choose click download drag enter fill go hit log login navigate open paste press scroll select sign tick type
""")
"""What people do at a screen, which is done in order wherever it is listed."""
_WORD = re.compile(r"[^\W\d_](?:[\w'\u2019-]*\w)?")
_ASIDE = re.compile(r"\([^()]*\)|\uff08[^\uff08\uff09]*\uff09")
_BEFORE_THE_ACTION = re.compile(
    r"(?:[*_`\[(\"'“]|(?:if|once|when|to|in|from|on|under) [^,\r\n]{1,80}, |(?:then|next|now|first|finally),? "
    r"|you(?:'ll| will| can| should| need to| must)? |(?:please|always|we) )*",
    re.IGNORECASE,
)
_PROCEDURE = re.compile(
    r"(?<!\w)(?:process(?:es)?|procedures?|checklists?|workflows?|runbooks?|tutorials?|walkthroughs?|step[ -]by[ -]step|guides? to|sops?"
    r"|how ?to|response plans?)(?!\w)",
    re.IGNORECASE,
)
_NO_PROCEDURE = re.compile(
    r"\Aabout\b|(?<!\w)(?:adr|rfc)s?[ -]?\d|(?<!\w)(?:polic(?:y|ies)|faqs?|frequently asked questions|glossary|values|overview|history|principles|roles?|levels?|metrics"
    r"|guidelines|style guides?|definitions?|resources|best practices)\s*\Z",
    re.IGNORECASE,
)


def without_aside(title: str) -> str:
    """Return a title without what it says in brackets."""
    return _ASIDE.sub("", title)


def action(text: str) -> str:
    """Return the action that a sentence asks for, as in “Once that is done, click Save”; empty where it asks for none."""
    before = _BEFORE_THE_ACTION.match(text)
    word = _WORD.match(text, before.end() if before else 0)
    found = word[0].casefold() if word else ""
    return found if found in _ACTIONS else ""


def is_done_on_a_screen(verb: str) -> bool:
    """Say whether an action is one of those at a screen, such as `click`."""
    return verb in _ON_A_SCREEN


def begins_with_action(title: str) -> bool:
    """Say whether a title says what to do, as “Roll back your app” does."""
    words = _first_two(title)
    if words is None:
        return False
    return words[1] in _ARTICLES if words[0] in _ALSO_THINGS else words[0] in _ACTIONS


def names_activity(title: str) -> bool:
    """Say whether a title names what somebody does, as “Starting a new project” and “Vendor onboarding” do, and “Sharing what we learn” too."""
    words = _words_of(title)
    if len(words) > 1 and is_activity(words[0]):
        return True
    return bool(words) and is_activity(words[-1]) and _HEAD_COMES_FIRST.isdisjoint(words)


def _first_two(title: str) -> tuple[str, str] | None:
    words = _words_of(title)
    return (words[0], words[1]) if len(words) > 1 else None


def _words_of(title: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(title)]


def asks_for_action(heading: str) -> bool:
    """Say whether a heading begins with an action that names no thing."""
    word = _WORD.search(heading)
    return word is not None and word[0].casefold() in _ACTIONS - _ALSO_THINGS


def is_activity(word: str) -> bool:
    """Say whether a word is an action that goes on, such as `starting`."""
    if not word.endswith("ing") or word in _ONLY_THINGS:
        return False
    stem = word.removesuffix("ing")
    doubled = len(stem) > 1 and stem[-1] == stem[-2]
    return stem in _ACTIONS or f"{stem}e" in _ACTIONS or (doubled and stem[:-1] in _ACTIONS)


def tells_of_activity(heading: str) -> bool:
    """Say whether a heading begins with an action, or one that goes on."""
    word = _WORD.search(heading)
    return asks_for_action(heading) or (word is not None and is_activity(word[0].casefold()))


def is_called_procedure(name: str) -> bool:
    """Say whether a name has a word for a procedure in it."""
    return _PROCEDURE.search(name) is not None


def is_called_otherwise(name: str) -> bool:
    """Say whether a name ends as those of policies, lists of questions and the like do."""
    return _NO_PROCEDURE.search(name) is not None

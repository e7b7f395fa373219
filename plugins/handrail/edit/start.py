"""Begins a handbook: which files a new one has, and what stands in them for the company that it is of."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from string import Template
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from handrail import __version__
from handrail.edit.editors import files_for
from handrail.edit.new import scalar
from handrail.edit.workflows import feedback_forms, workflows
from handrail.errors import UsageError
from handrail.forge.codeowners import Places, codeowners
from handrail.forge.feedback_forms import FOLDERS
from handrail.forge.forge import Forge
from handrail.forge.hosts import Host, host_of_style
from handrail.model.config_names import USUAL
from handrail.model.dates import FiscalYearEnd
from handrail.model.kinds import load_kinds
from handrail.model.loading import load_handbook
from handrail.model.project import load_project
from handrail.text.syntax_errors import quote

PAGES = "content"
DISTRIBUTION = "handrail"
WHEELS = "wheels"
"""Where a handbook's own installer looks first."""

_TEXTS = Path(__file__).parent / "start_texts"
_EDITED_AT = {
    "github": "edit/main/content/",
    "gitlab": "-/edit/main/content/",
    "gitea": "_edit/main/content/",
}
_SHORT_ADDRESS = re.compile(r"[\w.-]+/[\w.-]+")
_SECURE_SHELL = re.compile(r"(?:ssh://)?git@(?P<host>[\w.-]+)(?::\d+/|[:/])(?P<path>.+)")
_ADDRESS = re.compile(r"https?://[\w.-]+(?::\d+)?(?:/[\w.~%+@-]+)*")
_HANDLE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,38}")
_MARKS = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", "|": "&#124;", **{sign: f"\\{sign}" for sign in "\\`*_{}[]#"}}
)
_PLAIN = re.compile(r"[^\W\d_][\w .'-]*")
_CODE = re.compile(r"\{[{%#]|[}%#]\}")
_LONGEST_NAME = 100
_PUBLIC = """\
      # Who may read the prose in each folder; a document says it itself, in its own `visibility`.
      visibility: { ".": public }"""
_INTERNAL = """\
      # Whom the site is for, and who may read the prose in each folder; a document says it itself.
      audience: internal
      visibility: { ".": internal }"""
_FEEDBACK = """
      # Below each procedure readers are asked whether it worked; what they answer becomes an issue.
      feedback: issues"""
_SOON = timedelta(days=92)


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a handbook begins with; addresses and the handle are empty where there are none."""

    company: str
    person: str
    handle: str = ""
    repository: str = ""
    site: str = ""
    year_end: FiscalYearEnd = field(default_factory=FiscalYearEnd)
    is_public: bool = True
    asks: bool = False
    """Whether each procedure asks its readers, by issues, if it worked."""

    @property
    def forge(self) -> str:
        """Return which program the repository lies in: github, gitlab or gitea; empty where nothing tells."""
        forge = Forge.of(self.repository, _EDITED_AT["github"])
        return forge.style if forge is not None else ""

    @property
    def edit_uri(self) -> str:
        """Return where pages are edited on the web, counted from the repository; empty where that is not known."""
        return _EDITED_AT.get(self.forge, "")

    @property
    def has_workflows(self) -> bool:
        """Say whether the repository is on GitHub, or may come to be."""
        return not self.repository or self.forge == "github"

    @property
    def can_ask(self) -> bool:
        """Say whether the repository is known to lie where links fill in the forms of issues."""
        return self.forge in FOLDERS

    @property
    def host(self) -> Host | None:
        """Return the forge that would ask people to review changes; None where nothing tells which it is."""
        return host_of_style(self.forge or "github") if self.has_workflows or self.forge else None


def check_name(name: str) -> str:
    """Return the name of a company or a person; raises UsageError for what is no line."""
    plain = name.strip()
    if not plain or not plain.isprintable() or len(plain) > _LONGEST_NAME:
        raise UsageError(f"A name is one line of at most {_LONGEST_NAME} visible characters.")
    if _CODE.search(plain):
        raise UsageError(f"The name `{plain}` holds signs that templates take for code; write it without two of them.")
    return plain


def check_repository(address: str) -> str:
    """Return a repository's address as browsers open it; raises UsageError for what is none."""
    plain = address.strip().removesuffix("/").removesuffix(".git")
    if match := _SECURE_SHELL.fullmatch(plain):
        plain = f"https://{match['host']}/{match['path']}"
    elif _SHORT_ADDRESS.fullmatch(plain):
        plain = f"https://github.com/{plain}"
    return _address(plain, "a repository", "https://github.com/example/handbook")


def check_site(address: str) -> str:
    """Return the address of a site, with the stroke at its end; raises UsageError for what is none."""
    return _address(address.strip().removesuffix("/"), "a site", "https://handbook.example.org/") + "/"


def _address(plain: str, of_what: str, example: str) -> str:
    if not _ADDRESS.fullmatch(plain):
        raise UsageError(f"`{plain}` is not the address of {of_what}; write it like {example}.")
    return plain


def check_handle(handle: str) -> str:
    """Return the name of an account without its @; raises UsageError for what can be none."""
    plain = handle.strip().removeprefix("@")
    if not _HANDLE.fullmatch(plain):
        raise UsageError(f"`{handle}` can't be the name of an account; write it like adaroth, without spaces.")
    return plain


def site_of(repository: str) -> str:
    """Return where GitHub publishes the site of a repository; empty for one that lies elsewhere."""
    parts = urlsplit(repository)
    owner, _, name = parts.path.strip("/").partition("/")
    if parts.hostname != "github.com" or not name:
        return ""
    host = f"{owner.casefold()}.github.io"
    return f"https://{host}/" if name.casefold() == host else f"https://{host}/{name}/"


def files_of(beginning: Beginning, today: date) -> dict[str, str]:
    """Return the files of a new handbook, by path; the settings come last, for with them it counts as one."""
    values = _values(beginning, today)
    pages = {
        f"{PAGES}/index.md": "content/index.md",
        f"{PAGES}/people.md": "content/people.md",
        f"{PAGES}/company/index.md": "content/company/index.md",
        f"{PAGES}/company/{values['plan']}.md": "content/company/plan.md",
        f"{PAGES}/company/change-the-handbook.md": "content/company/change-the-handbook.md",
        "requirements.txt": "requirements.txt",
        ".gitignore": "gitignore",
        USUAL: "mkdocs.yml",
    }
    files = {path: _filled(name, values) for path, name in pages.items()}
    host = beginning.host
    owners = {host.file: _owners(files, host, today)} if host is not None and beginning.handle else {}
    return {**_of_the_forge(beginning, has_owners=bool(owners)), **owners, **files_for(PAGES), **files}


def _of_the_forge(beginning: Beginning, *, has_owners: bool) -> dict[str, str]:
    """Return the workflows and forms that the forge would know."""
    asks = beginning.asks
    if beginning.has_workflows:
        return workflows(publishes=beginning.is_public, has_owners=has_owners, asks=asks)
    return feedback_forms(beginning.forge) if asks else {}


def _filled(name: str, values: Mapping[str, str]) -> str:
    text = Template((_TEXTS / name).read_text("utf-8")).substitute(values)
    return re.sub(r"\n\n\n+", "\n\n", text)


def _owners(files: Mapping[str, str], host: Host, today: date) -> str:
    """Return who reviews which page, as the command `codeowners` would find it."""
    with TemporaryDirectory() as folder:
        for path, text in files.items():
            place = Path(folder, path)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, "utf-8", newline="\n")
        handbook = load_handbook(load_project(Path(folder, USUAL)), load_kinds(), today)
        return codeowners(handbook, Places(host=host))


def _values(beginning: Beginning, today: date) -> dict[str, str]:
    company, person = beginning.company, beginning.person
    year = _year(beginning.year_end, today)
    period = f"FY{year % 100:02}"
    level = "public" if beginning.is_public else "internal"
    steps = "steps-on-the-web.md" if beginning.edit_uri else "steps-in-the-folder.md"
    return {
        "addresses": _addresses(beginning),
        "visibility": _visibility(beginning),
        "feedback": _FEEDBACK if beginning.asks else "",
        "year_end": f"{beginning.year_end.month:02}-{beginning.year_end.day:02}",
        "version": __version__,
        "level": level,
        "company": _as_text(company),
        "name": _as_text(person),
        "id": person_id(person),
        "person": _entry(person, beginning.handle),
        "period": period,
        "plan": f"vpmom-{period.casefold()}",
        "steps": (_TEXTS / steps).read_text("utf-8").rstrip(),
        "site_name": scalar(f"{company} Handbook"),
        "home": scalar(f"The {company} handbook"),
        "company_title": scalar(company),
        "plan_title": scalar(f"{company} VPMOM {period}"),
        "description": scalar(f"How {company} works, written by the people who work there."),
        "description_of_people": scalar(f"Everyone whom the handbook of {company} names, and how to find them."),
        "description_of_company": scalar(f"What concerns everybody at {company}, and the procedures that all follow."),
        "description_of_plan": scalar(
            f"What {company} wants, in which order, and how it will be measured, in {period}."
        ),
        "description_of_procedure": scalar(f"How anyone at {company} mends a page of the handbook, or adds one."),
    }


def _addresses(beginning: Beginning) -> str:
    known = {"site_url": beginning.site, "repo_url": beginning.repository, "edit_uri": beginning.edit_uri}
    return "".join(f"{key}: {value}\n" for key, value in known.items() if value)


def _visibility(beginning: Beginning) -> str:
    return _PUBLIC if beginning.is_public else _INTERNAL


def _year(year_end: FiscalYearEnd, today: date) -> int:
    """Return the fiscal year that a first plan is for: this one, unless it is nearly over."""
    soon = today + _SOON
    return soon.year if soon <= year_end.end(soon.year) else soon.year + 1


def person_id(name: str) -> str:
    """Return an id for a person: the initial, and the first two letters of the last name."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    words: list[str] = re.findall(r"[a-z]+", plain)
    if not words:
        return "p1"
    return words[0][:1] + words[-1][:2] if len(words) > 1 else words[0][:3]


def _entry(name: str, handle: str) -> str:
    written = name if _PLAIN.fullmatch(name) and scalar(name) == name else quote(name)
    account = f", handle: {handle}" if handle else ""
    return f"{{id: {person_id(name)}, name: {written}{account}}}"


def _as_text(words: str) -> str:
    """Return words so that Markdown takes none of their signs for marks."""
    return words.translate(_MARKS)

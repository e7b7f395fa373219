"""What is wrong with a finished site, as data, and the rules that only a finished site can break."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from handrail.model.setting_places import FilePlace
from handrail.rules.finding import Severity
from handrail.rules.registry import Hit, rule


@dataclass(frozen=True, slots=True)
class SiteFault:
    """A fault of one cause: the rule that it breaks, the file of the site where it was met first, and what to do.

    `file` is relative to the site; `subject` is what the fault is about, as data; `others` is how many more files have it. `line` is
    the line of the file, from 1; 0 where none is meant. `written` is the same for what one template writes, wherever that leads.
    """

    rule: str
    file: str
    message: str
    hint: str = ""
    subject: str = ""
    others: int = 0
    line: int = 0
    written: str = ""


def _hits(code: str, faults: Iterable[SiteFault], place: str) -> Iterator[Hit]:
    for fault in faults:
        if fault.rule == code:
            more = (
                f" So it is in {fault.others:,} more {'file' if fault.others == 1 else 'files'}."
                if fault.others
                else ""
            )
            file = f"{place}/{fault.file}"
            spot = FilePlace(file, fault.line, 1, fault.line, 1) if fault.line else file
            yield Hit(spot, fault.message + more, fault.hint, subject=fault.subject)


MISSING, DEAD, DEAD_OF_OTHERS, LEAK, WITHHELD, UNKNOWN = "HB023", "HB216", "HB218", "HB820", "HB821", "HB822"
STOPPED, UNMADE = "HB823", "HB824"


@rule(MISSING, "missing-on-site", Severity.ERROR, of_site=True)
def missing_on_site(faults: Iterable[SiteFault], place: str) -> Iterator[Hit]:
    """The finished site lacks a page or a file that the handbook publishes, or has a page without any text.

    A build in which the plugin did not run, or that ended half way, looks like a site and is none.

    **What to do.** Delete the folder of the site and build it again, with the plugin switched on.
    """
    yield from _hits(MISSING, faults, place)


@rule(DEAD, "dead-on-site", Severity.ERROR, of_site=True, once=True)
def dead_on_site(faults: Iterable[SiteFault], place: str) -> Iterator[Hit]:
    """A link on the finished site leads nowhere, and it stands in no page's own text.

    It comes from the navigation, from a template of the theme or from another plugin, often on every page. What stands in a page's
    text a check says itself, with the line.

    **What to do.** Look for the link in `mkdocs.yml`, in the theme's templates, and in what other plugins make.
    """
    yield from _hits(DEAD, faults, place)


@rule(DEAD_OF_OTHERS, "dead-of-others", Severity.WARNING, of_site=True)
def dead_of_others(faults: Iterable[SiteFault], place: str) -> Iterator[Hit]:
    """A link that only the theme or another plugin brings leads nowhere: on a page that it makes by itself, or to an icon.

    Nothing in the handbook is wrong, and nobody can fix it there. One page of all pages has such links where its plugin changes the names of
    some parts of pages and not of others.

    **What to do.** Look whether the plugin can leave pages out, or put the icon where the theme looks for it.
    """
    yield from _hits(DEAD_OF_OTHERS, faults, place)


@rule(LEAK, "leak", Severity.ERROR, of_site=True, gets_out=True)
def leak(faults: Iterable[SiteFault], place: str) -> Iterator[Hit]:
    """The finished site tells something of a page or file that is withheld: its title, its address or its words.

    Words that stand in something published too, or that the program or the theme brings, give nothing away. A file that can't be
    looked into may hold anything.

    **What to do.** Delete the folder of the site and build it again. Where it is still there, another plugin or a template has read the
    withheld page: look what puts the words there.
    """
    yield from _hits(LEAK, faults, place)


@rule(WITHHELD, "withheld-on-site", Severity.ERROR, of_site=True, gets_out=True)
def withheld_on_site(faults: Iterable[SiteFault], place: str) -> Iterator[Hit]:
    """A page or file that is withheld lies in the finished site.

    It may have been left by an earlier build, when it could be seen.

    **What to do.** Delete the folder of the site and build it again.
    """
    yield from _hits(WITHHELD, faults, place)


@rule(UNKNOWN, "unknown-on-site", Severity.ERROR, of_site=True, gets_out=True)
def unknown_on_site(faults: Iterable[SiteFault], place: str) -> Iterator[Hit]:
    """The finished site holds a page or file that neither the handbook nor its theme brings.

    It may have been left by an earlier build, or another plugin makes it.

    **What to do.** Delete the folder of the site and build it again. What another plugin makes is named in the setting `assets`.
    """
    yield from _hits(UNKNOWN, faults, place)


@rule(STOPPED, "stopped-on-site", Severity.WARNING, of_site=True)
def stopped_on_site(faults: Iterable[SiteFault], place: str) -> Iterator[Hit]:
    """A page of the finished site asks browsers to run or load something that the page's own policy stops.

    Another plugin, or a template of the site, put it there. The policy lets in what the theme's templates and the settings ask for on every
    page, and nothing that only some pages hold: that could have come from a text. So browsers leave it out, and readers miss what it does.

    **What to do.** Add the line that the finding names to the settings. A script that stands in the page itself can't be let in: put it
    into a file, and name that under `extra_javascript`.
    """
    yield from _hits(STOPPED, faults, place)


@rule(UNMADE, "made-without-handrail", Severity.ERROR, of_site=True, once=True, gets_out=True)
def made_without_handrail(faults: Iterable[SiteFault], place: str) -> Iterator[Hit]:
    """The finished site was made by a program that never asked Handrail, or is not finished.

    Such a program publishes every page that it finds, also those that are withheld. Zensical, the successor of Material for MkDocs, reads
    `mkdocs.yml`, passes over the plugins that it does not know, and says that no issue was found.

    **What to do.** Delete the site, and take it from the web if it is there. Build it with MkDocs and the plugin switched on; or run
    `handrail generate`, the `zensical build` that it names, and `handrail finish`. With the line `- handrail.engines.zensical` below
    `markdown_extensions` in `mkdocs.yml`, Zensical itself refuses to read the pages.
    """
    yield from _hits(UNMADE, faults, place)

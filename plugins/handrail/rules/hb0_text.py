"""HB0: the text of a page can't be read as its author meant it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from urllib.parse import unquote

from handrail.model.exclusions import Cause
from handrail.model.generated import GeneratedFolder, free_folder
from handrail.model.handbook import Handbook
from handrail.model.kept_back import day_of, is_first_day, is_last_day, is_our_word, said_visibility
from handrail.model.names import folded
from handrail.model.page import Page, meant_kind
from handrail.model.publication import Reason, why_withheld
from handrail.model.theme_fields import faults
from handrail.model.urls import page_url
from handrail.rules.finding import Severity
from handrail.rules.registry import Hit, at, at_offset, in_body, rule
from handrail.rules.schema_words import refusal
from handrail.rules.subjects import of_field
from handrail.text.frontmatter import FIELDS
from handrail.text.syntax_errors import shorten
from handrail.words.language import quoted
from handrail.words.options import setting


def _problems(handbook: Handbook, name: str) -> Iterator[Hit]:
    """Yield what the reader noted under this name."""
    for page in handbook.pages:
        for problem in page.source.problems:
            if problem.rule == name:
                related = tuple((at_offset(page, offset), message) for offset, message in problem.related)
                spot = at_offset(page, problem.offset, problem.end)
                yield Hit(spot, problem.message, problem.hint, related, subject=of_field(problem.path or ()))


@rule("HB001", "yaml", Severity.ERROR, withholds=True)
def yaml(handbook: Handbook) -> Iterator[Hit]:
    """The front matter can't be read.

    Something on this line means more to the reader of front matter than its author knew: most often a colon or a quotation
    mark inside a text. MkDocs by itself would publish the whole block as text, without a word.

    **What to do.** Put quotes round the value; the hint shows the line fixed.
    """
    return _problems(handbook, "yaml")


@rule("HB002", "fence", Severity.ERROR, withholds=True)
def fence(handbook: Handbook) -> Iterator[Hit]:
    """The front matter is not fenced by lines of three hyphens, the first of them at the very top of the page.

    An empty line above the first `---`, a fourth hyphen or a missing second line is enough for the fields to be published
    as text, and for the page to be taken for one that says nothing about itself.

    **What to do.** Make `---` the first line of the page, and the line below the last field.
    """
    return _problems(handbook, "fence")


@rule("HB003", "not-a-mapping", Severity.ERROR, withholds=True)
def not_a_mapping(handbook: Handbook) -> Iterator[Hit]:
    """The front matter holds no fields with names.

    A list or a lone value says nothing about the page. Often a space is missing after the colon.

    **What to do.** Write each field as its name, a colon, a space and its value.
    """
    return _problems(handbook, "not-a-mapping")


@rule("HB004", "duplicate-key", Severity.ERROR, withholds=True)
def duplicate_key(handbook: Handbook) -> Iterator[Hit]:
    """A field is given twice.

    Only one of the two values could count, and tools disagree on which.

    **What to do.** Keep the line that is right and delete the other.
    """
    return _problems(handbook, "duplicate-key")


@rule("HB005", "alias", Severity.ERROR, withholds=True)
def alias(handbook: Handbook) -> Iterator[Hit]:
    """A value is named for use elsewhere, or repeated from elsewhere.

    The signs `&` and `*` at the beginning of a value are anchors and aliases: they hide what a page says, and a few lines
    of them can grow beyond any memory.

    **What to do.** Write the value out where it is needed; put quotes round a text that begins with one of the signs.
    """
    return _problems(handbook, "alias")


@rule("HB006", "merge-key", Severity.ERROR, withholds=True)
def merge_key(handbook: Handbook) -> Iterator[Hit]:
    """Fields are merged in from elsewhere with `<<`.

    Readers of the page, and of its changes, could not see what it says.

    **What to do.** Write the fields out.
    """
    return _problems(handbook, "merge-key")


@rule("HB007", "tag", Severity.ERROR, withholds=True)
def tag(handbook: Handbook) -> Iterator[Hit]:
    """A value carries a tag, a word that begins with an exclamation mark.

    Tags change what a value is, and some of them run code.

    **What to do.** Delete the tag; put quotes round a text that begins with the sign.
    """
    return _problems(handbook, "tag")


@rule("HB008", "not-utf-8", Severity.ERROR, withholds=True)
def not_utf_8(handbook: Handbook) -> Iterator[Hit]:
    """The page is not UTF-8 text.

    It was saved in another encoding, so some of its letters can't be known; or a byte stands in it that is no letter at all.

    **What to do.** Save it again as UTF-8, or delete that byte.
    """
    return _problems(handbook, "not-utf-8")


@rule("HB009", "too-large", Severity.ERROR, withholds=True)
def too_large(handbook: Handbook) -> Iterator[Hit]:
    """The front matter is larger than 4 MiB, or nested more than 32 levels deep.

    No page needs that; it is a mistake, or an attempt to keep the reader busy.

    **What to do.** Move long text into the body of the page.
    """
    return _problems(handbook, "too-large")


@rule("HB010", "cut-short", Severity.ERROR, withholds=True)
def cut_short(handbook: Handbook) -> Iterator[Hit]:
    """A value is cut short by ` #`.

    A space and a number sign begin a comment, so `title: Update #2` says only “Update”.

    **What to do.** Put quotes round the value. A real comment has a space behind the sign.
    """
    return _problems(handbook, "cut-short")


@rule("HB011", "prose-between-rules", Severity.ERROR, withholds=True)
def prose_between_rules(handbook: Handbook) -> Iterator[Hit]:
    """Text stands between two lines `---` at the top of a page.

    It would be read as front matter and vanish from the page.

    **What to do.** Write `***` for a horizontal rule, or begin the page with its heading.
    """
    return _problems(handbook, "prose-between-rules")


@rule("HB012", "non-text-key", Severity.ERROR, withholds=True)
def non_text_key(handbook: Handbook) -> Iterator[Hit]:
    """The name of a field is a number, a list or a group, not a word.

    Template code such as `{{ name }}` without quotes looks like this to the reader.

    **What to do.** Put quotes round the text.
    """
    return _problems(handbook, "non-text-key")


@rule("HB013", "same-url", Severity.ERROR)
def same_url(handbook: Handbook) -> Iterator[Hit]:
    """Two files have one address on the site.

    `claims.md` and `claims/index.md` become the same page; MkDocs lets the last one win and says nothing. So do disks that
    know no case for `Claims.md` and `claims/index.md`. Of `README.md` and `index.md` in one folder it leaves out the first. One
    folder belongs to the pages that Handrail makes: `handbook/`, unless the setting `generated` names another.

    **What to do.** Rename one of them, and add its old path to `redirect_from`. A `README.md` that is only for those who look at
    the files is left out with `exclude_docs: README.md` in `mkdocs.yml`. Where a page of your own has an address that
    Handrail wants, `generated: about/handbook` below `handrail:` moves all pages that Handrail makes into another folder.
    """
    by_url: dict[str, list[Page]] = defaultdict(list)
    left_out = handbook.files.left_out
    for page in handbook.pages:
        url = folded(unquote(page.url, errors="surrogateescape"))
        exclusion = left_out.get(page.src_uri)
        if exclusion is None:
            by_url[url].append(page)
        elif exclusion.cause is Cause.SAME_ADDRESS:
            yield Hit(at(page), f"This page {exclusion.why}, so MkDocs leaves it out.", exclusion.hint, subject=url)
    own = GeneratedFolder(folded(handbook.settings.generated.name))
    generated = {unquote(page_url(src_uri, directories=handbook.project.use_directory_urls)) for src_uri in own.paths}
    for url, pages in by_url.items():
        first, *others = pages
        for page in others:
            if folded(page.src_uri) == folded(first.src_uri):
                continue  # that their names, or those of their folders, are one is the finding
            same = "the same address" if page.url == first.url else "the same address but for its spelling"
            yield Hit(
                at(page),
                f"This page and {first.path} have {same} on the site, /{first.url}.",
                "Rename one of the two files.",
                ((at(first), "This page has the address too."),),
                subject=url,
            )
        if (
            url in generated
            or url.startswith((f"{own.rules}/", f"{own.measures}/"))
            or own.holds(folded(pages[0].src_uri))
        ):
            yield Hit(
                at(pages[0]),
                f"The address /{pages[0].url} belongs to a page that Handrail makes.",
                "Rename this file; or give those pages a folder of their own: "
                f"{setting(handbook.project, 'generated', free_folder(handbook.by_src_uri))}.",
                subject=url,
            )


@rule("HB014", "governed-without-front-matter", Severity.ERROR)
def governed_without_front_matter(handbook: Handbook) -> Iterator[Hit]:
    """A page of a governed folder has no front matter at all.

    In folders that the setting `governed` lists, every page says what it is; a page that doesn't is seen by no check.

    **What to do.** Put a `kind` between two lines `---` at the top; `kind: page` is prose that speaks for itself.
    """
    for page in handbook.pages:
        if page.is_prose and not page.source.has_front_matter and handbook.settings.is_governed(page.src_uri):
            yield Hit(
                at(page),
                "This folder is governed, and the page has no front matter that says what it is.",
                "Begin it with three lines: ---, then `kind: page` (or another kind), then --- again.",
            )


@rule("HB015", "material-key", Severity.WARNING)
def material_key(handbook: Handbook) -> Iterator[Hit]:
    """A field of prose that the theme reads has a value that would break it.

    Prose may say `title`, `description`, `icon`, `hide`, `search`, `tags` and a few more to the theme. A value of the
    wrong kind would stop the build, so it is not passed on.

    **What to do.** Fix the value or delete the line.
    """
    for page in handbook.pages:
        if page.is_prose and page.source.data:
            for violation in faults(page.source.data, handbook.kinds):
                message, hint = refusal(violation, page)
                spot = at(page, violation.path, key=violation.keyword != "type")
                yield Hit(spot, message, hint, subject=of_field(violation.path, violation.value))


@rule("HB029", "field-in-capitals", Severity.WARNING)
def field_in_capitals(handbook: Handbook) -> Iterator[Hit]:
    """A field of prose is named with capital letters, so nobody reads it.

    To the theme and to Handrail `Description` is another word than `description`: the page has none.

    **What to do.** Write its name in small letters.
    """
    for page in handbook.pages:
        data = page.source.data if page.is_prose else {}
        for key, value in data.items():
            name = key.casefold()
            if key != name and name in FIELDS and key not in (said_visibility(data, handbook.today), meant_kind(data)):
                yield Hit(
                    at(page, (key,), key=True),
                    f"The field {quoted(key)} counts for nothing: fields are named in small letters.",
                    f"Write {name}: {shorten(value) if isinstance(value, str) else '…'}",
                    subject=of_field((key,)),
                )


@rule("HB033", "kept-back", Severity.WARNING)
def kept_back(handbook: Handbook) -> Iterator[Hit]:
    """Prose says in another program's words that not everyone may read it yet, such as `draft: true`, so it is withheld.

    What was meant is not guessed at: whatever kept a page back there keeps it back here. So does what keeps it only out of the
    lists and the search of a site, such as `unlisted: true`, and a `publishDate` that is to come or an `expiryDate` that has
    come, by the day of the check. A plain `date` keeps no page back.

    **What to do.** Delete the line when the page may be read. With `kind: page` it says its own `visibility`.
    """
    for page in handbook.pages:
        data = page.source.data
        key = said_visibility(data, handbook.today) if page.is_prose and not meant_kind(data) else None
        if key is not None and not is_our_word(key):
            is_dated = is_first_day(key) or is_last_day(key)
            is_day = is_dated and day_of(data[key]) is not None
            otherwise = "begin it with `kind: page`, an `id`, a `title` and a `visibility`"
            yield Hit(
                at(page, (key,), key=True),
                f"The page says `{_as_said(key, data[key])}`, {_withheld(key, is_dated=is_dated, is_day=is_day)}.",
                "Write the day as in 2027-03-31, or delete the line to publish it."
                if is_dated and not is_day
                else f"Delete the line to publish it, or {otherwise}.",
                subject=of_field((key,)),
                by_time=is_day,
            )


def _as_said(key: str, value: object) -> str:
    if not isinstance(value, dict):
        return f"{key}: {shorten(value if isinstance(value, str) else str(value).lower())}"
    inside = (f"{name}: {one if isinstance(one, str) else str(one).lower()}" for name, one in value.items())
    return f"{key}: {shorten('{' + ', '.join(inside) + '}')}"


def _withheld(key: str, *, is_dated: bool, is_day: bool) -> str:
    """Return the end of a sentence about what a page says that keeps it back."""
    if not is_dated:
        return "so it is withheld"
    if not is_day:
        return "which is no day that can be read, so it is withheld"
    return "so it is withheld until that day" if is_first_day(key) else "and that day has come, so it is withheld"


@rule("HB017", "unopened", Severity.ERROR, withholds=True)
def unopened(handbook: Handbook) -> Iterator[Hit]:
    """The file of a page can't be opened.

    Its permissions keep out whoever runs the check, or it went while the handbook was read.

    **What to do.** Let the one who runs the check read it.
    """
    return _problems(handbook, "unopened")


@rule("HB018", "too-complex", Severity.ERROR, withholds=True)
def too_complex(handbook: Handbook) -> Iterator[Hit]:
    """The text of a page would keep the build busy for long.

    Whoever reads Markdown looks from each opening bracket for its end, and from each heading, quotation or open tag at what
    follows. Thousands of them in one paragraph, more than 24,000 lines, or a page beyond 1 MiB keep every build of the site
    busy for many seconds, or minutes. The page is withheld.

    **What to do.** Split the page, or take out what nobody would read.
    """
    return _problems(handbook, "too-complex")


@rule("HB019", "fields-as-text", Severity.ERROR, withholds=True)
def fields_as_text(handbook: Handbook) -> Iterator[Hit]:
    """Fields stand at the top of a page and are read as its text.

    They look like the fields of a document, and may have said who may see the page, so it is withheld.

    **What to do.** Put a line `---` above them, at the very top of the page, and another one below them.
    """
    for page in handbook.pages:
        is_known = page.source.problems or handbook.settings.is_governed(page.src_uri)
        if not is_known and why_withheld(page, handbook.settings.audience) is Reason.FIELDS:
            yield Hit(
                in_body(page, 0),
                "The first lines look like fields, and are read as text; they may have said who may see the page, so it is "
                "withheld.",
                "Put a line --- at the very top and another one below the fields; an example belongs into a code block, "
                "below a heading.",
            )


@rule("HB027", "conflict", Severity.ERROR, withholds=True)
def conflict(handbook: Handbook) -> Iterator[Hit]:
    """Git left both versions of a text where two people had changed the same lines.

    Readers would see one below the other, as headings and quotations made of git's signs, and nobody would know which of them
    holds. The page is withheld, and can't be signed.

    **What to do.** Keep what is right; delete the rest and the lines of signs. An example belongs into a code block.
    """
    return _problems(handbook, "conflict")


@rule("HB016", "curly-quotes", Severity.INFO)
def curly_quotes(handbook: Handbook) -> Iterator[Hit]:
    """Curly quotes stand round a value and are read as part of it.

    Word processors make them from straight ones.

    **What to do.** Use straight quotes, or none.
    """
    return _problems(handbook, "curly-quotes")

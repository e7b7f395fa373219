"""What may be published: which pages, which files beside them, and why the others may not."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from handrail.model.handbook import Handbook
from handrail.model.kinds import load_kinds
from handrail.model.loading import load_handbook
from handrail.model.project import load_project
from handrail.model.publication import LARGEST, Publication, Reason, publication, why_withheld
from handrail.model.settings import Visibility
from handrail.model.svg import fault_of, is_static, publishable_drawing
from tests.engines.drawn import BASE, sop
from tests.pages.views import handbook_of
from tests.support.handbooks import make_handbook

SETTINGS = {"visibility": {".": "public", "staff": "internal", "board": "confidential"}}
PNG = b"\x89PNG\r\n\x1a\n"


def read(
    folder: Path,
    files: Mapping[str, str | bytes],
    settings: Mapping[str, Any] | None = None,
    config: Mapping[str, Any] | None = None,
) -> Handbook:
    make_handbook(folder, files, {**SETTINGS, **(settings or {})}, config)
    project = load_project(folder / "mkdocs.yml")
    assert project.settings.today is not None
    return load_handbook(project, load_kinds(project.root), project.settings.today)


def of(handbook: Handbook, audience: Visibility = "public", *, leniently: bool = False) -> Publication:
    return publication(handbook, audience, leniently=leniently)


# Pages


def test_pages_are_published_that_are_sound_and_may_be_seen(tmp_path: Path) -> None:
    files = {
        **BASE,
        "content/finance/hidden.md": sop("hidden", visibility="internal"),
        "content/secret.md": sop("secret", visibility="confidential"),
        "content/wrong.md": sop("wrong", colour="red"),
        "content/nowhere.md": "---\nkind: sop\nid: a\n---\n",
        "content/broken.md": "---\nid: [\n---\n",
        "content/staff/prose.md": "# Prose\n",
    }
    handbook = handbook_of(tmp_path, files, SETTINGS)

    def published(audience: Visibility, *, leniently: bool = False) -> set[str]:
        return {page.src_uri for page in of(handbook, audience, leniently=leniently).pages}

    public = {path.removeprefix("content/") for path in BASE}
    assert published("public") == public
    assert published("internal") == public | {"finance/hidden.md", "staff/prose.md"}
    assert published("public", leniently=True) == public | {"wrong.md"}
    assert of(handbook).withheld == {
        "finance/hidden.md": Reason.AUDIENCE,
        "secret.md": Reason.AUDIENCE,
        "wrong.md": Reason.WRONG,
        "nowhere.md": Reason.UNSAID,
        "broken.md": Reason.UNREADABLE,
        "staff/prose.md": Reason.AUDIENCE,
    }


def test_a_file_is_used_by_those_who_name_it_and_by_none_who_name_another_of_its_name(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        **BASE,
        "content/list.pdf": b"%PDF open",
        "content/hr/list.pdf": b"%PDF secret",
        "content/hr/open.md": "[the list](../list.pdf)\n",
        "content/hr/page.md": sop("page", "[ours](list.pdf)", visibility="internal"),
        "content/typed.md": '<a href="form.pdf">as if from the file</a> <a href="../sheet.pdf">as it is</a>\n',
        "content/form.pdf": b"%PDF",
        "content/sheet.pdf": b"%PDF",
    }
    assert {path for path in of(read(tmp_path, files)).assets if path.endswith(".pdf")} == {
        "list.pdf",
        "form.pdf",
        "sheet.pdf",
    }


def test_pages_that_the_site_leaves_out_take_their_files_with_them(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {**BASE, "content/draft.md": "![a](draft.png)\n", "content/draft.png": PNG}
    handbook = read(tmp_path, files)
    assert "draft.png" in of(handbook).assets
    without = publication(handbook, "public", left_out=["draft.md"])
    assert without.withheld == {"draft.md": Reason.LEFT_OUT, "draft.png": Reason.UNUSED}


# Every way of spelling a private page wrongly. Each gets the page's front matter and body, and returns the file.

SAID = "kind: page\nid: pay\ntitle: Pay bands\nvisibility: internal\n"
BODY = "# Pay bands\n\nThey are high.\n"
Spelling = Callable[[str], str]


def fenced(front: str, *, opening: str = "---\n", closing: str = "---\n") -> str:
    return f"{opening}{front}{closing}{BODY}"


def changed(old: str, new: str) -> Spelling:
    return lambda front: fenced(front.replace(old, new))


SPELLINGS: dict[str, Spelling] = {
    "as it should be": fenced,
    "unquoted colon": changed("Pay bands", "Pay: bands"),
    "impossible date": changed("title:", "date: 2026-02-30\ntitle:"),
    "blank first line": lambda front: "\n" + fenced(front),
    "space before the fence": lambda front: " " + fenced(front),
    "comment before the fence": lambda front: "<!-- ours -->\n" + fenced(front),
    "capital letter": changed("internal", "Internal"),
    "key with a slip": changed("visibility", "visiblity"),
    "key with a capital": changed("visibility", "Visibility"),
    "key of another language": changed("visibility", "sichtbarkeit"),
    "key twice, the last public": changed("visibility: internal\n", "visibility: internal\nvisibility: public\n"),
    "key twice, the first public": changed("visibility: internal\n", "visibility: public\nvisibility: internal\n"),
    "tab for indentation": changed("visibility:", "\tvisibility:"),
    "tab after the colon": changed("visibility: ", "visibility:\t\v"),
    "no closing fence": lambda front: fenced(front, closing=""),
    "closing fence with more": lambda front: fenced(front, closing="--- #\n"),
    "closing fence too short": lambda front: fenced(front, closing="--\n"),
    "opening fence too short": lambda front: fenced(front, opening="--\n"),
    "opening fence too long": lambda front: fenced(front, opening="----\n"),
    "no opening fence": lambda front: fenced(front, opening=""),
    "TOML": lambda front: fenced(front.replace(": ", " = "), opening="+++\n", closing="+++\n"),
    "JSON": lambda front: '{"kind": "page", "visibility": "internal"}\n' + BODY + front,
    "list as the value": changed("internal", "[internal]"),
    "list of both": changed("internal", "[internal, public]"),
    "group as the value": changed("internal", "{internal: true}"),
    "no value": changed("visibility: internal", "visibility:"),
    "null": changed("internal", "null"),
    "list of fields": lambda front: fenced("".join(f"- {line}\n" for line in front.splitlines())),
    "homoglyph in the value": changed("internal", "\u0456nternal"),
    "homoglyph in the key": changed("visibility", "v\u0456sibility"),
    "homoglyph in the word public": changed("internal", "publi\u0441"),
    "zero width space": changed("internal", "public\u200b"),
    "quoted with spaces": changed("internal", '" internal "'),
    "no space after the colon": changed("visibility: ", "visibility:"),
    "equals sign": changed("visibility: ", "visibility = "),
    "comment for a value": changed("internal", "# internal"),
    "commented out": changed("visibility", "# visibility"),
    "indented below another": changed("visibility", "  visibility"),
    "alias": changed("internal", "*internal"),
    "anchor and alias": changed("internal", "&a internal\nother: *a"),
    "tag": changed("internal", "!!str internal"),
    "merge": changed("visibility: internal", "<<: {visibility: public}"),
    "block text": changed("internal", "|\n  internal"),
    "yes": changed("internal", "yes"),
    "private": changed("internal", "private"),
    "one line": lambda front: fenced(front.replace("\n", " ") + "\n"),
    "carriage returns": lambda front: fenced(front).replace("\n", "\r"),
    "line separators": lambda front: fenced(front).replace("\n", "\u2028"),
    "non-breaking spaces": changed(": ", ":\u00a0"),
    "byte order mark twice": lambda front: "\ufeff\ufeff" + fenced(front),
    "unknown kind": changed("kind: page", "kind: pag"),
    "no kind": changed("kind: page\n", ""),
    "kind with a slip": changed("kind:", "knid:"),
    "no visibility": changed("visibility: internal\n", ""),
    "unknown field": changed("title:", "colour: red\ntitle:"),
    "below an empty front matter": lambda front: "---\n---\n" + fenced(front),
    "below another front matter": lambda front: "---\nhide: [toc]\n---\n\n" + fenced(front),
    "below one that ends in dots": lambda front: "---\nhide: [toc]\n...\n" + fenced(front),
    "below one, in a code block": lambda front: f"---\nhide: [toc]\n---\n```yaml\n{front}```\n{BODY}",
    "below a public one": lambda front: fenced(front.replace("internal", "public")).replace(BODY, fenced(front)),
    "below many lines of others": lambda front: "".join(f"field-{n}: a\n" for n in range(50)) + front + BODY,
    "draft of another program": lambda _front: fenced("draft: true\n"),
    "unpublished of another program": lambda _front: fenced("Published: no\n"),
    "confidential of another program": lambda _front: fenced("confidential: yes\n"),
    "audience of another program": lambda _front: fenced("audience: Internal\n"),
    "never made by another program": lambda _front: fenced("_build:\n  Render: never\n"),
    "unlisted in another program": lambda _front: fenced("Unlisted: yes\n"),
    "without an address in another program": lambda _front: fenced("permalink: no\n"),
    "to come in another program": lambda _front: fenced("publishdate: 2026-11-16 08:00\n"),
    "over in another program": lambda _front: fenced("expiryDate: 2026-11-15\n"),
    "public in a comment": changed("internal", "internal # public"),
}


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Callable[[bytes], bool]:
    """Return what says whether a page of these bytes, in a folder whose prose is public, would be published."""
    handbook = handbook_of(tmp_path_factory.mktemp("judge"), {"content/pay.md": fenced(SAID)}, SETTINGS)
    page = handbook.pages[0]

    def is_published(raw: bytes) -> bool:
        return any(
            why_withheld(handbook.page_as(page.src_uri, raw), "public", leniently=leniently) is None
            for leniently in (False, True)
        )

    return is_published


def test_the_same_page_is_published_where_it_says_public(judge: Callable[[bytes], bool]) -> None:
    assert judge(fenced(SAID.replace("internal", "public")).encode())
    assert judge(fenced(SAID.replace("internal", "'public'  # for all")).encode())
    assert judge(BODY.encode())
    assert judge(fenced("draft: false\npublished: true\naudience: everyone\nhide: [toc]\ntitle: Internal\n").encode())
    assert judge(
        fenced(SAID.replace("internal", "public")).replace("They", "```yaml\nkind: sop\nid: a\n```\nThey").encode()
    )


@pytest.mark.parametrize("name", SPELLINGS)
def test_no_spelling_of_a_private_page_publishes_it(name: str, judge: Callable[[bytes], bool]) -> None:
    assert not judge(SPELLINGS[name](SAID).encode())


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7"])
def test_no_encoding_of_a_private_page_publishes_it(encoding: str, judge: Callable[[bytes], bool]) -> None:
    if encoding == "utf-7":
        assert not judge(fenced(SAID.replace("title", "note: Caf\u00e9\ntitle")).encode(encoding))
    else:
        assert not judge(fenced(SAID).encode(encoding))


PRIVATE = {
    "page": fenced(SAID),
    "procedure": sop("pay", visibility="internal"),
    "confidential": sop("pay", visibility="confidential"),
    "quoted": fenced('"kind": "page"\n"id": pay\ntitle: "Pay: bands"\n"visibility": \'internal\'\n'),
    "flow": fenced("{kind: page, id: pay, title: Pay bands, visibility: internal}\n"),
    "visibility first": fenced("visibility: internal\nkind: page\nid: pay\ntitle: Pay bands\n"),
    "carriage returns": fenced(SAID).replace("\n", "\r\n"),
    "prose": fenced("title: Pay bands\nvisibility: internal\n"),
}


def front_of(raw: bytes) -> int:
    return re.search(rb"\n---\r?\n", raw).end()  # type: ignore[union-attr]


@pytest.mark.parametrize("name", PRIVATE)
def test_no_lost_byte_of_its_front_matter_publishes_a_private_page(name: str, judge: Callable[[bytes], bool]) -> None:
    raw = PRIVATE[name].encode()
    assert not judge(raw)
    for at in range(front_of(raw)):
        assert not judge(raw[:at] + raw[at + 1 :]), raw[max(0, at - 20) : at + 20]


@pytest.mark.parametrize("name", PRIVATE)
def test_no_doubled_or_flipped_byte_publishes_a_private_page(name: str, judge: Callable[[bytes], bool]) -> None:
    raw = PRIVATE[name].encode()
    for at in range(front_of(raw)):
        for changed_to in (raw[at : at + 1] * 2, raw[at : at + 1].swapcase(), bytes([raw[at] ^ 1]), b" ", b"\n"):
            assert not judge(raw[:at] + changed_to + raw[at + 1 :]), raw[:at] + changed_to + raw[at + 1 :]


SLIPS: list[Callable[[random.Random, str], str]] = [
    lambda dice, word: word.upper() if dice.random() < 0.5 else word.title(),
    lambda dice, word: _without(word, dice.randrange(len(word))),
    lambda dice, word: _swapped(word, dice.randrange(len(word) - 1)),
    lambda dice, word: _doubled(word, dice.randrange(len(word))),
    lambda dice, word: word.replace("i", dice.choice("\u0456\u0131l1\u00ec"), 1),
    lambda dice, word: _put(word, dice.randrange(len(word) + 1), dice.choice("\u200b\u00ad\u2060\u200e\u00a0_- .")),
    lambda dice, word: dice.choice(['"{}"', "'{}", '{}"', "[{}]", "- {}", "{} #", "&{}", "*{}", "!{}", "`{}`"]).format(
        word
    ),
]


def _without(word: str, at: int) -> str:
    return word[:at] + word[at + 1 :]


def _swapped(word: str, at: int) -> str:
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _doubled(word: str, at: int) -> str:
    return word[:at] + word[at] + word[at:]


def _put(word: str, at: int, sign: str) -> str:
    return word[:at] + sign + word[at:]


def misspelled(dice: random.Random) -> str:
    """Return a page that someone meant to be private, with one to three slips in what says so."""
    key, value = "visibility", dice.choice(["internal", "confidential"])
    colon, opening, closing, before = ": ", "---", "---", ""
    for _ in range(dice.randint(1, 3)):
        match dice.randrange(6):
            case 0:
                key = dice.choice(SLIPS)(dice, key) or key
            case 1 | 2:
                value = dice.choice(SLIPS)(dice, value) or value
            case 3:
                colon = dice.choice(
                    [":", " : ", ":\t", " ", "= ", "::", "\uff1a ", ":\u00a0", ": \n  ", ": |\n  ", ": >-\n  "]
                )
            case 4:
                opening = dice.choice(
                    ["--", "----", " ---", "---#", "\u2014", "+++", "- - -", "--- yaml", "```", "", "..."]
                )
            case _:
                closing = dice.choice(["--", "----", " ---", "--- #", "\u2014", "+++", "", "..", "---x", "- --"])
    before = dice.choice(["", "", "", "", "\n", " ", "\ufeff", "\u200b", "# note\n", "<!-- -->\n"])
    lines = ["kind: page", "id: pay", "title: Pay bands", f"{key}{colon}{value}"]
    if dice.random() < 0.2:
        lines.insert(
            0, dice.choice(["date: 2026-02-30", "note: a: b", "title: Twice", "\tx: 1", "tags: [a", "# public"])
        )
    dice.shuffle(lines)
    end = dice.choice(["\n", "\n", "\n", "\r\n", "\r"])
    return before + end.join([opening, *lines, closing, *BODY.splitlines()]) + end


def test_of_ten_thousand_slips_none_publishes_a_private_page(judge: Callable[[bytes], bool]) -> None:
    dice = random.Random(20261122)  # noqa: S311 - the same slips every time
    tried = {misspelled(dice) for _ in range(10_000)}
    assert len(tried) > 8_000
    assert [text for text in sorted(tried) if judge(text.encode())] == []


@pytest.mark.parametrize(
    "name", ["pay.MD", "pay.Markdown", "pay.mkd", "sub/pay.mdown"], ids=lambda name: name.rpartition(".")[2]
)
def test_a_private_page_by_any_name_of_a_page_is_judged(name: str, tmp_path: Path) -> None:
    assert of(read(tmp_path, {**BASE, f"content/{name}": fenced(SAID)})).withheld == {name: Reason.AUDIENCE}


@pytest.mark.parametrize(
    "name",
    [
        "pay.md.bak",
        "pay.md~",
        "pay.md.orig",
        "pay.md.txt",
        "#pay.md#",
        "pay.txt~",
        "pay.bak",
        "pay.md 2",
        ".pay.md.swp",
    ],
)
def test_copies_that_an_editor_left_are_never_published(name: str, tmp_path: Path) -> None:
    files = {**BASE, f"content/{name}": fenced(SAID), "content/a.md": f"[a](<{name}>)\n"}
    found = of(read(tmp_path, files, {"assets": [name, "."]}))
    assert found.assets == ()
    assert found.withheld.get(name) in (Reason.COPY, None)


@pytest.mark.parametrize("name", ["pay.txt", "pay", "pay.mdx", "pay.rst", "pay.html", "pay.md.html", "pay.json"])
def test_a_private_page_by_another_name_is_published_by_nobody(name: str, tmp_path: Path) -> None:
    assert name in of(read(tmp_path, {**BASE, f"content/{name}": fenced(SAID)})).withheld


# Files beside the pages

METRIC = """
    ---
    kind: metric
    id: {id}
    title: {id}
    visibility: {visibility}
    unit: days
    direction: down
    frequency: monthly
    data: {id}.csv
    ---
"""


def test_files_are_published_that_a_published_page_uses(tmp_path: Path) -> None:
    used = {
        "index.md": "![a](a.png) [b](sub/b.pdf) [c]\n\n[c]: c.csv\n\n<img src='d.png'> <a href='e.txt'>e</a>\n",
        "sub/page.md": (
            "<img srcset='../f.png 1x, ../g.png 2x'> <video poster=/h.png><source src='../../i.mp4'></video>\n"
            "![j](https://handbook.example/j.png) ![k](/k.png) ![l](../m/l%20l.PNG?x#y) <object data=n.pdf></object>\n"
        ),
        "both.md": sop("both", "![a](o.png)", visibility="internal"),
        "other.md": "![a](o.png)\n",
        "open.md": METRIC.format(id="open", visibility="public"),
    }
    pictures = [f"{name}.png" for name in "adfghjko"]
    names = [*pictures, "m/l l.PNG", "sub/b.pdf", "sub/n.pdf", "c.csv", "open.csv", "e.txt", "i.mp4"]
    files = {**BASE, **{f"content/{path}": text for path, text in used.items()}}
    config = {"site_url": "https://handbook.example/"}
    handbook = read(tmp_path, {**files, **{f"content/{name}": b"1" for name in names}}, config=config)
    assert set(of(handbook).assets) == set(names)


@pytest.mark.parametrize(
    ("name", "body", "reason"),
    [
        ("a.png", "", Reason.UNUSED),
        ("a.png", "`![a](a.png)`", Reason.UNUSED),
        ("a.png", "![a](https://elsewhere.example/a.png)", Reason.UNUSED),
        ("a.html", "[a](a.html)", Reason.KIND),
        ("a.js", "<a href='../a.js'>a</a>", Reason.KIND),
        ("a.zip", "[a](a.zip)", Reason.KIND),
        ("a.docm", "[a](a.docm)", Reason.KIND),
        ("a.svgz", "![a](a.svgz)", Reason.KIND),
        ("a", "[a](a)", Reason.KIND),
        ("staff/a.png", "![a](staff/a.png)", Reason.FOLDER),
        ("board/a.png", "![a](board/a.png)", Reason.FOLDER),
        ("a.svg", "![a](a.svg)", Reason.ACTIVE),
    ],
)
def test_other_files_are_withheld(name: str, body: str, reason: Reason, tmp_path: Path) -> None:
    files = {**BASE, "content/uses.md": body, f"content/{name}": "<svg><script>1</script></svg>"}
    assert of(read(tmp_path, files)).withheld == {name: reason}


def test_files_of_withheld_pages_are_withheld_until_the_audience_may_see_them(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        **BASE,
        "content/hidden.md": sop("hidden", "![a](hidden.png)", visibility="internal"),
        "content/hidden.png": PNG,
        "content/staff/notes.md": "[a](pay.csv)\n",
        "content/staff/pay.csv": "a,b\n",
        "content/secret.md": METRIC.format(id="secret", visibility="confidential"),
        "content/secret.csv": "a,b\n",
        "content/board/pack.pdf": b"%PDF",
        "content/index.md": "[a](board/pack.pdf) [b](staff/pay.csv)\n",
    }
    handbook = read(tmp_path, files)
    assert of(handbook).assets == ()
    assert set(of(handbook, "internal").assets) == {"hidden.png", "staff/pay.csv"}


def test_a_file_too_large_is_withheld_unless_the_settings_name_it(tmp_path: Path) -> None:
    handbook = read(tmp_path, {**BASE, "content/a.md": "[a](a.pdf)\n", "content/a.pdf": b""})
    with (tmp_path / "content" / "a.pdf").open("wb") as file:
        file.truncate(LARGEST + 1)
    assert of(handbook).withheld == {"a.pdf": Reason.SIZE}
    assert of(read(tmp_path, {}, {"assets": ["a.pdf"]})).assets == ("a.pdf",)


def test_files_that_the_settings_name_are_published(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "CNAME": "handbook.example\n",
        "look/logo.svg": "<svg xmlns='http://www.w3.org/2000/svg'><path d='M0 0'/></svg>",
        "look/icon.png": PNG,
        "look/extra.css": "@import 'more.css'; @font-face{src:url(font.woff2)} a{background:url('https://x.example/y.png')}",
        "look/more.css": "b{background:url(../look/back.png?v=1)} i{background:url(evil.html)} u{background:url(a.png)}",
        "look/font.woff2": b"1",
        "look/back.png": PNG,
        "look/evil.html": "<script>1</script>",
        "look/extra.js": "1",
        "look/module.mjs": "1",
        "look/unnamed.js": "1",
        "downloads/a.pdf": b"%PDF",
        "downloads/evil.html": "<script>1</script>",
        "tools/b.csv": b"1",
        "tools/deep/c.csv": b"1",
        ".well-known/security.txt": "Contact: x\n",
        ".well-known/page.md": fenced(SAID),
        ".hidden.txt": "x",
        "staff/named.png": PNG,
        "template.xml": "{{ 1 }}",
    }
    handbook = read(
        tmp_path,
        {**BASE, **{f"content/{name}": content for name, content in files.items()}},
        {"assets": ["CNAME", "downloads", "tools/*.csv", ".well-known", "staff/named.png", "../mkdocs.yml", "../.x"]},
        {
            "theme": {"name": "material", "logo": "look/logo.svg", "favicon": "look/icon.png"},
            "extra_css": ["look/extra.css?v=2", "https://elsewhere.example/x.css"],
            "extra_javascript": ["look/extra.js", {"path": "look/module.mjs", "type": "module"}],
            "extra_templates": ["template.xml"],
        },
    )
    found = of(handbook)
    withheld = {"look/evil.html", "look/unnamed.js", "downloads/evil.html", "staff/named.png", "tools/deep/c.csv"}
    assert set(found.assets) == set(files) - withheld - {".hidden.txt", ".well-known/page.md"}
    assert set(found.withheld) == withheld
    assert found.withheld["staff/named.png"] is Reason.FOLDER


def test_links_are_withheld_with_all_that_lies_behind_them(tmp_path: Path) -> None:
    handbook = read(tmp_path / "project", {**BASE, "content/a.md": "[a](link.txt) [b](folder/b.txt)\n"})
    (tmp_path / "b.txt").write_text("secret", "utf-8")
    content = tmp_path / "project" / "content"
    (content / "link.txt").symlink_to(tmp_path / "b.txt")
    (content / "folder").symlink_to(tmp_path)
    (content / ".secret").symlink_to(tmp_path)
    found = of(read(tmp_path / "project", {}, {"assets": ["link.txt", "folder/b.txt", ".secret/b.txt", ".secret"]}))
    assert handbook.pages
    assert found.assets == ()
    assert found.withheld == {"folder": Reason.LINK, "link.txt": Reason.LINK}
    assert found.withholds("folder/b.txt")
    assert not found.withholds("folder2/b.txt")


# Pictures


PLAIN = "-//W3C//DTD SVG 1.1//EN"
SVG = "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'>{}</svg>"


@pytest.mark.parametrize(
    "inner",
    [
        "<path d='M0 0' fill='url(#g)'/><style>a{fill:url(#g)}</style>",
        "<a href='https://example.org/'><text>a</text></a><use xlink:href='#g'/>",
        "<image href='data:image/png;base64,AA=='/>",
        "<animate attributeName='x' from='1' to='2'/><metadata>on and on = off</metadata>",
        "<style>@font-face{src:url(data:font/woff2;base64,AA==)}</style>",
        "<text>url and script</text><!-- <script> -->",
        "<text>C:\\a, url(https://elsewhere.example/a)</text><g xmlns:i='https://i.example/' i:file='C:\\a\\b.png'/>",
    ],
)
def test_a_picture_that_only_draws(inner: str) -> None:
    assert is_static(SVG.format(inner).encode())


@pytest.mark.parametrize(
    "inner",
    [
        "<script>1</script>",
        "<SCRIPT/>",
        "<x:script xmlns:x='http://www.w3.org/2000/svg'/>",
        "<h:body xmlns:h='http://www.w3.org/1999/xhtml'/>",
        "<foreignObject/>",
        "<path onload='1'/>",
        "<path ONCLICK='1'/>",
        "<a href='javascript:1'/>",
        "<a href='java&#10;script:1'/>",
        "<a xlink:href=' &#1;javascript:1'/>",
        "<a href='data:text/html,x'/>",
        "<use href='https://elsewhere.example/#a'/>",
        "<image href='other.png'/>",
        "<image href='data:image/svg+xml,x'/>",
        "<animate attributeName='href' to='x'/>",
        "<set attributeName='xlink:href' to='x'/>",
        "<set attributeName='onclick' to='1'/>",
        "<animate attributeName='x' values='javascript:1'/>",
        "<style>@import 'https://elsewhere.example/a.css';</style>",
        "<style>a{fill:url(https://elsewhere.example/a)}</style>",
        "<style>@im<!-- -->port 'x';</style>",
        "<path style='fill:url(//elsewhere.example/a)'/>",
        "<path style='mask:u\\72l(https://elsewhere.example/a#b)'/>",
        "<style>a{fill:\\75rl(https://elsewhere.example/a)}</style>",
        "<style>@\\69mport 'https://elsewhere.example/a.css';</style>",
        "<style>svg{background:image-set('https://elsewhere.example/a' 1x)}</style>",
        "<path style='cursor:-webkit-Image-Set(\"https://elsewhere.example/a\" 1x),auto'/>",
        "<animate attributeName='fill' values='u\\72l(https://elsewhere.example/a)'/>",
        "<a href='https://elsewhere.example/' ping='https://elsewhere.example/a'/>",
        "<ev:listener xmlns:ev='http://www.w3.org/2001/xml-events'/>",
        "<iframe/>",
        "<unclosed>",
        "",
    ],
)
def test_a_picture_that_could_run_or_load_something(inner: str) -> None:
    raw = (SVG.format(inner) if inner else "").encode()
    assert not is_static(raw)
    assert (fault_of(raw) is None) is (publishable_drawing(raw) is not None)


@pytest.mark.parametrize(
    "text",
    [
        "<!DOCTYPE svg [<!ENTITY a 'b'>]><svg>&a;</svg>",
        "<!DOCTYPE svg [<!ATTLIST svg onload CDATA '1'>]><svg/>",
        "<!DOCTYPE svg [<!NOTATION a SYSTEM 'b'>]><svg/>",
        "<!DOCTYPE svg SYSTEM 'a.dtd'><svg/>",
        "<!DOCTYPE svg PUBLIC '-//W3C//DTD XHTML 1.0 Transitional//EN' 'a'><svg/>",
        "<!DOCTYPE svg PUBLIC '-//W3C//DTD MathML 2.0//EN' 'a'><svg><a href='java&Tab;script&colon;1'/></svg>",
        f"<!DOCTYPE svg PUBLIC '{PLAIN}' 'a'><svg>&colon;</svg>",
        f"<!DOCTYPE svg PUBLIC '{PLAIN}' 'a'><svg a='&colon;'/>",
        "<?xml-stylesheet href='x.css'?><svg/>",
        "<html xmlns='http://www.w3.org/1999/xhtml'/>",
        "GIF89a",
    ],
)
def test_a_picture_with_more_than_a_picture_in_it(text: str) -> None:
    assert not is_static(text.encode())


@pytest.mark.parametrize(
    "kind",
    [
        "",
        "<!DOCTYPE svg>",
        f'<?xml version="1.0"?>\n<!DOCTYPE svg PUBLIC "{PLAIN}" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">',
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.0//EN" "http://www.w3.org/TR/2001/REC-SVG-20010904/DTD/svg10.dtd">',
    ],
)
def test_a_picture_may_say_that_it_is_one(kind: str) -> None:
    assert is_static(f"{kind}{SVG.format('<text>A &amp; B</text>')}".encode())


def test_a_picture_in_another_encoding_is_read_as_browsers_read_it() -> None:
    assert not is_static(SVG.format("<script/>").encode("utf-16"))
    assert is_static(SVG.format("<path/>").encode("utf-16"))


def test_settings_of_folders_are_for_plugins_where_the_pages_of_the_folder_are_for_everyone(tmp_path: Path) -> None:
    files = {
        **BASE,
        "content/.pages": "",
        "content/finance/.nav.yml": "",
        "content/staff/.meta.yml": "description: secret",
        "content/staff/open/.meta.yml": "",
        "content/staff/open/a.md": "# A\n",
        "content/empty/.meta.yml": "",
        "content/finance/.other.yml": "",
    }
    folders = {"visibility": {".": "public", "staff": "internal", "staff/open": "public"}}
    found = of(read(tmp_path, files, folders))
    assert found.folder_settings == (".pages", "finance/.nav.yml", "staff/open/.meta.yml")
    assert found.withheld == {"staff/.meta.yml": Reason.FOLDER, "empty/.meta.yml": Reason.UNUSED}
    assert not [path for path in found.paths if path.endswith(".yml")]


def test_settings_of_a_folder_that_lie_elsewhere_are_read_by_nobody(tmp_path: Path) -> None:
    make_handbook(tmp_path, BASE)
    (tmp_path / "secret.yml").write_text("title: Secret", "utf-8")
    (tmp_path / "content/.meta.yml").symlink_to(tmp_path / "secret.yml")
    found = of(read(tmp_path, {}))
    assert found.folder_settings == ()
    assert found.withheld == {".meta.yml": Reason.LINK}

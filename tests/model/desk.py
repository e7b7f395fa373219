"""Two pages on a desk that people edit and sign, and what a reader would call the same text: words and fields.

Nothing here knows how a digest is made. A page is kept as what it means, apart from how it is written; whoever signs,
signs a meaning. That alone says which signatures stand.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

TODAY = date(2026, 11, 15)
Meaning = tuple[object, ...]
LBK, OHA, PNA, EXT, GIL = "lbk", "oha", "pna", "ext", "gil"
NAMES = {LBK: "Lena Brandt-Keller", OHA: "Omar Haddad", PNA: "Priya Nair", EXT: "Ed Xander", GIL: "Gil Lin"}
MEMBERS = {"lt": (LBK, OHA, PNA), "board": (LBK, OHA, EXT)}
WHOLE = "board"  # all of it have to agree
EARLIEST = {"FY27": date(2025, 8, 1), "FY28": date(2026, 8, 1)}  # six months before each begins

WORDS = ("Pay it", "10", "true", "P\u0430y it", "Pay\u200b it", "Pay  it", "pay it", "Pay it!", "10.0", "a\\u0062")
POOLS: dict[str, tuple[object, ...]] = {
    "id": ("pay", "claims", "pay-it"),
    "decide": (LBK, OHA, PNA),
    "agree": tuple(map(frozenset, ((OHA,), (), (OHA, EXT), (WHOLE,), ("lt",), (LBK, PNA)))),
    "review_every": ("12 months", "1 month", "2 months"),
    "replaces": ("old", "", "older"),
    "period": ("FY28", "FY27"),
    **dict.fromkeys(("title", "trigger", "vision", "statement", "priority", "target", "step"), WORDS),
}
OWN = {
    "sop": ("trigger", "review_every", "step"),
    "vpmom": ("period", "vision", "priority", "target"),
    "mission": ("statement",),
}

# Each line of a body, and what may be made of it; {…} stands for what is free.
LINES = (
    ("You get it in ten days.", "You get it in twenty days.", "You get it in t\u0435n days.", "You get it in ten\u200b days."),
    ("See [it]({inside}).", "See [it](//x.example).", "See [it](https://x.example/{path}).", "See [it](javascript:x).", "See it."),
    ("1. Do\n    - on the day", "1. Do\n- on the day", "1. Do\n  - on the day", "2. Do\n    - on the day"),
    ("[Us](https://a.example/{path})", "[Us](https://b.example/{path})", "[Us](http://a.example/{path})", "[Us](mailto:a@b.example)"),
    ("![Form](form.png)", "![Form](other.png)", "![Form](https://a.example/form.png)", "[![Form](form.png)]({inside})"),
    ("[[sop:{wiki}|it]]", "[[sop:{wiki}]]", "[[sop:{wiki}|that]]", '<a href="{inside}">it</a>', "<!-- [[sop:p0]] -->"),
    ("`[a](b.md)`", "`[a](c.md)`", "    [a](b.md)", "```\n[a](b.md)\n```"),
)  # fmt: skip
INSIDE = ("a.md", "../b.md#c", "b/", "a.md?x")
PATHS = ("", "forms/7", "forms/8?new=1#x")
LINE_ENDS = ("\n", "\r\n", "\r")


@dataclass(frozen=True)
class Entry:
    """One signature; `text` is what was signed, None where the entry names no text that there ever was."""

    role: str
    by: str
    day: date
    note: bool
    digest: str
    text: Meaning | None


@dataclass(frozen=True)
class Style:
    """How a page is written, all of which is free."""

    line_end: int = 0
    blank: int = 0
    trailing: int = 0
    target: int = 0
    order: int = 0
    quoted: int = 0
    names: int = 0
    free: int = 0


@dataclass
class Sheet:
    """One page: what it means and how it is written."""

    kind: str
    fields: dict[str, object]
    lines: list[tuple[int, int]]
    style: Style = Style()
    entries: list[Entry] = field(default_factory=list)

    @property
    def meaning(self) -> Meaning:
        return (self.kind, *sorted(self.fields.items()), tuple(self.lines))

    @property
    def agree(self) -> frozenset[str]:
        agree = self.fields["agree"]
        assert isinstance(agree, frozenset)
        return agree

    def written(self) -> str:
        """Return the page as a file."""
        style = self.style
        lines = list(self._front_matter(style))
        at = style.order % len(lines)
        lines = lines[at:] + lines[:at] if style.order < len(lines) else lines[::-1]
        free = {"inside": INSIDE[style.target % 4], "path": PATHS[style.target % 3], "wiki": f"p{style.target}"}
        blank = "\n" * (2 + style.blank % 3)
        space = ("", "  ", " \t")[style.trailing % 3]
        body = blank.join(_filled(LINES[place][form], free) for place, form in self.lines)
        body = "\n".join(line + space for line in body.split("\n"))
        entries = ["sign_offs:", *map(_entry, self.entries)] if self.entries else []
        whole = "\n".join(["---", *lines, *entries, "---", body, ""])
        return "\ufeff" * (style.blank % 2) + whole.replace("\n", LINE_ENDS[style.line_end % 3])

    def _front_matter(self, style: Style) -> Iterator[str]:
        said = {name: self._quoted(str(value), style) for name, value in self.fields.items() if value}
        yield f"kind: {self.kind}"
        yield f"visibility: {('public', 'internal')[style.free % 2]}"
        yield from (f"{name}: {said[name]}" for name in ("id", "title", "replaces") if name in said)
        yield from (
            f"{name}: {said[name]}" for name in ("trigger", "review_every", "vision", "statement") if name in said
        )
        if self.kind == "sop":
            yield f"process: {{inputs: [{said['step']}], states: [{{name: {said['step']}, final: true}}]}}"
        if self.kind == "vpmom":
            result = f", result: {style.free}" if style.free % 3 else ""
            yield f"period: {said['period']}"
            yield f"priorities: [{said['priority']}]"
            yield "methods: [Do]"
            yield f"measures: [{{text: Claims, target: {said['target']}{result}}}]"
        if self.kind != "mission":
            yield "state: active"
        yield "rapid: " + self._rapid(style)
        yield from (f"owner: {OHA}", "tags: [a, b]", f"description: {style.free}")[: style.free % 4]

    @staticmethod
    def _quoted(text: str, style: Style) -> str:
        single = "'" + text.replace("'", "''") + "'"
        plain = text if text.isalnum() else single
        return (plain, json.dumps(text, ensure_ascii=False), single)[style.quoted % 3]

    def _rapid(self, style: Style) -> str:
        decide, agree = str(self.fields["decide"]), sorted(self.agree, reverse=bool(style.names % 2))
        if style.names % 4 == 0:
            return json.dumps({"decide": decide, "agree": agree} if agree else {"decide": decide})
        if style.names % 4 == 1:
            agree = [NAMES.get(name, name.upper()) for name in agree]
            return json.dumps({"agree": agree, "perform": [PNA], "decide": NAMES[decide]})
        short = [f"{decide.upper()}(D)", *(f"{name.upper()}(A, R)" for name in agree), "PNA(P & I)"]
        return ", ".join(short if style.names % 4 == 2 else short[::-1])


def _filled(form: str, free: dict[str, str]) -> str:
    for name, value in free.items():
        form = form.replace("{" + name + "}", value)
    return form


def _entry(entry: Entry) -> str:
    digest = f', digest: "{entry.digest}"' if entry.digest else ""
    note = ", note: Away" if entry.note else ""
    return f"  - {{role: {entry.role}, by: {entry.by}, date: {entry.day}{digest}{note}}}"


@dataclass
class Desk:
    """Two pages, the people, the day, and what git holds: the day and the meaning of each commit of each page."""

    sheets: list[Sheet]
    digest: Callable[[Desk, Sheet], str]
    today: date = TODAY
    until: dict[str, date] = field(default_factory=dict)
    deputies: dict[str, str] = field(default_factory=lambda: {LBK: PNA})
    members: dict[str, tuple[str, ...]] = field(default_factory=lambda: dict(MEMBERS))
    former: list[tuple[dict[str, object], list[tuple[int, int]]]] = field(default_factory=list)
    commits: list[tuple[date, tuple[tuple[Meaning, str], ...]]] = field(default_factory=list)

    @property
    def registry(self) -> dict[str, object]:
        people = [
            {"id": id_, "name": name}
            | ({"until": self.until[id_].isoformat()} if id_ in self.until else {})
            | ({"deputy": self.deputies[id_]} if id_ in self.deputies else {})
            for id_, name in NAMES.items()
        ]
        groups = [
            {"id": id_, "name": id_.title(), "members": list(members), "quorum": "all" if id_ == WHOLE else "any"}
            for id_, members in self.members.items()
        ]
        return {"people": people, "groups": groups}

    def is_signed(self, sheet: Sheet) -> bool:
        """Say whether everyone who has to signed what the page means now: what `handrail` has to find by itself."""
        standing = [entry for entry in sheet.entries if entry.text == sheet.meaning and self._counts(sheet, entry)]
        decide = str(sheet.fields["decide"])
        decided = [entry for entry in standing if entry.role == "D" and self._signs_for(entry, {decide}, person=True)]
        if not decided:
            return False
        # Nobody decides and agrees in another's place.
        both = {decide, max(enumerate(decided), key=lambda one: (one[1].day, one[0]))[1].by}
        asked: list[tuple[set[str], bool]] = []
        for name in sheet.agree:
            members = set(self.members.get(name, ())) - {decide}
            if name == WHOLE and members:
                asked += [({member}, True) for member in members]
            else:
                asked.append((members, False) if name in self.members else ({name}, True))
        return all(
            any(
                entry.role == "A"
                and self._signs_for(entry, names, person=person)
                and (entry.by not in both or (person and entry.by in names))
                for entry in standing
            )
            for names, person in asked
        )

    def _signs_for(self, entry: Entry, names: set[str], *, person: bool) -> bool:
        """Say whether an entry is by one of these, or by the deputy of the one person, with a note."""
        return entry.by in names or (person and entry.note and self.deputies.get(next(iter(names))) == entry.by)

    def _counts(self, sheet: Sheet, entry: Entry) -> bool:
        left = self.until.get(entry.by)
        earliest = EARLIEST.get(str(sheet.fields.get("period")), date.min)
        in_time = earliest <= entry.day <= self.today + timedelta(days=1)
        return in_time and (left is None or entry.day <= left) and not self._is_older(sheet, entry)

    def _is_older(self, sheet: Sheet, entry: Entry) -> bool:
        """Say whether git held the text, and only from a later day on than that of the signature."""
        index = next(index for index, other in enumerate(self.sheets) if other is sheet)
        days = [day for day, texts in self.commits if texts[index][0] == entry.text]
        is_believed = bool(self.commits) and entry.day >= min(day for day, _ in self.commits)
        return is_believed and bool(days) and min(days) > entry.day + timedelta(days=1)


def new_desk(kind: str, agree: frozenset[str], digest: Callable[[Desk, Sheet], str]) -> Desk:
    """Return a desk with two pages that differ in their ids only, the first signed by everyone."""
    names = ("id", "title", "decide", "agree", "replaces", *OWN[kind])
    sheets = [
        Sheet(kind, {name: POOLS[name][0] for name in names} | {"id": id_, "agree": agree}, [(n, 0) for n in range(7)])
        for id_ in ("pay", "claims")
    ]
    desk = Desk(sheets, digest)
    everyone_signs(desk, sheets[0], 0)
    return desk


# What may happen to a desk: each of these does one thing to one page, or to the people, as a number says.


def change_words(_desk: Desk, sheet: Sheet, number: int) -> None:
    if sheet.lines:
        at = number % len(sheet.lines)
        place, form = sheet.lines[at]
        sheet.lines[at] = place, (form + 1 + number // 8) % len(LINES[place])


def move_or_drop_a_line(_desk: Desk, sheet: Sheet, number: int) -> None:
    if sheet.lines:
        line = sheet.lines.pop(number % len(sheet.lines))
        if number % 3:
            sheet.lines.insert(number // 3 % (len(sheet.lines) + 1), line)


def change_a_material_field(_desk: Desk, sheet: Sheet, number: int) -> None:
    name = sorted(sheet.fields)[number % len(sheet.fields)]
    at = POOLS[name].index(sheet.fields[name]) + 1 + number // 16
    sheet.fields[name] = POOLS[name][at % len(POOLS[name])]


def write_it_otherwise(_desk: Desk, sheet: Sheet, number: int) -> None:
    aspects = ("line_end", "blank", "trailing", "target", "order", "quoted", "names", "free")
    aspect = aspects[number % 8]
    sheet.style = replace(sheet.style, **{aspect: getattr(sheet.style, aspect) + 1 + number // 8})


def take_back_an_edit(desk: Desk, sheet: Sheet, number: int) -> None:
    if desk.former:
        fields, lines = desk.former[number % len(desk.former)]
        sheet.fields, sheet.lines = dict(fields), list(lines)


def become_the_other_page(desk: Desk, sheet: Sheet, number: int) -> None:
    other = _other(desk, sheet)
    id_ = sheet.fields["id"]
    sheet.fields, sheet.lines = dict(other.fields), list(other.lines)
    if number % 2:
        sheet.fields["id"] = id_


def copy_entries(desk: Desk, sheet: Sheet, number: int) -> None:
    entries = _other(desk, sheet).entries
    sheet.entries += entries if number % 2 else entries[number % max(len(entries), 1) :][:1]


def drop_an_entry(_desk: Desk, sheet: Sheet, number: int) -> None:
    if sheet.entries:
        del sheet.entries[number % len(sheet.entries)]


def forge_a_digest(_desk: Desk, sheet: Sheet, number: int) -> None:
    if sheet.entries:
        at = number % len(sheet.entries)
        sheet.entries[at] = replace(sheet.entries[at], digest=f"t1:{number:064x}" if number % 2 else "", text=None)


def sign(desk: Desk, sheet: Sheet, number: int) -> None:
    signature = "DA"[number // 5 % 2], tuple(NAMES)[number % 5]
    _sign(desk, sheet, [signature], (0, -30, 1, 2, -300)[number // 10 % 5], note=number % 3 == 0)


def everyone_signs(desk: Desk, sheet: Sheet, number: int) -> None:
    agree = [one for name in sorted(sheet.agree) for one in desk.members.get(name, (name,))]
    signatures = [("D", str(sheet.fields["decide"])), *(("A", one) for one in agree)]
    _sign(desk, sheet, signatures, (0, 0, -30, -200)[number % 4])


def let_time_pass(desk: Desk, _sheet: Sheet, number: int) -> None:
    desk.today += timedelta(days=(1, 2, 40, 400)[number % 4])


def leave_or_come_back(desk: Desk, _sheet: Sheet, number: int) -> None:
    by = tuple(NAMES)[number % 5]
    if desk.until.pop(by, None) is None:
        desk.until[by] = desk.today - timedelta(days=(0, 1, 31, 250)[number // 5 % 4])


def name_a_deputy(desk: Desk, _sheet: Sheet, number: int) -> None:
    of, by = tuple(NAMES)[number % 5], tuple(NAMES)[number // 5 % 5]
    if of != by:
        desk.deputies[of] = by


def regroup(desk: Desk, _sheet: Sheet, number: int) -> None:
    name = tuple(MEMBERS)[number % 2]
    desk.members[name] = tuple(one for bit, one in enumerate(NAMES) if number >> (bit + 1) & 1)


def commit(desk: Desk, _sheet: Sheet, _number: int) -> None:
    desk.commits.append((desk.today, tuple((sheet.meaning, sheet.written()) for sheet in desk.sheets)))


def _other(desk: Desk, sheet: Sheet) -> Sheet:
    return desk.sheets[1] if desk.sheets[0] is sheet else desk.sheets[0]


def _sign(desk: Desk, sheet: Sheet, signatures: list[tuple[str, str]], days: int, *, note: bool = False) -> None:
    day, digest = desk.today + timedelta(days=days), desk.digest(desk, sheet)
    sheet.entries += [Entry(role, by, day, note, digest, sheet.meaning) for role, by in signatures]
    desk.former.append((dict(sheet.fields), list(sheet.lines)))


EDITS = (change_words, move_or_drop_a_line, change_a_material_field, write_it_otherwise)
SIGNATURES = (sign, everyone_signs, drop_an_entry, forge_a_digest, copy_entries)
PEOPLE = (let_time_pass, leave_or_come_back, name_a_deputy, regroup)
REPLAYS = (take_back_an_edit, become_the_other_page)

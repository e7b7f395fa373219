"""Two pages on a desk that people edit and sign, and what a reader would call the same text: words and fields.

Nothing here knows how a digest is made or how texts are compared. A page is kept as what it means, apart from how it is
laid out and how it is written; whoever signs, signs a text, and where git has that one, what it means. That alone says
which signatures stand.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import NamedTuple

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

# Each line of a body (addresses from the root, as its pages lie at two), what may be made of it, and how each of these may be typed so that it reads the same.
LINES: tuple[tuple[tuple[str, ...], ...], ...] = (
    (("You get it in ten days.", "You get it\nin ten days.", "You  get it in ten days."), ("You get it in twenty days.",), ("You get it in t\u0435n days.",), ("You get it in ten\u200b days.",), ("You get it  \nin ten days.",)),
    (("See [it](/a.md).", "See [it]( /a.md ).", "See [it](</a.md>).", "See [it][a].\n\n[a]: /a.md"), ("See [it](//x.example).",), ("See [it](https://x.example/).",), ("See [it](javascript:x).",), ("See it.", "See <!-- [it](/a.md) -->it."), ("See [it](/b.md).",), ("See [it](/a.md#b).",)),
    (("1. Do\n    - on the day", "1. Do\n    * on the day", "2. Do\n\n    - on the day"), ("1. Do\n- on the day", "1. Do\n  - on the day", "7. Do\n8. on the day"), ("Do on the day",)),
    (("[Us](https://a.example/7)", "[Us](HTTPS://A.example/7)", "[Us](<https://a.example/7>)"), ("[Us](https://b.example/7)",), ("[Us](https://a.example/8?new=1#x)",), ("[Us](http://a.example/7)",), ("[Us](mailto:a@b.example)",)),
    (("![Form](/form.png)", "![Form](</form.png>)"), ("![Form](/other.png)",), ("![Form](https://a.example/form.png)",), ("[![Form](/form.png)](/a.md)",), ("![Forms](/form.png)",)),
    (("[[sop:p0|it]]",), ("[[sop:p0]]",), ("[[sop:p0|that]]",), ("[[sop:p1|it]]",), ('<a href="/a.md">it</a>',)),
    (("`[a](b.md)`", "``[a](b.md)``"), ("`[a](c.md)`",), ("`[a]  (b.md)`",), ("```\n[a](b.md)\n```", "~~~\n[a](b.md)\n~~~"), ("```\n[a](c.md)\n```",), ("```\n[a](b.md)\n\n```",), ("```\n\n[a](b.md)\n```",)),
    (("Take:\n\n- a\n- b", "Take:\n\n* a\n* b", "Take:\n\n+ a\n\n+ b"), ("Take:\n\n1. a\n2. b", "Take:\n\n1. a\n1. b"), ("Take:\n\n- a\n    - b",), ("Take:\n\n- a b",), ("Take:\n\n- b\n- a",)),
    (("## How *soon*\n\nAt **once**.", "How _soon_\n---\n\nAt __once__.", "## How *soon* ##\n\nAt **once**."), ("## How soon\n\nAt **once**.",), ("### How *soon*\n\nAt **once**.",), ("## How *soon*\n\nAt *once*.",)),
)  # fmt: skip
LINE_ENDS = ("\n", "\r\n", "\r")


class Text(NamedTuple):
    """A text as it was typed, and as it reads."""

    typed: Meaning
    read: Meaning


@dataclass(frozen=True)
class Entry:
    """One signature; `text` is what was signed, None where the entry names no text that there ever was.

    `withdrawn` is the day on which it was taken back.
    """

    role: str
    by: str
    day: date
    note: bool
    digest: str
    text: Text | None
    withdrawn: date | None = None


@dataclass(frozen=True)
class Style:
    """How a page is written, all of which is free."""

    line_end: int = 0
    mark: int = 0
    ends: int = 0
    order: int = 0
    quoted: int = 0
    names: int = 0
    free: int = 0


@dataclass(frozen=True)
class Layout:
    """How a body is laid out: it is another text, and reads the same."""

    blank: int = 0
    trailing: int = 0
    form: int = 0


@dataclass
class Sheet:
    """One page: what it means, how it is laid out and how it is written."""

    kind: str
    fields: dict[str, object]
    lines: list[tuple[int, int]]
    style: Style = Style()
    layout: Layout = Layout()
    entries: list[Entry] = field(default_factory=list)

    @property
    def text(self) -> Text:
        fields = sorted(self.fields.items())
        read = ((name, " ".join(value.split()) if isinstance(value, str) else value) for name, value in fields)
        return Text((self.kind, *fields, self.body), (self.kind, *read, tuple(self.lines)))

    @property
    def body(self) -> str:
        """What stands below the fields, without how its lines end."""
        layout = self.layout
        between = "\n" * (2 + layout.blank % 3)
        typed = (_laid_out(LINES[place][form], layout) for place, form in self.lines)
        return "\n" * (layout.blank % 2) + between.join(typed) if self.lines else ""

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
        entries = ["sign_offs:", *map(_entry, self.entries)] if self.entries else []
        whole = "\n".join(["---", *lines, *entries, "---", self.body, *[""] * (style.ends % 4)])
        return "\ufeff" * (style.mark % 2) + whole.replace("\n", LINE_ENDS[style.line_end % 3])

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


def _laid_out(forms: tuple[str, ...], layout: Layout) -> str:
    form = forms[layout.form % len(forms)]
    # Two blanks at the end of a line would break it, and in code each blank shows.
    return form if "`" in form or "~" in form else form + " " * (layout.trailing % 2)


def _entry(entry: Entry) -> str:
    digest = f', digest: "{entry.digest}"' if entry.digest else ""
    note = ", note: Away" if entry.note else ""
    withdrawn = f", withdrawn: {{date: {entry.withdrawn}, reason: Not so}}" if entry.withdrawn else ""
    return f"  - {{role: {entry.role}, by: {entry.by}, date: {entry.day}{digest}{note}{withdrawn}}}"


class Committed(NamedTuple):
    """What a commit holds of a page."""

    text: Text
    entries: tuple[Entry, ...]
    file: str


@dataclass
class Desk:
    """Two pages, the people, the day, and what git holds: the day of each commit, and of each page its text, its entries and its file."""

    sheets: list[Sheet]
    digest: Callable[[Desk, Sheet], str]
    today: date = TODAY
    until: dict[str, date] = field(default_factory=dict)
    deputies: dict[str, str] = field(default_factory=lambda: {LBK: PNA})
    members: dict[str, tuple[str, ...]] = field(default_factory=lambda: dict(MEMBERS))
    former: list[tuple[dict[str, object], list[tuple[int, int]]]] = field(default_factory=list)
    commits: list[tuple[date, tuple[Committed, ...]]] = field(default_factory=list)

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

    def is_signed(self, sheet: Sheet, *, or_unbound: bool = False) -> bool:
        """Say whether everyone who has to signed what the page says now: what `handrail` has to find by itself.

        With `or_unbound` signatures that name no text count as well, where they may be for this one.
        """
        standing = [entry for entry in sheet.entries if self._counts(sheet, entry) and self._is_for(sheet, entry)]
        if or_unbound:
            loose = (entry for entry in sheet.entries if self._counts(sheet, entry) and not entry.digest)
            standing += [entry for entry in loose if self._may_be_for(sheet, entry)]
        decide = str(sheet.fields["decide"])
        decided = [entry for entry in standing if entry.role == "D" and self._signs_for(entry, {decide}, person=True)]
        if not decided:
            return False
        # Nobody decides and agrees in another's place.
        both = {decide, max(enumerate(decided), key=lambda one: (one[1].day, one[0]))[1].by}
        if or_unbound:
            both = set()  # which of them decided is another question
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
        tomorrow = self.today + timedelta(days=1)
        is_withdrawn = entry.withdrawn is not None and entry.withdrawn <= tomorrow
        return earliest <= entry.day <= tomorrow and (left is None or entry.day <= left) and not is_withdrawn

    def _is_for(self, sheet: Sheet, entry: Entry) -> bool:
        """Say whether an entry is for the text of a sheet: as it was typed, or, where git has what was signed, as it reads."""
        signed, now = entry.text, sheet.text
        if signed is None or signed.typed == now.typed:
            return signed is not None
        return signed.read == now.read and any(
            committed.text.typed == signed.typed for _, sheets in self.commits for committed in sheets
        )

    def _may_be_for(self, sheet: Sheet, entry: Entry) -> bool:
        """Say whether an entry that names no text may be for that of a sheet: git may show that it is for another."""
        index = next(index for index, other in enumerate(self.sheets) if other is sheet)
        if not self.commits or entry.day < min(day for day, _ in self.commits):
            return True
        said = entry.role, entry.by, entry.day, ""
        for _, sheets in self.commits:
            if any((one.role, one.by, one.day, one.digest) == said for one in sheets[index].entries):
                return sheets[index].text.read == sheet.text.read
        return True


def new_desk(kind: str, agree: frozenset[str], digest: Callable[[Desk, Sheet], str]) -> Desk:
    """Return a desk with two pages that differ in their ids only, the first signed by everyone."""
    names = ("id", "title", "decide", "agree", "replaces", *OWN[kind])
    sheets = [
        Sheet(
            kind,
            {name: POOLS[name][0] for name in names} | {"id": id_, "agree": agree},
            [(n, 0) for n in range(len(LINES))],
        )
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
    aspects = ("line_end", "mark", "ends", "order", "quoted", "names", "free")
    aspect = aspects[number % 7]
    sheet.style = replace(sheet.style, **{aspect: getattr(sheet.style, aspect) + 1 + number // 7})


def lay_it_out_anew(_desk: Desk, sheet: Sheet, number: int) -> None:
    aspect = ("blank", "trailing", "form")[number % 3]
    sheet.layout = replace(sheet.layout, **{aspect: getattr(sheet.layout, aspect) + 1 + number // 3})


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
        sheet.entries[at] = replace(sheet.entries[at], digest=f"t2:{number:064x}" if number % 2 else "", text=None)


def withdraw_an_entry(desk: Desk, sheet: Sheet, number: int) -> None:
    if sheet.entries:
        at = number % len(sheet.entries)
        day = desk.today + timedelta(days=(0, -30, 1, 2)[number // 16])
        sheet.entries[at] = replace(sheet.entries[at], withdrawn=day)


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
    desk.commits.append(
        (desk.today, tuple(Committed(sheet.text, tuple(sheet.entries), sheet.written()) for sheet in desk.sheets))
    )


def _other(desk: Desk, sheet: Sheet) -> Sheet:
    return desk.sheets[1] if desk.sheets[0] is sheet else desk.sheets[0]


def _sign(desk: Desk, sheet: Sheet, signatures: list[tuple[str, str]], days: int, *, note: bool = False) -> None:
    day, digest = desk.today + timedelta(days=days), desk.digest(desk, sheet)
    sheet.entries += [Entry(role, by, day, note, digest, sheet.text) for role, by in signatures]
    desk.former.append((dict(sheet.fields), list(sheet.lines)))


EDITS = (change_words, move_or_drop_a_line, change_a_material_field, write_it_otherwise, lay_it_out_anew)
SIGNATURES = (sign, everyone_signs, drop_an_entry, forge_a_digest, copy_entries, withdraw_an_entry)
PEOPLE = (let_time_pass, leave_or_come_back, name_a_deputy, regroup)
REPLAYS = (take_back_an_edit, become_the_other_page)

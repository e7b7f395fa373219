"""The signed texts of one handbook: the digest of each page's text, and how a text that somebody signed stands to it.

Whether somebody may sign is another question (`signoff.py`), and so is where a former text comes from (`past.py`).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from handrail.model.contents import contents_of
from handrail.model.dates import next_day
from handrail.model.past import Former
from handrail.model.reading import compared
from handrail.model.shown_files import TEXTS, Home, ShownFiles
from handrail.model.signed_content import text_of
from handrail.model.signoff import Signature
from handrail.model.text_state import AS_SIGNED, UNBOUND, TextState, TextVerdict, Why
from handrail.text.digest import Digest, file_hash, files_half, parse_digest

if TYPE_CHECKING:
    from handrail.model.comparisons import Comparisons
    from handrail.model.handbook import Handbook
    from handrail.model.page import Page
    from handrail.rendering.renderer import Renderer


class SignedTexts:
    """What is known of the texts of a handbook's pages; each answer is worked out once."""

    def __init__(self, handbook: Handbook) -> None:
        self._handbook = handbook
        self._digests: dict[Page, Digest] = {}
        self._named: dict[str, Digest | None] = {}
        self._verdicts: dict[tuple[Page, Digest], TextVerdict] = {}
        self._file_hashes: dict[str, str] = {}

    # What stands there

    def digest(self, page: Page) -> Digest:
        """Return the digest of a document's text as it stands."""
        if page not in self._digests:
            shown = self.files_shown_by(page)
            files = files_half(self.file_hash(path) for path in shown) if shown else ""
            self._digests[page] = Digest(text_of(page, self._handbook.registry), files)
        return self._digests[page]

    def files_shown_by(self, page: Page) -> list[str]:
        """Return the pictures, sounds and films that a page shows, by path."""
        return self._shown_files.shown_by(page.source.body, Home(page.folder, page.url))

    @cached_property
    def _shown_files(self) -> ShownFiles:
        return ShownFiles([*self._handbook.files.assets, *self._handbook.site.let_in])

    def file_hash(self, path: str) -> str:
        """Return the hash that a digest takes of a file beside the pages."""
        if path not in self._file_hashes:
            contents = contents_of(self._handbook)
            content = contents.read(path)
            is_text = path.lower().endswith(TEXTS)
            self._file_hashes[path] = contents.hash(path) if content is None else file_hash(content, is_text=is_text)
        return self._file_hashes[path]

    def file_length(self, path: str) -> int | None:
        """Return how many bytes a file beside the pages holds."""
        return contents_of(self._handbook).size(path)

    # What was signed

    def verdict(self, page: Page, signature: Signature) -> TextVerdict:
        """Return how the text that a signature is for stands to that of the page."""
        # Those who sign a page name the same text, and most of them today's.
        if signature.digest not in self._named:
            self._named[signature.digest] = parse_digest(signature.digest)
        signed = self._named[signature.digest]
        if signed is not None:
            return self.verdict_on(page, signed)
        if not self._is_believed(signature):
            return UNBOUND
        former = self._handbook.past.text_of_entry(page, signature)
        if former is None:
            # The entry is not in git yet, and so is for the text that stands here.
            return TextVerdict(TextState.UNBOUND)
        found = self._compared(page, former, self._handbook.past.digest_of(former))
        return TextVerdict(TextState.UNBOUND, None, former) if found.holds else found

    def verdict_on(self, page: Page, signed: Digest) -> TextVerdict:
        """Return how a text with a digest stands to that of a page."""
        if signed == self.digest(page):
            return AS_SIGNED
        key = page, signed
        if key not in self._verdicts:
            former = self._handbook.past.text(page, signed.text)
            self._verdicts[key] = (
                self._compared(page, former, signed) if former is not None else self._lost(page, signed)
            )
        return self._verdicts[key]

    def _lost(self, page: Page, signed: Digest) -> TextVerdict:
        """Return the verdict on a text that git does not hold."""
        if signed.text == self.digest(page).text:
            return TextVerdict(TextState.CHANGED, Why.FILE, files=signed.files)
        facts = self._handbook.past.facts
        return TextVerdict(
            TextState.CHANGED,
            Why.SHALLOW if facts.shallow else Why.NOT_IN_GIT,
            git_reason=facts.reason,
            files=signed.files,
        )

    def _compared(self, page: Page, former: Former, signed: Digest) -> TextVerdict:
        now = self.digest(page)
        if signed == now:
            return TextVerdict(TextState.AS_SIGNED, None, former)
        if signed.text == now.text:
            return TextVerdict(TextState.CHANGED, Why.FILE, former, files=signed.files)
        return replace(compared(self._handbook, page, former, signed), files=signed.files)

    def text_came(self, page: Page, signature: Signature) -> date | None:
        """Return the day on which a page came to git, where that was after a signature that names no text; else None."""
        if signature.digest or not self._is_believed(signature):
            return None
        facts = self._handbook.past.facts.pages.get(page.src_uri)
        came = facts.first_day if facts is not None else None
        return came if came is not None and came > next_day(signature.signed_on) else None

    def _is_believed(self, signature: Signature) -> bool:
        """Say whether git can tell anything of the day on which a signature was given."""
        since = self._handbook.git_since
        return since is not None and signature.signed_on >= since

    # What a reader sees

    @cached_property
    def renderer(self) -> Renderer:
        """Shows what a reader sees of a text; loading it takes a tenth of a second, and most checks need none."""
        from handrail.rendering.renderer import Renderer  # noqa: PLC0415 - as said

        return Renderer(self._handbook.project.markdown)

    @cached_property
    def comparisons(self) -> Comparisons:
        """Compares texts, and remembers what was found."""
        from handrail.model.comparisons import Comparisons  # noqa: PLC0415 - as above

        return Comparisons(self._handbook)

    def keep_comparisons(self) -> None:
        """Keep what was found of texts, where any were compared."""
        if "comparisons" in self.__dict__:
            self.comparisons.save()

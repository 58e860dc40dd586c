"""What a REFI-QDA project says once and refers to by GUID."""

from collections import Counter, defaultdict
from collections.abc import Callable
from xml.etree.ElementTree import Element

from annotator.formats.errors import FormatError
from annotator.formats.parts.bodies import BadRecord
from annotator.formats.parts.descriptions import parted
from annotator.formats.parts.plain_values import Shelf
from annotator.formats.refi.codes import Codes, plain_guid
from annotator.model.scheme import Scheme


class Index:
    """Users, codes, variables, notes and links of a project, and the ids of its annotations."""

    def __init__(self, root: Element, scheme: Scheme) -> None:
        self.origin = root.get("origin", "")
        self.codes = Codes(root.find("CodeBook/Codes"), scheme)
        self.shelf = Shelf()
        self.left: Counter[str] = Counter()
        """What is left out, in words, and how often."""
        self.links: dict[str, list[Element]] = defaultdict(list)
        """The links by the GUID that they start from."""
        self._users = {plain_guid(u.get("guid")): u.get("name", "") for u in root.iterfind("Users/User")}
        self._variables = {
            plain_guid(v.get("guid")): v.get("name", "").strip().casefold()
            for v in root.iterfind("Variables/Variable")
        }
        self._cases = {plain_guid(case.get("guid")) for case in root.iterfind("Cases/Case")}
        self._notes = {plain_guid(note.get("guid")): note for note in root.iterfind("Notes/Note")}
        self._words: dict[str, str] = {}
        self._noted: dict[str, list[str]] = defaultdict(list)
        self._ids: dict[str, str] = {}
        self._look_at_selections(root)
        self._sort_links(root)

    def layer(self, *users: str | None) -> str:
        """Name the first user that is given; one whom the file doesn't name goes by the GUID."""
        user = next((plain_guid(u) for u in users if u), "")
        return self._users.get(user, "").strip() or (f"user {user[:8]}" if user else "")

    def annotation(self, selection: str | None) -> str:
        """Return the id of the annotation that a selection holds; "" when it is none."""
        return self._ids.get(plain_guid(selection), "")

    def variable(self, reference: str | None) -> str:
        return self._variables.get(plain_guid(reference), "")

    def is_case(self, code: str | None) -> bool:
        """Say whether a code is a case: NVivo codes with those too."""
        return plain_guid(code) in self._cases

    def read_notes(self, text_of: Callable[[Element], str]) -> None:
        """Read the words of all notes; those that are not in the file say nothing."""
        for own, note in self._notes.items():
            try:
                self._words[own] = text_of(note).strip()
            except FormatError:
                self.left["notes that are not in the file"] += 1

    def words(self, *noted: Element) -> list[str]:
        """Return the words of the notes that some elements refer to."""
        targets = [plain_guid(ref.get("targetGUID")) for e in noted for ref in e.findall("NoteRef")]
        for element in noted:
            targets += self._noted.get(plain_guid(element.get("guid")), ())
        return [words for target in dict.fromkeys(targets) if (words := self._words.get(target))]

    def _look_at_selections(self, root: Element) -> None:
        """Give each coded selection an id, and gather the entities that ours name."""
        for selection in root.iter("PlainTextSelection"):
            if selection.find("Coding") is not None:
                own = plain_guid(selection.get("guid"))
                _, kept = parted(selection.findtext("Description") or "")
                self._ids[own] = kept["id"] if isinstance(kept.get("id"), str) else own
                try:
                    self.shelf.values(kept.get("attributes", {}))
                except BadRecord:
                    continue  # Reading the selection says so.

    def _sort_links(self, root: Element) -> None:
        for link in root.iterfind("Links/Link"):
            origin, target = plain_guid(link.get("originGUID")), plain_guid(link.get("targetGUID"))
            if origin in self._ids and target in self._ids:
                self.links[origin].append(link)
            elif origin in self._notes:
                self._noted[target].append(origin)
            else:
                self.left["links between other things than spans"] += 1

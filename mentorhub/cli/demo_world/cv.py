"""The CV that goes with the demo's request: a page of PDF, written by hand."""

from typing import Final

from mentorhub.domain.bookings.service import FILES_FOLDER, StoredFile
from mentorhub.domain.common.files import FileKind
from mentorhub.domain.common.ids import new_id
from mentorhub.domain.common.ports import FileStore

_LINES: Final = (
    "Ngaire Walker",
    "",
    "Inspection lead, dams and intakes. Six years, a team of nine.",
    "",
    "Wrote the tablet checklist that four regions now use for their inspections.",
    "Brought the report of a site visit from eleven days down to two.",
    "Trained forty inspectors, and changed the checklist by what they told me.",
    "",
    "Looking for a product role in infrastructure software.",
)


def store_cv(files: FileStore) -> StoredFile:
    """Put the CV into the file store; raises StoreAway."""
    content, stored = _pdf(_LINES), f"{FILES_FOLDER}/{new_id().hex}"
    files.put(stored, content)
    return StoredFile(f"{_LINES[0].replace(' ', '-')}-CV.pdf", FileKind.PDF, len(content), stored)


def _pdf(lines: tuple[str, ...]) -> bytes:
    """Plain letters, one line under the other, on a sheet of A4."""
    drawn = "BT /F1 12 Tf 18 TL 72 770 Td " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
    objects = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R "
        "/Resources << /Font << /F1 4 0 R >> >> >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream",
    )
    written, places = "%PDF-1.4\n", list[int]()
    for number, body in enumerate(objects, 1):
        places.append(len(written))
        written += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    count = len(objects) + 1
    end = f"trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{len(written)}\n%%EOF\n"
    return f"{written}xref\n0 {count}\n0000000000 65535 f \n{table}{end}".encode("ascii")

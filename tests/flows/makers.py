"""PDF files for the tests of runs: small ones that can be read, and ones that are broken on purpose."""

from collections.abc import Sequence
from pathlib import Path

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

GRID = TableStyle(
    [
        ("GRID", (0, 0), (-1, -1), 0.75, colors.black),
        ("FONTSIZE", (0, 0), (-1, -1), 9),
        ("FONTNAME", (0, 0), (-1, 0), "Helvetica-Bold"),
    ]
)
ANSWERS = (
    ("Kommun", "Information på flera språk", "Rutin för samverkan"),
    ("Solna", "JA", "NEJ"),
    ("Nacka", "JA", "JA"),
    ("Täby", "NEJ", "JA"),
    ("Lidingö", "JA", "JA"),
)


def report(
    path: Path,
    *,
    title: str = "Öppna jämförelser 2021 – ekonomiskt bistånd",
    sentences: Sequence[str] = ("Alla fyra kommunerna har lämnat svar i undersökningen.",),
    rows: Sequence[Sequence[str]] = ANSWERS,
    password: str | None = None,
) -> Path:
    """A report of one page: a title, a captioned table in a full grid, and a paragraph; gives its path."""
    styles = getSampleStyleSheet()
    story = [
        Paragraph(title, styles["Title"]),
        Paragraph("Tabell 1. Tillgänglighet och samverkan", styles["Heading3"]),
        Table([list(row) for row in rows], style=GRID),
        Spacer(1, 12),
        *(Paragraph(sentence, styles["BodyText"]) for sentence in sentences),
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    encryption = StandardEncryption(password, ownerPassword="owner", canPrint=0) if password else None
    SimpleDocTemplate(str(path), pagesize=A4, encrypt=encryption, invariant=1).build(story)
    return path


def inbox_of_broken_files(folder: Path) -> dict[str, str]:
    """Fill a folder with one good report and a file of every broken kind.

    Returns:
        Words that the reason of each broken file must contain, by file name.
    """
    good = report(folder / "bra.pdf")
    content = good.read_bytes()
    (folder / "avhuggen.pdf").write_bytes(content[: len(content) // 3])
    (folder / "kopia.pdf").write_bytes(content)
    (folder / "tom.pdf").write_bytes(b"")
    (folder / "ingen_pdf.pdf").write_text("Det här är en vanlig textfil.\n" * 40, encoding="utf-8")
    (folder / "utan_sidor.pdf").write_bytes(without_pages())
    (folder / "anteckningar.txt").write_text("Kom ihåg mötet.\n", encoding="utf-8")
    report(folder / "låst.pdf", password="hemligt")
    return {
        "avhuggen.pdf": "skadad",
        "kopia.pdf": "dubblett av bra.pdf",
        "tom.pdf": "tom",
        "ingen_pdf.pdf": "PDF",
        "utan_sidor.pdf": "sidor",
        "anteckningar.txt": "PDF",
        "låst.pdf": "lösenord",
    }


def without_pages() -> bytes:
    """A well-formed PDF whose page tree is empty."""
    objects = (b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>")
    body, table = b"%PDF-1.4\n", b"0000000000 65535 f \n"
    for number, content in enumerate(objects, start=1):
        table += b"%010d 00000 n \n" % len(body)
        body += b"%d 0 obj%s endobj\n" % (number, content)
    end = b"trailer<</Size 3/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(body)
    return body + b"xref\n0 3\n" + table + end

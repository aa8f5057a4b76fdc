"""Bad PDFs by the hundred: samples mutated at random (from a seed), and files built to do harm.

Everything is made here; nothing is taken from a published document.
"""

import random
import zlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

SEED = 20240229
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>%s>>"
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
TEXT = b"BT /F1 12 Tf 72 700 Td (Kommunerna svarade.) Tj ET"


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """A stream object's body."""
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(data), data)


def pdf(objects: dict[int, bytes], trailer: bytes = b"", version: bytes = b"1.7") -> bytes:
    """A PDF file of numbered objects with a correct cross-reference table; object 1 is the catalogue."""
    out, places = bytearray(b"%%PDF-%s\n" % version), {}
    for number, body in sorted(objects.items()):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start, size = len(out), max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 00000 f \n"
    out += b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, start)
    return bytes(out)


def simple(page: bytes = b"", content: bytes | None = None, **others: bytes) -> dict[int, bytes]:
    """The objects of a file of one page; ``others`` (``o6=…``) add or replace objects."""
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: PAGE % page,
        4: stream(TEXT) if content is None else content,
        5: FONT,
    }
    return objects | {int(name[1:]): body for name, body in others.items()}


def of_size(box: bytes, more: bytes = b"") -> dict[int, bytes]:
    """A file of one page whose media box and further entries are given."""
    objects = simple()
    objects[3] = (PAGE % more).replace(b"[0 0 595 842]", box)
    return objects


@cache
def bomb(levels: int, megabytes: int = 2048, unit: bytes = b" ") -> bytes:
    """Bytes that open to ``megabytes`` MB of the repeated unit when inflated ``levels`` times.

    A block that ends in a full flush can be repeated as it is, so nothing large is ever made here. The check
    sum at the end is wrong, which readers of PDF forgive.
    """
    block = (unit * ((1 << 20) // len(unit) + 1))[: 1 << 20]
    packer = zlib.compressobj(9, zlib.DEFLATED, 15)
    first = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    data = first + again * (megabytes - 1) + packer.flush()
    for _ in range(levels - 1):
        data = zlib.compress(data, 9)
    return data


def filters(levels: int) -> bytes:
    """The filter entry of so many levels."""
    return b"/Filter[%s]" % (b"/FlateDecode" * levels)


def mutations(samples: list[tuple[str, bytes, int]]) -> Iterator[tuple[str, bytes]]:
    """Samples with bytes cut off, flipped, blanked, moved and doubled, as many of a kind as is said."""
    chance = random.Random(SEED)
    for name, data, each in samples:
        for turn in range(each):
            yield f"avhuggen-{name}-{turn}", data[: chance.randrange(8, len(data))]
            flipped = bytearray(data)
            for _ in range(chance.choice((1, 4, 20, 200))):
                flipped[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
            yield f"vand-{name}-{turn}", bytes(flipped)
            begin = chance.randrange(len(data))
            length = chance.randrange(1, 4000)
            blank = chance.choice((b"\0", b" ", b"\xff", b"9"))
            yield f"blank-{name}-{turn}", data[:begin] + blank * length + data[begin + length :]
            yield f"utan-{name}-{turn}", data[:begin] + data[begin + length :]
            yield f"dubbel-{name}-{turn}", data[:begin] + data[begin - length : begin] + data[begin:]
            at = data.rfind(b"startxref")
            number = chance.choice((0, 7, len(data) * 2, chance.randrange(len(data)), 2**63, -5))
            yield f"xref-{name}-{turn}", data[:at] + b"startxref\n%d\n%%%%EOF" % number
            figures = [place for place in range(len(data)) if data[place : place + 1].isdigit()]
            changed = bytearray(data)
            for place in chance.sample(figures, 40):
                changed[place] = chance.choice(b"0123456789")
            yield f"tal-{name}-{turn}", bytes(changed)


def recursive() -> dict[str, dict[int, bytes]]:
    """Objects that lead to themselves."""
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</XObject<</X 6 0 R/Y 7 0 R>>>>"
    uses = simple(b"")
    uses[3] = uses[3].replace(b"/Font<<", b"/XObject<</X 6 0 R>>/Font<<")
    type3 = (
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[1 0 0 1 0 0]/FirstChar 65/LastChar 65"
        b"/Widths[9]/Encoding<</Differences[65/a]>>/CharProcs<</a 6 0 R>>/Resources<</Font<</F1 5 0 R>>>>>>"
    )
    return {
        "sidtrad": simple(o2=b"<</Type/Pages/Kids[2 0 R 3 0 R 2 0 R]/Count 3/Parent 2 0 R>>"),
        "sida-i-sida": simple(o3=b"<</Type/Pages/Kids[2 0 R]/Count 1/Parent 2 0 R>>"),
        "innehall": simple(o4=b"[4 0 R 4 0 R]"),
        "langd": simple(content=b"<</Length 4 0 R>>stream\nBT ET\nendstream"),
        "formular": {
            **uses,
            4: stream(b"/X Do"),
            6: stream(b"/X Do /X Do", form),
            7: stream(b"/X Do /Y Do", form),
        },
        "formular-par": {
            **uses,
            4: stream(b"/X Do"),
            6: stream(b"/Y Do" * 9, form),
            7: stream(b"/X Do" * 9, form),
        },
        "typ3": {
            **simple(content=stream(b"BT /F1 9 Tf (A) Tj ET")),
            5: type3,
            6: stream(b"BT /F1 9 Tf (A) Tj ET"),
        },
        "objekt-pa-sig": {**simple(), 3: b"3 0 R"},
        "katalog": {**simple(), 1: b"1 0 R"},
        "filter": simple(content=b"<</Length 5/Filter 4 0 R>>stream\nBT ET\nendstream"),
        "resurser": simple(o3=b"<</Type/Page/Parent 2 0 R/Resources 3 0 R/Contents 4 0 R/MediaBox 3 0 R>>"),
        "bokmarken": {
            **simple(
                o6=b"<</First 7 0 R/Last 7 0 R/Count 1>>",
                o7=b"<</Title(a)/Parent 7 0 R/Next 7 0 R/First 7 0 R>>",
            ),
            1: b"<</Type/Catalog/Pages 2 0 R/Outlines 6 0 R>>",
        },
        "djup-lista": simple(content=stream(b"[" * 200_000)),
        "djupt-lexikon": simple(b"/A" + b"<</A" * 50_000 + b" 1" + b">>" * 50_000),
        "djupt-sidtrad": {
            **simple(),
            2: b"<</Type/Pages/Kids[10 0 R]/Count 1>>",
            **{
                n: b"<</Type/Pages/Parent %d 0 R/Kids[%d 0 R]/Count 1>>" % (n - 1, n + 1)
                for n in range(10, 4000)
            },
            4000: PAGE % b"",
        },
    }


def bombs() -> dict[str, dict[int, bytes]]:
    """Streams that open to far more than they are."""
    image = b"/Type/XObject/Subtype/Image/Width 46000/Height 46000/BitsPerComponent 8/ColorSpace/DeviceGray"
    shown = simple(content=stream(b"q 595 0 0 842 0 0 cm /I Do Q"))
    shown[3] = shown[3].replace(b"/Font<<", b"/XObject<</I 6 0 R>>/Font<<")
    descriptor = b"<</Type/FontDescriptor/FontName/A/Flags 4/FontFile2 8 0 R>>"
    found = {
        f"innehall-{levels}": simple(content=stream(bomb(levels), filters(levels))) for levels in (1, 2, 3)
    }
    return found | {
        "ord": simple(content=stream(bomb(2, 2048, b"BT /F1 9 Tf 9 9 Td (ord) Tj ET "), filters(2))),
        "linjer": simple(content=stream(bomb(2, 2048, b"1 1 m 9 9 l S "), filters(2))),
        "rutor": simple(content=stream(bomb(2, 2048, b"1 1 9 9 re f "), filters(2))),
        "tillstand": simple(content=stream(bomb(2, 512, b"q "), filters(2))),
        "bild": shown | {6: stream(bomb(2), image + filters(2))},
        "bild-utan-slut": shown
        | {6: stream(bomb(1, 1), image.replace(b"46000", b"2000000000") + filters(1))},
        "typsnitt": simple(
            o5=b"<</Type/Font/Subtype/TrueType/BaseFont/A/FontDescriptor 7 0 R>>",
            o7=descriptor,
            o8=stream(bomb(2), filters(2) + b"/Length1 9"),
        ),
        "tounicode": simple(
            o5=b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 8 0 R>>",
            o8=stream(bomb(2, 1024, b"<01> <02> <0041>\n"), filters(2)),
        ),
        "objektstrom": simple(o9=stream(bomb(2), b"/Type/ObjStm/N 99999999/First 9" + filters(2))),
        "prediktor": simple(
            content=stream(bomb(2), filters(2) + b"/DecodeParms[null<</Predictor 15/Columns 2000000000>>]")
        ),
        "runlength": simple(content=stream(b"\x81 " * 400_000, b"/Filter/RunLengthDecode")),
        "hex": simple(content=stream(b"20" * 400_000, b"/Filter[/ASCIIHexDecode]")),
    }


def sizes() -> dict[str, dict[int, bytes]]:
    """Pages of sizes and numbers that no paper has."""
    boxes = {
        "tva-miljoner": b"[0 0 2000000 2000000]",
        "smal": b"[0 0 2000000 1]",
        "noll": b"[0 0 0 0]",
        "negativ": b"[595 842 0 0]",
        "langt-bort": b"[1e9 1e9 1e10 1e10]",
        "inga-tal": b"[/A /B /C /D]",
        "for-kort": b"[0 0]",
    }
    made = {f"ruta-{name}": of_size(box) for name, box in boxes.items()}
    picture = b"/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray"
    for name in ("tva-miljoner", "smal", "langt-bort"):
        scan = of_size(boxes[name])
        scan[3] = scan[3].replace(b"/Font<<", b"/XObject<</I 6 0 R>>/Font<<")
        made[f"bild-{name}"] = scan | {
            4: stream(b"q 2000000 0 0 2000000 0 0 cm /I Do Q"),
            6: stream(b"\0", picture),
        }
    many = b" ".join([b"3 0 R"] * 100_000)
    return made | {
        "enhet": of_size(b"[0 0 595 842]", b"/UserUnit 1000000"),
        "vriden": of_size(b"[0 0 595 842]", b"/Rotate 45/CropBox[-9 -9 1e7 1e7]"),
        "sidor": simple(o2=b"<</Type/Pages/Kids[%s]/Count 100000>>" % many),
        "sidor-ljug": simple(o2=b"<</Type/Pages/Kids[3 0 R]/Count 2000000000>>"),
        "sidor-minus": simple(o2=b"<</Type/Pages/Kids[3 0 R]/Count -7>>"),
        "inga-sidor": simple(o2=b"<</Type/Pages/Kids[]/Count 0>>"),
    }


def oddities() -> dict[str, bytes]:
    """Missing fonts, locks, scripts, attachments, and files that are something else as well."""
    script = b"<</S/JavaScript/JS(while(1){app.alert('hej')})>>"
    launch = b"<</S/Launch/F(/bin/sh)/NewWindow true>>"
    attached = simple(o6=b"<</Type/Filespec/F(virus.exe)/EF<</F 7 0 R>>>>", o7=stream(b"MZ" * 99))
    attached[1] = b"<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[(a) 6 0 R]>>>>/AF[6 0 R]>>"
    good = pdf(simple())
    locked = b"/Encrypt<</Filter/%s/V %d/R %d/O(x)/U(y)/P -4>>/ID[(a)(b)]"
    made = {
        "utan-typsnitt": pdf(simple(o3=(PAGE % b"").replace(b"/F1 5 0 R", b""))),
        "borta-typsnitt": pdf({n: body for n, body in simple().items() if n != 5}),
        "okant-typsnitt": pdf(simple(o5=b"<</Type/Font/Subtype/Type0/BaseFont/Finns-Ej/Encoding/Ingen>>")),
        "trasigt-typsnitt": pdf(
            simple(
                o5=b"<</Type/Font/Subtype/TrueType/BaseFont/A/FontDescriptor 7 0 R>>",
                o7=b"<</Type/FontDescriptor/FontName/A/FontFile2 8 0 R>>",
                o8=stream(random.Random(SEED).randbytes(5000), b"/Length1 5000"),
            )
        ),
        "typsnitt-ar-tal": pdf(simple(o5=b"12")),
        "script": pdf(
            simple() | {1: b"<</Type/Catalog/Pages 2 0 R/OpenAction %s/AA<</WC %s>>>>" % (script, script)}
        ),
        "start": pdf(simple() | {1: b"<</Type/Catalog/Pages 2 0 R/OpenAction %s>>" % launch}),
        "bilaga": pdf(attached),
        "lasbar-efter-html": b"<html>" + b" " * 900 + good,
        "html-och-pdf": good + b"<script>alert(1)</script>",
        "bara-huvud": b"%PDF-1.7\n",
        "huvud-och-nollor": b"%PDF-1.7\n" + bytes(200_000),
        "huvud-och-brus": b"%PDF-1.7\n" + random.Random(SEED).randbytes(200_000),
        "utan-rot": good.replace(b"/Root 1 0 R", b"/Rotz 1 0 R"),
        "rot-saknas": good.replace(b"/Root 1 0 R", b"/Root 99 0 R"),
        "prev-till-sig": good.replace(b"/Root", b"/Prev %d/Root" % good.rfind(b"xref\n0")),
        "storlek": good.replace(b"/Size 6", b"/Size 2147483647"),
        "svarslos-xref": good.replace(b"xref\n0 6", b"xref\n0 99999999"),
        "strang-utan-slut": pdf(simple(content=stream(b"BT /F1 9 Tf (" + b"(" * 99_999))),
        "inbaddad-bild": pdf(simple(content=stream(b"BI /W 99999 /H 99999 /BPC 8 /CS /G ID x EI"))),
        "tal-utan-slut": pdf(simple(content=stream(b"9" * 300_000 + b" 0 0 1 0 0 cm " + TEXT))),
        "nan": pdf(simple(content=stream(b"1e999 0 0 1e999 0 0 cm 1e38 w 0 0 m 1e38 1e38 l S " + TEXT))),
    }
    for filter_, version, revision in ((b"Standard", 1, 2), (b"Standard", 5, 6), (b"Okand", 9, 9)):
        made[f"las-{filter_.decode().lower()}-{version}"] = pdf(
            simple(), locked % (filter_, version, revision)
        )
    return made


def write_bad_pdfs(folder: Path, samples: dict[Path, int]) -> list[Path]:
    """Write every bad PDF into the folder (samples: how many mutations of each kind); gives sorted paths."""
    folder.mkdir(parents=True, exist_ok=True)
    given = [(path.stem[:12], path.read_bytes(), each) for path, each in samples.items()]
    made = dict(mutations(given))
    for kind, group in (("rekursiv", recursive()), ("bomb", bombs()), ("matt", sizes())):
        made |= {f"{kind}-{name}": pdf(objects) for name, objects in group.items()}
    made |= {f"udda-{name}": data for name, data in oddities().items()}
    for name, data in made.items():
        (folder / f"{name}.pdf").write_bytes(data)
    return sorted(folder / f"{name}.pdf" for name in made)

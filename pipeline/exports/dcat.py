"""dcat.ttl and dcat.rdf: the dataset as DCAT-AP-SE 3 describes it, for dataportal.se and others.

Mandatory and recommended properties of catalogue, dataset, distribution, agent and contact follow the Swedish
profile's specification (docs.dataportal.se, DCAT-AP-SE 3.0). Nothing is a blank node, so that equal
datasets give equal files.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.dataset.files import atomic_write, sha256_of
from pipeline.dataset.schemas import schemas
from pipeline.exports.package import ENGLISH
from pipeline.exports.settings import ExportSettings

if TYPE_CHECKING:
    from rdflib import Graph, URIRef

TURTLE_FILE, RDF_FILE = "dcat.ttl", "dcat.rdf"
DCT, DCAT = "http://purl.org/dc/terms/", "http://www.w3.org/ns/dcat#"
FOAF, VCARD = "http://xmlns.com/foaf/0.1/", "http://www.w3.org/2006/vcard/ns#"
ADMS, SPDX = "http://www.w3.org/ns/adms#", "http://spdx.org/rdf/terms#"
DCATAP = "http://data.europa.eu/r5r/"
EU = "http://publications.europa.eu/resource/authority/"
IANA = "https://www.iana.org/assignments/media-types/"
PREFIXES = {
    "dct": DCT, "dcat": DCAT, "foaf": FOAF, "vcard": VCARD, "adms": ADMS, "spdx": SPDX, "dcatap": DCATAP,
}  # fmt: skip
#: EU file type and media type by the end of a file's name.
FORMATS = {
    ".parquet": ("PARQUET", "application/vnd.apache.parquet"),
    ".csv": ("CSV", "text/csv"),
    ".xlsx": ("XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ".duckdb": ("BIN", "application/octet-stream"),
}


@dataclass(frozen=True, slots=True)
class _File:
    """A file that can be fetched, with its Swedish words."""

    name: str
    title: str
    description: str


def dcat_exporter(settings: ExportSettings) -> Callable[[Path, Mapping[str, Any]], None]:
    """An exporter for ``publish`` that writes both files; it comes after those whose files it lists."""

    def write_dcat(folder: Path, run: Mapping[str, Any]) -> None:
        graph = catalogue(folder, run, settings)
        atomic_write(folder / TURTLE_FILE, graph.serialize(format="turtle").encode())
        atomic_write(folder / RDF_FILE, _rdf_xml(graph).encode())

    return write_dcat


def _rdf_xml(graph: Graph) -> str:
    """RDF/XML; rdflib declares the name spaces in an order that changes from run to run."""
    lines = graph.serialize(format="pretty-xml").splitlines()
    spaces = sorted(line for line in lines if line.startswith("  xmlns:"))
    return "\n".join(spaces.pop(0) if line.startswith("  xmlns:") else line for line in lines) + "\n"


def catalogue(folder: Path, run: Mapping[str, Any], settings: ExportSettings) -> Graph:
    """The catalogue, its dataset and a distribution per file of the folder.

    Args:
        folder: with the published files; only those there are listed.
    """
    return _Builder(folder, run, settings).build()


class _Builder:
    """Adds the nodes one after the other; properties are given by prefixed name."""

    def __init__(self, folder: Path, run: Mapping[str, Any], settings: ExportSettings) -> None:
        from rdflib import Graph

        self._folder, self._run, self._settings = folder, run, settings
        self._base = settings.base_uri.rstrip("/") + "/"
        self._graph = Graph()
        for prefix, uri in PREFIXES.items():
            self._graph.bind(prefix, uri)
        self._modified = dt.datetime.fromisoformat(run["started"]).date()

    def build(self) -> Graph:
        """All nodes."""
        self._people()
        self._catalogue()
        self._dataset()
        for file in _files(self._folder):
            self._distribution(file)
        return self._graph

    def _people(self) -> None:
        own = self._settings
        self._add(own.publisher_uri, "foaf:Agent", [
            ("foaf:name", self._text(own.publisher_name)),
            ("dct:type", self._uri(own.publisher_type)),
        ])  # fmt: skip
        self._add(f"{self._base}#kontakt", "vcard:Organization", [
            ("vcard:fn", self._text(own.contact_name)),
            ("vcard:hasEmail", self._uri(f"mailto:{own.contact_email}")),
        ])  # fmt: skip
        kind = self._uri("http://purl.org/adms/licencetype/PublicDomain")
        self._add(own.licence, "dct:LicenseDocument", [("dct:type", kind)])

    def _catalogue(self) -> None:
        self._add(f"{self._base}#katalog", "dcat:Catalog", [
            *self._said(f"Katalog: {self._settings.title}", self._description()),
            *self._shared(),
            ("foaf:homepage", self._uri(self._base)),
            ("dcat:themeTaxonomy", self._uri(f"{EU}data-theme")),
            ("dcat:dataset", self._uri(f"{self._base}#dataset")),
        ])  # fmt: skip

    def _dataset(self) -> None:
        own = self._settings
        self._add(f"{self._base}#dataset", "dcat:Dataset", [
            *self._said(own.title, self._description()),
            ("dct:description", self._text(ENGLISH, "en")),
            *self._shared(),
            ("dct:identifier", self._text(f"{self._base}#dataset")),
            ("dcat:contactPoint", self._uri(f"{self._base}#kontakt")),
            *(("dcat:keyword", self._text(word, "sv")) for word in own.keywords),
            ("dcat:theme", self._uri(own.theme)),
            ("dct:accrualPeriodicity", self._uri(own.frequency)),
            ("dct:accessRights", self._uri(f"{EU}access-right/PUBLIC")),
            ("dcat:version", self._text(str(self._run["schema_version"]))),
            ("dcat:landingPage", self._uri(f"{self._base}site/index.html")),
            ("foaf:page", self._uri(f"{self._base}site/kvalitetsdeklaration.html")),
            ("dct:conformsTo", self._uri("https://datapackage.org/profiles/2.0/datapackage.json")),
            *(("dct:temporal", self._uri(period)) for period in self._period()),
            *(("dcat:distribution", self._file_uri(file)) for file in _files(self._folder)),
        ])  # fmt: skip
        self._add(f"{self._base}site/kvalitetsdeklaration.html", "foaf:Document", [])
        self._add(f"{self._base}site/index.html", "foaf:Document", [])

    def _description(self) -> str:
        """The steward's words, with a warning in front while it is not known who publishes."""
        return " ".join(filter(None, (self._settings.notice, self._settings.description)))

    def _period(self) -> Iterator[str]:
        """The editions that the documents cover, from the first day of the first to the last of the last."""
        import pyarrow.compute as pc
        import pyarrow.parquet as pq

        years = pq.read_table(self._folder / "documents.parquet", columns=["year"])["year"]
        bounds = pc.min_max(years).as_py()
        if bounds["min"] is not None:
            uri = f"{self._base}#upplagor"
            self._add(uri, "dct:PeriodOfTime", [
                ("dcat:startDate", self._day(dt.date(bounds["min"], 1, 1))),
                ("dcat:endDate", self._day(dt.date(bounds["max"], 12, 31))),
            ])  # fmt: skip
            yield uri

    def _distribution(self, file: _File) -> None:
        path = self._folder / file.name
        kind, media = FORMATS[path.suffix]
        self._add(f"{self._base}#{file.name}", "dcat:Distribution", [
            *self._said(file.title, file.description),
            ("dcat:accessURL", self._uri(self._base + file.name)),
            ("dcat:downloadURL", self._uri(self._base + file.name)),
            ("dct:format", self._uri(f"{EU}file-type/{kind}")),
            ("dcat:mediaType", self._uri(IANA + media)),
            ("dct:license", self._uri(self._settings.licence)),
            ("dct:language", self._uri(f"{EU}language/SWE")),
            ("dct:issued", self._day(self._settings.issued)),
            ("dct:modified", self._day(self._modified)),
            ("adms:status", self._uri(f"{EU}distribution-status/COMPLETED")),
            ("dcatap:availability", self._uri(f"{EU}planned-availability/STABLE")),
            ("dcat:byteSize", self._count(path.stat().st_size)),
            ("spdx:checksum", self._uri(f"{self._base}#{file.name}-sha256")),
        ])  # fmt: skip
        self._add(f"{self._base}#{file.name}-sha256", "spdx:Checksum", [
            ("spdx:algorithm", self._uri("http://spdx.org/rdf/terms#checksumAlgorithm_sha256")),
            ("spdx:checksumValue", self._hex(sha256_of(path))),
        ])  # fmt: skip

    def _shared(self) -> list[tuple[str, Any]]:
        """What catalogue and dataset say alike."""
        return [
            ("dct:publisher", self._uri(self._settings.publisher_uri)),
            ("dct:license", self._uri(self._settings.licence)),
            ("dct:language", self._uri(f"{EU}language/SWE")),
            ("dct:spatial", self._uri(f"{EU}country/SWE")),
            ("dct:issued", self._day(self._settings.issued)),
            ("dct:modified", self._day(self._modified)),
        ]

    def _said(self, title: str, description: str) -> list[tuple[str, Any]]:
        return [("dct:title", self._text(title, "sv")), ("dct:description", self._text(description, "sv"))]

    def _add(self, subject: str, kind: str, properties: list[tuple[str, Any]]) -> None:
        from rdflib import RDF

        node = self._uri(subject)
        self._graph.add((node, RDF.type, self._name(kind)))
        for name, value in properties:
            self._graph.add((node, self._name(name), value))

    def _name(self, prefixed: str) -> URIRef:
        prefix, _, name = prefixed.partition(":")
        return self._uri(PREFIXES[prefix] + name)

    def _file_uri(self, file: _File) -> URIRef:
        return self._uri(f"{self._base}#{file.name}")

    @staticmethod
    def _uri(uri: str) -> URIRef:
        from rdflib import URIRef

        return URIRef(uri)

    @staticmethod
    def _text(text: str, language: str | None = None) -> Any:
        from rdflib import Literal

        return Literal(text, lang=language)

    @staticmethod
    def _day(day: dt.date | str) -> Any:
        from rdflib import XSD, Literal

        return Literal(str(day), datatype=XSD.date)

    @staticmethod
    def _count(count: int) -> Any:
        from rdflib import XSD, Literal

        return Literal(f"{count}.0", datatype=XSD.decimal)  # as Turtle writes decimals

    @staticmethod
    def _hex(value: str) -> Any:
        from rdflib import XSD, Literal

        return Literal(value, datatype=XSD.hexBinary)


def _files(folder: Path) -> list[_File]:
    """The files of the folder that can be fetched, in a fixed order."""
    listed = [
        _File("oj.duckdb", "Hela datamängden som DuckDB-databas", "Alla tabeller, med vyer för analys."),
        _File(
            "oj.xlsx", "Datamängden som Excel-arbetsbok", "Svar per område och upplaga, med dokumentation."
        ),
    ]
    for schema in schemas().values():
        listed += [
            _File(schema.file_name, f"{schema.sv_title} (Parquet)", schema.sv),
            _File(
                f"csv/plain/{schema.name}.csv",
                f"{schema.sv_title} (CSV)",
                f"{schema.sv} Komma, decimalpunkt.",
            ),
            _File(
                f"csv/svensk/{schema.name}.csv",
                f"{schema.sv_title} (CSV på svenskt vis)",
                f"{schema.sv} Semikolon, decimalkomma, svenska rubriker.",
            ),
        ]
    return [file for file in listed if (folder / file.name).is_file()]

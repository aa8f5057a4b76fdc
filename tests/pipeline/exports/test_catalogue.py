"""datapackage.json and the catalogue."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.dataset.schemas import schemas
from pipeline.exports.dcat import PREFIXES, dcat_exporter
from pipeline.exports.package import column_units, package_exporter
from pipeline.exports.settings import load_settings
from pipeline.exports.tabular import write_csv
from tests.pipeline.exports.made import published, run_of

rdflib = pytest.importorskip("rdflib")
OWN = replace(
    load_settings(), publisher_name="Provkommunen", contact_email="prov@exempel.example", missing=()
)
DCT, DCAT = "http://purl.org/dc/terms/", "http://www.w3.org/ns/dcat#"
#: What the Swedish profile requires (mandatory) or recommends of each class.
REQUIRED = {
    "Catalog": "dct:title dct:description dct:publisher dct:license dcat:dataset dct:language dct:issued "
    "dct:modified dcat:themeTaxonomy foaf:homepage dct:spatial",
    "Dataset": "dct:title dct:description dct:publisher dcat:contactPoint dcat:keyword dcat:theme "
    "dct:language dct:accrualPeriodicity dct:spatial dct:temporal dct:accessRights dct:issued dct:modified "
    "dct:identifier dcat:distribution",
    "Distribution": "dcat:accessURL dcat:downloadURL dct:title dct:description dct:format dct:license "
    "dct:issued dct:modified dcat:byteSize dcatap:availability adms:status",
}


def named(prefixed: str) -> object:
    prefix, _, name = prefixed.partition(":")
    return rdflib.URIRef(PREFIXES[prefix] + name)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = published(tmp_path_factory.mktemp("katalog"))
    settings = OWN
    write_csv(out, {})
    package_exporter(settings)(out, run_of(out))
    dcat_exporter(settings)(out, run_of(out))
    return out


def test_frictionless_finds_the_package_valid(folder: Path) -> None:
    frictionless = pytest.importorskip("frictionless")
    with frictionless.system.use_context(trusted=True):
        report = frictionless.Package(str(folder / "datapackage.json")).validate()
    assert report.valid, report.flatten(["message"])[:5]
    assert {task.name for task in report.tasks} == set(schemas())
    assert sum(task.stats["rows"] for task in report.tasks) > 50


def test_frictionless_finds_a_broken_reference(folder: Path, tmp_path: Path) -> None:
    frictionless = pytest.importorskip("frictionless")
    import pyarrow as pa
    import pyarrow.parquet as pq

    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        table = pq.read_table(folder / resource["path"])
        if resource["name"] == "documents":
            changed = pa.array([f"{one}x" for one in table["document_id"].to_pylist()])
            table = table.set_column(0, table.schema.field(0), changed)
        pq.write_table(table, tmp_path / resource["path"])
    (tmp_path / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    with frictionless.system.use_context(trusted=True):
        report = frictionless.Package(str(tmp_path / "datapackage.json")).validate()
    assert "foreign-key" in {kind for (kind,) in report.flatten(["type"])}


def test_the_package_names_publisher_licence_units_and_both_languages(folder: Path) -> None:
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert package["contributors"][0]["title"] == "Provkommunen"
    assert package["licenses"][0]["path"] == load_settings().licence
    by_name = {resource["name"]: resource for resource in package["resources"]}
    assert set(by_name) == set(schemas())
    fields = [field for resource in by_name.values() for field in resource["schema"]["fields"]]
    assert all(field["description"] and field["description_en"] for field in fields)
    numeric = {field["name"] for field in fields if field["type"] in ("integer", "number")}
    assert numeric - {"row", "col", "lan_code"} <= set(column_units())
    keys = {key["reference"]["resource"] for key in by_name["observations"]["schema"]["foreignKeys"]}
    assert {"documents", "tables", "units", "indicators"} <= keys


@pytest.mark.parametrize(("name", "kind"), [("dcat.ttl", "turtle"), ("dcat.rdf", "xml")])
def test_the_catalogue_holds_what_the_swedish_profile_requires(folder: Path, name: str, kind: str) -> None:
    graph = rdflib.Graph().parse(folder / name, format=kind)
    for of, wanted in REQUIRED.items():
        nodes = list(graph.subjects(rdflib.RDF.type, rdflib.URIRef(DCAT + of)))
        assert nodes
        for node in nodes:
            missing = [one for one in wanted.split() if graph.value(node, named(one)) is None]
            assert not missing, (node, missing)
    titles = [one for one in graph.objects(None, rdflib.URIRef(DCT + "title")) if one.language == "sv"]
    assert len(titles) > 10
    agent = graph.value(predicate=rdflib.RDF.type, object=rdflib.FOAF.Agent)
    assert str(graph.value(agent, rdflib.FOAF.name)) == "Provkommunen"
    assert rdflib.URIRef("mailto:prov@exempel.example") in set(graph.objects())


def test_both_catalogues_say_the_same_and_list_the_files_that_are_there(folder: Path) -> None:
    first = rdflib.Graph().parse(folder / "dcat.ttl", format="turtle")
    second = rdflib.Graph().parse(folder / "dcat.rdf", format="xml")
    assert set(first) == set(second)
    base = load_settings().base_uri
    listed = {str(one).removeprefix(base) for one in first.objects(None, rdflib.URIRef(DCAT + "downloadURL"))}
    there = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*.*")
        if path.suffix in (".parquet", ".csv")
    }
    assert listed == there - {"unmatched.csv", "uncovered.csv"}


def test_equal_datasets_give_equal_catalogues(folder: Path) -> None:
    before = [(folder / name).read_bytes() for name in ("dcat.ttl", "dcat.rdf", "datapackage.json")]
    settings = OWN
    package_exporter(settings)(folder, run_of(folder))
    dcat_exporter(settings)(folder, run_of(folder))
    assert before == [(folder / name).read_bytes() for name in ("dcat.ttl", "dcat.rdf", "datapackage.json")]


def test_a_catalogue_without_a_publisher_says_that_it_is_none(tmp_path: Path) -> None:
    out, settings = published(tmp_path), load_settings()
    package_exporter(settings)(out, run_of(out))
    dcat_exporter(settings)(out, run_of(out))
    package = json.loads((out / "datapackage.json").read_text(encoding="utf-8"))
    assert "contributors" not in package and package["description"].startswith(str(settings.notice))
    graph = rdflib.Graph().parse(out / "dcat.ttl", format="turtle")
    told = [
        str(one) for one in graph.objects(None, rdflib.URIRef(DCT + "description")) if one.language == "sv"
    ]
    assert sum(one.startswith(str(settings.notice)) for one in told) == 2
    assert {str(one) for one in graph.objects(None, rdflib.FOAF.name)} == {"Utgivare ej angiven"}

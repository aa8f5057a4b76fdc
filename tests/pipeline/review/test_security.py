"""Logins, roles, forms from elsewhere, hostile text, hostile addresses."""

import csv
import html
import io
import re

import pytest
from openpyxl import load_workbook

from flows.errors import WrongCallError
from flows.review import access_mode
from pipeline.review.desk import Desk
from pipeline.review.errors import ConfigurationError, RefusedError
from pipeline.review.people import TRIES
from pipeline.review.settings import CONFIG, Settings, is_loopback, read_settings
from pipeline.review.web.exports import as_csv, as_excel
from pipeline.review.web.guard import HEADERS, MAX_BODY
from tests.pipeline.review.made import ORIGIN, Browser, Place, flag_ids

PASSWORD = "tre gröna hästar i dimman"


@pytest.fixture
def members(desk: Desk) -> Desk:
    for name, role in (("Läs", "läsare"), ("Gran", "granskare"), ("Förv", "förvaltare")):
        desk.people.add_account(name, role, PASSWORD)
    return desk


def logged_in(desk: Desk, name: str) -> Browser:
    browser = Browser(desk, "accounts")
    browser.get("/flaggor")
    browser.send('name="losenord"', namn=name, losenord=PASSWORD)
    assert browser.where == "/flaggor"
    return browser


def test_nothing_but_the_statement_is_shown_before_login(members: Desk) -> None:
    browser = Browser(members, "accounts")
    flag = members.queue().rows()[0].item.flag
    for path in (
        "/flaggor",
        f"/flaggor/{flag.flag_id}",
        "/dokument",
        "/namn",
        "/lage",
        "/logg",
        "/export/beslut.csv",
    ):
        browser.get(path)
        assert browser.where.startswith("/logga-in?till="), path
        assert flag.message not in browser.page
    document_id = members.queue().rows()[0].item.flag.document_id
    browser.get(f"/bild/{document_id}/1/100")
    assert browser.where.startswith("/logga-in")
    browser.get("/tillganglighet")
    assert browser.status == 200


def test_login_leads_to_the_page_that_was_asked_for_but_never_elsewhere(members: Desk) -> None:
    browser = Browser(members, "accounts")
    browser.get("/flaggor?grad=error")
    browser.send('name="losenord"', namn="Gran", losenord=PASSWORD)
    assert browser.where == "/flaggor?grad=error"
    for elsewhere in ("//ond.example", "https://ond.example", "/\\ond.example"):
        other = Browser(members, "accounts")
        other.get("/logga-in")
        other.send('name="losenord"', namn="Gran", losenord=PASSWORD, till=elsewhere)
        assert other.where == "/flaggor"


def test_wrong_passwords_are_refused_noted_and_slowed(members: Desk) -> None:
    browser = Browser(members, "accounts")
    browser.get("/logga-in")
    for name in ("Gran", "Finns Inte"):
        browser.send('name="losenord"', namn=name, losenord="fel")
        assert browser.status == 401
        assert "Namnet eller lösenordet stämmer inte" in browser.page
    for _ in range(TRIES - 1):
        browser.send('name="losenord"', namn="Gran", losenord="fel")
    browser.send('name="losenord"', namn="Gran", losenord=PASSWORD)
    assert "Vänta" in browser.page
    lines = [line["what"] for line in members.people.log(50)]
    assert lines.count("inloggning nekad") == TRIES + 1
    assert PASSWORD not in str(members.people.log(50))


def test_logging_out_ends_the_session_on_the_server(members: Desk) -> None:
    browser = logged_in(members, "Gran")
    token = browser.client.cookies["oj_session"]
    browser.get("/jag")
    browser.send('action="/logga-ut"')
    browser.client.cookies.set("oj_session", token)
    browser.get("/flaggor")
    assert browser.where.startswith("/logga-in")


def test_a_new_password_ends_the_sessions_of_the_old_one(members: Desk) -> None:
    browser = logged_in(members, "Gran")
    members.people.add_account("Gran", "granskare", PASSWORD + " igen")
    browser.get("/flaggor")
    assert browser.where.startswith("/logga-in")


def test_ones_own_password_is_changed_on_ones_own_page(members: Desk) -> None:
    here, there = logged_in(members, "Gran"), logged_in(members, "Gran")
    new = PASSWORD + " igen"
    for fields, said in (
        ({"nuvarande": "fel", "nytt": new, "igen": new}, "nuvarande lösenordet stämmer inte"),
        ({"nuvarande": PASSWORD, "nytt": "kort", "igen": "kort"}, "för kort"),
        ({"nuvarande": PASSWORD, "nytt": new, "igen": new + "x"}, "inte lika"),
    ):
        here.get("/jag")
        page = here.send('name="nytt"', **fields)
        assert (here.status, said in page) == (422, True), said
        assert new not in page
    here.get("/jag")
    assert "Lösenordet är bytt" in here.send('name="nytt"', nuvarande=PASSWORD, nytt=new, igen=new)
    here.get("/flaggor")
    assert here.where == "/flaggor"  # the session that changed it goes on, the others have ended
    there.get("/flaggor")
    assert there.where.startswith("/logga-in")
    assert members.people.log_in("Gran", PASSWORD, "") is None
    assert members.people.log_in("Gran", new, "") is not None
    assert "nytt lösenord" in [line["what"] for line in members.people.log(20)]


def test_without_accounts_there_is_no_password_to_change(browser: Browser) -> None:
    page = browser.get("/jag")
    assert 'type="password"' not in page
    browser.send('name="tangenter"', namn="", tangenter="på")
    csrf = re.search(r'name="csrf" value="(\w+)"', browser.page)
    assert csrf
    browser.post("/jag/losenord", csrf=csrf[1], nuvarande="", nytt="x" * 20, igen="x" * 20)
    assert browser.status == 404


def test_ones_own_decisions_and_role_are_on_ones_own_page(members: Desk) -> None:
    one, other = logged_in(members, "Gran"), logged_in(members, "Förv")
    flag_id = flag_ids(one.get("/flaggor"))[0]
    assert "inte beslutat något" in one.get("/jag")
    assert "granskare" in one.page and "läser, beslutar" in one.page
    one.get(f"/flaggor/{flag_id}")
    one.send('value="confirmed"', val="dismissed:avrundning", kommentar="mitt skäl")
    page = one.get("/jag")
    assert f'href="/flaggor/{flag_id}"' in page and "mitt skäl" in page
    assert flag_id not in other.get("/jag")
    link = re.search(r'href="(/flaggor\?[^"]+)">Alla flaggor som du', page)
    assert link
    assert flag_ids(one.get(html.unescape(link[1]))) == [flag_id]


def test_roles(members: Desk) -> None:
    reader, reviewer, steward = (logged_in(members, name) for name in ("Läs", "Gran", "Förv"))
    flag_id = flag_ids(reader.get("/flaggor"))[0]
    assert 'name="val"' not in reader.get(f"/flaggor/{flag_id}")
    token = re.search(r'name="csrf" value="(\w+)"', reader.get("/jag"))
    assert token
    reader.post(f"/flaggor/{flag_id}/beslut", csrf=token[1], val="confirmed", version="0")
    assert reader.status == 403
    reader.get("/bulk")
    assert reader.status == 403
    reviewer.get("/logg")
    assert reviewer.status == 403
    reviewer.get(f"/flaggor/{flag_id}")
    reviewer.send('value="confirmed"', val="confirmed")
    page = steward.get("/logg")
    assert "inloggning" in page
    assert "decide:confirmed" in page
    assert "Gran" in page


@pytest.mark.parametrize("mode", ["open", "accounts"])
def test_a_form_from_elsewhere_is_refused(members: Desk, mode: str) -> None:
    browser = Browser(members) if mode == "open" else logged_in(members, "Gran")
    flag_id = flag_ids(browser.get("/flaggor"))[0]
    page = browser.get(f"/flaggor/{flag_id}")
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)) | {
        "val": "confirmed"
    }
    client, path = browser.client, f"/flaggor/{flag_id}/beslut"
    assert client.post(path, data={**fields, "csrf": "0" * 64}).status_code == 403
    assert client.post(path, data={**fields, "csrf": ""}).status_code == 403
    assert client.post(path, data=fields, headers={"origin": "https://ond.example"}).status_code == 403
    assert client.post(path, data=fields, headers={"origin": "null"}).status_code == 403
    assert client.post(path, json=fields).status_code == 403
    stranger = Browser(members)
    assert stranger.client.post(path, data=fields).status_code in (303, 403)
    members.store.refresh()
    assert members.store.history(flag_id) == ()


def test_every_answer_carries_the_headers_and_no_inline_script(browser: Browser, desk: Desk) -> None:
    flag_id = desk.queue().rows()[0].flag_id
    document_id = desk.queue().rows()[0].item.flag.document_id
    for path in (
        "/flaggor",
        f"/flaggor/{flag_id}",
        f"/dokument/{document_id}/sidor/1",
        "/finns-inte",
        "/statisk/granskning.js",
        f"/bild/{document_id}/1/100",
    ):
        response = browser.client.get(path)
        for name in HEADERS.keys() - {"cache-control"}:
            assert response.headers[name] == HEADERS[name], (path, name)
        if "html" in response.headers["content-type"]:
            assert not re.search(r"<script(?! src=)|\son\w+=|\sstyle=|javascript:", response.text), path
    assert "unsafe" not in HEADERS["content-security-policy"]


def test_cookies_are_kept_from_scripts_and_other_sites(browser: Browser) -> None:
    response = browser.client.get("/flaggor")
    assert "httponly" in response.headers["set-cookie"].lower()
    assert "samesite=lax" in response.headers["set-cookie"].lower()


def test_a_large_body_is_refused_with_and_without_a_stated_length(browser: Browser) -> None:
    kind = {"content-type": "application/x-www-form-urlencoded"}
    assert browser.client.post("/jag", content=b"a" * (MAX_BODY + 1), headers=kind).status_code == 413
    pieces = (b"a" * 10_000 for _ in range(MAX_BODY // 10_000 + 2))
    assert browser.client.post("/jag", content=pieces, headers=kind).status_code == 413


def test_another_host_name_is_not_answered(desk: Desk) -> None:
    from starlette.testclient import TestClient

    from pipeline.review.web.app import create_app
    from pipeline.review.web.caller import Access

    client = TestClient(create_app(desk, Access("open", Settings("")), ("localhost", "127.0.0.1")))
    assert client.get("/flaggor", headers={"host": "127.0.0.1:8321"}).status_code == 200
    assert client.get("/flaggor", headers={"host": "ond.example"}).status_code == 421


@pytest.mark.parametrize(
    "path",
    [
        "/statisk/../app.py",
        "/statisk/%2e%2e/app.py",
        "/statisk/..%2fapp.py",
        "/bild/..%2f..%2fetc/1/100",
        "/bild/{document}/0/100",
        "/bild/{document}/1/9999",
        "/bild/{document}/99999999999/100",
        "/dokument/%00/sidor/1",
        "/dokument/{document}/sidor/-1",
        "/tabeller/x",
        "/observationer/x",
        "/export/../beslut.csv",
        "/export/decisions.sqlite",
    ],
)
def test_no_part_of_an_address_reaches_the_file_system(browser: Browser, desk: Desk, path: str) -> None:
    document_id = next(iter(desk.catalog().documents))
    browser.get(path.format(document=document_id))
    assert browser.status == 404
    assert "Traceback" not in browser.page


def test_text_of_a_hostile_pdf_is_shown_as_text(browser: Browser, desk: Desk) -> None:
    documents = [row for row in desk.catalog().documents.values() if row["file_name"] == "fientlig.pdf"]
    document_id = documents[0]["document_id"]
    paths = [
        "/flaggor",
        "/dokument",
        f"/dokument/{document_id}",
        f"/dokument/{document_id}/sidor/1",
        "/namn",
        "/lage",
    ]
    rows = [row for row in desk.queue().rows() if row.item.flag.document_id == document_id]
    paths += [f"/flaggor/{row.flag_id}" for row in rows]
    tables = desk.catalog().dataset.among("tables", "document_id", {document_id})
    paths += [f"/tabeller/{row['table_id']}" for row in tables]
    shown = ""
    for path in paths:
        page = browser.get(path)
        assert browser.status == 200, path
        assert "<script>alert" not in page, path
        assert "<img" not in page, path
        shown += page
    assert "&lt;script&gt;alert" in shown


def test_what_reviewers_write_is_shown_as_text(browser: Browser) -> None:
    flag_id = flag_ids(browser.get("/flaggor"))[0]
    browser.get(f"/flaggor/{flag_id}")
    browser.send('value="confirmed"', val="comment", kommentar='</textarea><script>x</script>"')
    assert "<script>x" not in browser.page
    assert "&lt;script&gt;x" in browser.page
    browser.get('/flaggor?sok="><script>y</script>')
    assert "<script>y" not in browser.page


def test_exports_hold_no_formulas_and_no_names(browser: Browser, desk: Desk) -> None:
    browser.get("/jag")
    browser.send('name="tangenter"', namn="Hemliga Hilda", tangenter="på")
    flag_id = flag_ids(browser.get("/flaggor"))[0]
    browser.get(f"/flaggor/{flag_id}")
    browser.send('value="confirmed"', val="confirmed", kommentar="=1+1")
    for name in ("beslut", "oppna"):
        content = browser.client.get(f"/export/{name}.csv").content.decode("utf-8-sig")
        assert "Hilda" not in content
        rows = list(csv.reader(io.StringIO(content), delimiter=";"))
        assert len(rows) > 1
        assert not [cell for row in rows for cell in row if cell[:1] in "=+-@" and cell]
        book = load_workbook(io.BytesIO(browser.client.get(f"/export/{name}.xlsx").content))
        cells = [cell for row in book.active.iter_rows() for cell in row]
        assert len(cells) > 9
        assert not [cell.value for cell in cells if cell.data_type == "f" or "Hilda" in str(cell.value)]
    assert "'=1+1" in browser.client.get("/export/beslut.csv").text


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_field_that_begins_like_a_formula_is_text(start: str) -> None:
    row = [[f"{start}cmd"]]
    assert f"'{start}cmd" in as_csv(["a"], row).decode("utf-8-sig")
    book = load_workbook(io.BytesIO(as_excel(["a"], [[f"{start}cmd\x00\x0b"]])))
    assert book.active["A2"].data_type != "f"


def test_the_proxy_is_believed_from_its_own_address_only(desk: Desk) -> None:
    headers = {"x-remote-user": "Proxy Person"}
    named = Browser(desk, "proxy", proxy_header="X-Remote-User", proxy_addresses=("testclient",))
    assert "Proxy Person" in named.get("/flaggor", **headers)
    named.get("/flaggor")
    assert named.status == 403
    other = Browser(desk, "proxy", proxy_header="X-Remote-User", proxy_addresses=("10.0.0.1",))
    other.get("/flaggor", **headers)
    assert other.status == 403
    opened = Browser(desk)
    assert "Proxy Person" not in opened.get("/flaggor", **headers)


def test_another_address_than_ones_own_demands_accounts_or_a_proxy() -> None:
    plain = Settings("")
    assert access_mode("127.0.0.1", plain, False)[0] == "open"
    assert access_mode("::1", plain, False)[0] == "open"
    for host in ("0.0.0.0", "192.168.1.5", "::", "granskning.example"):
        with pytest.raises(WrongCallError, match="logga in"):
            access_mode(host, plain, False)
        assert access_mode(host, plain, True)[0] == "accounts"
    assert access_mode("0.0.0.0", Settings("", proxy_header="X-User"), False)[0] == "proxy"


@pytest.mark.parametrize(
    ("host", "own"), [("127.0.0.2", True), ("localhost", True), ("0.0.0.0", False), ("", False)]
)
def test_loopback(host: str, own: bool) -> None:
    assert is_loopback(host) is own


@pytest.mark.parametrize("password", ["kort", "a" * 14])
def test_short_passwords_are_refused(desk: Desk, password: str) -> None:
    with pytest.raises(RefusedError, match="för kort"):
        desk.people.add_account("Ny", "granskare", password)
    assert not desk.people.has_accounts()


def test_passwords_are_kept_as_argon2_hashes(members: Desk, place: Place) -> None:
    members.store.close()
    content = b"".join(path.read_bytes() for path in place.state.glob("decisions.sqlite*"))
    assert b"$argon2id$" in content
    assert PASSWORD.encode() not in content


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("proxy_heder = 'X'", "okänd inställning"),
        ("proxy_header = 'X User'", "rubrik"),
        ("proxy_addresses = ['alla']", "IP-adress"),
        ("proxy_role = 'chef'", "rollen"),
        ("hosts = 'a'", "lista"),
        ("= =", "går inte att läsa"),
    ],
)
def test_faulty_settings_are_told(place: Place, text: str, said: str) -> None:
    (place.state / CONFIG).write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationError, match=said):
        read_settings(place.state)


def test_errors_show_no_insides(browser: Browser) -> None:
    browser.get("/finns-inte")
    assert (browser.status, ORIGIN in browser.page) == (404, False)
    browser.get("/flaggor/flag-x")
    assert browser.status == 404
    assert "Traceback" not in browser.page

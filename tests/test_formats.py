"""Formats of ``check``: what tools expect of them, and what text from a file cannot do to them."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import unicodedata
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from normalize.cli import main
from normalize.edits import Edit
from normalize.findings import FileFindings, Finding, LineIndex
from normalize.report import formats
from normalize.report.escape import code_span, json_text, markdown, shorten, visible
from normalize.report.formats import Style, count, load, names, statistics
from normalize.rules import all_rules

from .conftest import SEEDS
from .official import complaints

RAW = "Hanoi (VNA) - Le généralde corps.\r\nÀ partir de 022, lesdeux parties.\n"


def finding(
    text: str,
    start: int,
    end: int,
    after: str | None,
    *,
    rule: str = "ZZZ001",
    reason: str = "two words run together",
    certainty: float = 0.97,
) -> Finding:
    line, column = LineIndex(text).position(start)
    fixable = after is not None and certainty >= 0.5
    edit = Edit(start, end, text[start:end], after, rule, certainty, reason)
    return Finding(
        edit,
        line,
        column,
        "none" if after is None else "safe",
        "applied" if fixable else "reported",
    )


def sample() -> list[FileFindings]:
    first = RAW.index("de corps")
    number = RAW.index("022")
    second = RAW.index("deux")
    found = (
        finding(RAW, first, first, " "),
        finding(RAW, number, number + 3, None, rule="ZZZ900", reason="a number cut short"),
        finding(RAW, second, second, " ", certainty=0.31),
    )
    return [FileFindings("seeds/a b.txt", RAW, found), FileFindings("clean.txt", "Rien.\n", ())]


def lines(name: str, files: list[FileFindings] | None = None, **style: bool) -> list[str]:
    return list(load(name)(sample() if files is None else files, Style(**style)))


# --- the registry -------------------------------------------------------------------------------


def test_formats_are_found_by_walking() -> None:
    assert names() == ("github", "json", "junit", "markdown", "sarif", "text")
    with pytest.raises(ValueError, match="no format 'yaml'; there are github, json"):
        load("yaml")


@pytest.mark.parametrize("name", names())
def test_every_format_takes_nothing_and_clean_files(name: str) -> None:
    assert isinstance(lines(name, []), list)
    assert isinstance(lines(name, [FileFindings("a", "", ())]), list)


@pytest.mark.parametrize("name", sorted({*names()} - {"markdown"}))
def test_formats_stream(name: str) -> None:
    """All but the summary, whose totals come first."""
    taken = 0

    def endless() -> Iterator[FileFindings]:
        nonlocal taken
        while True:
            taken += 1
            yield sample()[0]

    output = load(name)(endless())
    for _ in range(50):
        next(output)
    assert taken < 60


def test_check_imports_nothing_heavy() -> None:
    script = (
        "import sys\n"
        "from normalize.report.formats import load, names\n"
        "for name in names(): load(name)\n"
        "heavy = {'pandas', 'pandera', 'pyarrow', 'jinja2', 'numpy', 'sklearn', 'yaml'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


# --- text from a file is only text --------------------------------------------------------------

HOSTILE = (
    "\x1b[2J\x1b]0;title\x07\x9b31m\x00\x08 ::error file=x::boom%0A \u202egnp.exe \u2028 \ufeff"
    "<script>alert(1)</script> </details> ]]> \"' & `code` ``` | \\| @admin #1 [a](http://x) "
    "![i](http://x) www.example.com \ud800 \r\n::set-output name=a::b\n##[command]x"
)


def hostile() -> list[FileFindings]:
    text = f"{HOSTILE}\n{HOSTILE}"
    half = len(HOSTILE)
    found = (
        finding(text, 0, half, HOSTILE[::-1], rule="ZZZ001", reason=HOSTILE),
        finding(text, 5, 9, None, rule="Z::Z|<b>", reason=HOSTILE),
        finding(text, half + 1, len(text), "", reason="dropped"),
        finding(text, half, half, "\n::error::x"),
    )
    return [FileFindings(f"../{HOSTILE}", text, found)]


@pytest.mark.parametrize("name", names())
@pytest.mark.parametrize("context", [True, False])
def test_no_format_sends_what_a_terminal_obeys_or_a_reader_cannot_see(
    name: str, context: bool
) -> None:
    for line in lines(name, hostile(), context=context):
        unseen = {c for c in line if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")}
        assert unseen == set(), line
        line.encode()


def test_text_cannot_forge_a_github_command() -> None:
    for line in lines("github", hostile()):
        assert re.fullmatch(r"::(notice|warning) [^:]*::.*", line)
        properties = line.split("::", 2)[1].partition(" ")[2]
        keys = [part.partition("=")[0] for part in properties.split(",")]
        assert sorted(keys) == sorted({"file", "line", "endLine", "title"} | (set(keys) & COLUMNS))
    assert [line.count("\n") for line in lines("github", hostile())] == [0] * 4


COLUMNS = {"col", "endColumn"}


def test_text_cannot_break_out_of_xml() -> None:
    root = ET.fromstring("\n".join(lines("junit", hostile())))  # noqa: S314 - our own output
    assert {element.tag for element in root.iter()} == {
        "testsuites",
        "testsuite",
        "testcase",
        "failure",
    }


CODE = r"(`+)(?!`).*?(?<!`)\1(?!`)"


def test_text_cannot_break_out_of_markdown() -> None:
    for line in lines("markdown", hostile()):
        outside = re.sub(CODE, "", line)
        assert "<script" not in outside
        assert "[a](" not in outside
        assert "](http" not in outside
        if line.startswith("|"):
            cells = re.sub(r"\\[\\|]", "", line).strip("|").split("|")
            assert len(cells) == 4, line
    text = "\n".join(re.sub(CODE, "", line) for line in lines("markdown", hostile()))
    assert text.count("<details>") == text.count("</details>") == 1
    assert "@admin" not in text
    assert "www.example" not in text


@given(st.text(st.characters(exclude_categories=())))
def test_escapes(text: str) -> None:
    for shown in (visible(text), code_span(text), markdown(text), json_text(text)):
        assert not {c for c in shown if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp")}
        assert not {c for c in shown if unicodedata.bidirectional(c) in ("RLO", "LRO", "RLI")}
        assert "\n" not in shown
    assert json.loads(json_text(text)) == text
    assert not set(markdown(text)) & set("<>|`*[]\\")
    fence = re.match("`+", code_span(text))
    assert fence is not None
    assert fence[0] not in code_span(text)[len(fence[0]) : -len(fence[0])].strip("`")


def test_visible_text_can_be_told_apart() -> None:
    assert visible("a\x1bb\\x1b\u202e\U000e0041\n") == "a\\x1bb\\\\x1b\\u202e\\U000e0041\\n"
    assert visible("Hội nghị, « déjà » 3 €") == "Hội nghị, « déjà » 3 €"
    assert shorten("abcdef", 4) == "abcd… (+2)"
    assert markdown("000_abc: (1) l'été") == "000_abc: (1) l'été"


# --- each format --------------------------------------------------------------------------------


def test_text() -> None:
    assert lines("text") == [
        'seeds/a b.txt:1:25: ZZZ001 two words run together: "généralde" -> "général de" [*]',
        "    | Hanoi (VNA) - Le généralde corps.",
        "    |                         ^ 0.97",
        "seeds/a b.txt:2:13: ZZZ900 a number cut short",
        "    | À partir de 022, lesdeux parties.",
        "    |             ^^^ 0.97",
        'seeds/a b.txt:2:21: ZZZ001 two words run together: "lesdeux" -> "les deux"',
        "    | À partir de 022, lesdeux parties.",
        "    |                     ^ 0.31",
    ]
    assert len(lines("text", context=False)) == 3


def test_color_only_when_asked() -> None:
    assert not any("\x1b" in line for line in lines("text"))
    colored = lines("text", color=True)
    assert all(line.count("\x1b[") >= 2 for line in colored)
    assert [re.sub(r"\x1b\[[\d;]*m", "", line) for line in colored] == lines("text")


def test_carets_stand_under_wide_letters_and_marks() -> None:
    text = "日本e\u0301 x\n"
    found = FileFindings("a", text, (finding(text, 5, 6, None),))
    assert lines("text", [found])[2] == "    |       ^ 0.97"


def test_long_lines_are_cut_around_the_finding() -> None:
    text = "mot " * 1000
    found = FileFindings("a", text, (finding(text, 2000, 2400, ""),))
    head, place, carets = lines("text", [found])
    assert len(head) < 200
    assert place.startswith("    | …")
    assert place.endswith("…")
    assert len(place) < 200
    assert carets.count("^") == 60


def test_json() -> None:
    first, second, _ = map(json.loads, lines("json"))
    assert first == {
        "path": "seeds/a b.txt",
        "rule": "ZZZ001",
        "message": 'two words run together: "généralde" -> "général de"',
        "reason": "two words run together",
        "line": 1,
        "column": 25,
        "end_line": 1,
        "end_column": 25,
        "start": 24,
        "end": 24,
        "before": "",
        "after": " ",
        "certainty": 0.97,
        "repair": "safe",
        "fixable": True,
    }
    assert second["after"] is None
    assert (second["end_line"], second["end_column"]) == (2, 16)
    assert "généralde" in lines("json")[0]


def test_github() -> None:
    assert lines("github")[:2] == [
        "::notice file=seeds/a b.txt,line=1,endLine=1,title=ZZZ001,col=25,endColumn=26"
        '::two words run together: "généralde" -> "général de"',
        "::warning file=seeds/a b.txt,line=2,endLine=2,title=ZZZ900,col=13,endColumn=16"
        "::a number cut short",
    ]
    text = "un\ndeux\n"
    several = FileFindings("a,b:c%.txt", text, (finding(text, 0, 7, "", reason="50 %"),))
    assert lines("github", [several]) == [
        '::notice file=a%2Cb%3Ac%25.txt,line=1,endLine=2,title=ZZZ001::50 %25: remove "un\\ndeux"'
    ]


JUNIT = {
    "testsuites": ({"name"}, {"testsuite"}),
    "testsuite": ({"name", "tests", "failures", "errors"}, {"testcase"}),
    "testcase": ({"name", "classname", "file", "line"}, {"failure"}),
    "failure": ({"type", "message"}, set()),
}
"""Attributes and children that the readers of Jenkins and GitLab know; all but line must be."""


@pytest.mark.parametrize("files", [sample(), hostile(), []], ids=["sample", "hostile", "none"])
def test_junit_has_the_structure_that_ci_systems_read(files: list[FileFindings]) -> None:
    root = ET.fromstring("\n".join(lines("junit", files)))  # noqa: S314 - our own output
    assert root.tag == "testsuites"
    for element in root.iter():
        attributes, children = JUNIT[element.tag]
        assert attributes - {"line"} <= set(element.attrib) <= attributes
        assert {child.tag for child in element} <= children
    for suite in root:
        cases = [case.get("name") for case in suite]
        assert len(set(cases)) == len(cases) == int(suite.get("tests", ""))
        assert len(suite.findall("testcase/failure")) == int(suite.get("failures", ""))


def test_junit() -> None:
    root = ET.fromstring("\n".join(lines("junit")))  # noqa: S314 - our own output
    suites = root.findall("testsuite")
    assert [(s.get("name"), s.get("tests"), s.get("failures")) for s in suites] == [
        ("seeds/a b.txt", "3", "3"),
        ("clean.txt", "1", "0"),
    ]
    assert suites[1].find("testcase/failure") is None
    case = suites[0][0]
    assert case.attrib == {
        "name": "ZZZ001 line 1, column 25",
        "classname": "seeds/a b.txt",
        "file": "seeds/a b.txt",
        "line": "1",
    }
    assert case[0].attrib == {
        "type": "ZZZ001",
        "message": 'line 1, column 25: two words run together: "généralde" -> "général de"',
    }


def test_markdown_is_short_whatever_the_number_of_findings() -> None:
    text = "lesdeux " * 400
    found = tuple(finding(text, at * 8 + 3, at * 8 + 3, " ") for at in range(400))
    many = [FileFindings(f"seeds/{n}.txt", text, found) for n in range(300)]
    output = lines("markdown", many)
    assert sum(len(line) + 1 for line in output) < 60_000
    assert re.fullmatch(r"…and [\d,]+ findings in [\d,]+ more files\.", output[-1])
    assert "120,000 findings in 300 files" in output[2]


def test_markdown_puts_what_needs_a_person_first() -> None:
    rows = [line for line in lines("markdown") if re.match(r"\| \d", line)]
    assert [row.split(" | ")[1] for row in rows] == ["ZZZ900", "ZZZ001", "ZZZ001"]
    assert "repairs 1, **2 need a person**" in "\n".join(lines("markdown"))
    assert lines("markdown", [])[2] == "No findings."


def test_statistics() -> None:
    code = next(iter(all_rules()))
    text = "a b c d"
    found = (
        finding(text, 1, 2, ""),
        finding(text, 3, 4, "", certainty=0.1),
        finding(text, 5, 6, "", rule=code),
        finding(text, 6, 7, None, rule="ZZZ900"),
    )
    assert list(statistics(count([FileFindings("a", text, found)]))) == [
        "2  ZZZ001  [-]",
        f"1  {code}  [*] {all_rules()[code].summary}",
        "1  ZZZ900  [ ]",
    ]
    assert list(statistics(count([]))) == []


# --- SARIF --------------------------------------------------------------------------------------


@pytest.mark.parametrize("files", [sample(), hostile(), []], ids=["sample", "hostile", "none"])
def test_sarif_is_valid_by_the_official_schema(files: list[FileFindings]) -> None:
    log = json.loads("\n".join(lines("sarif", files)))
    assert complaints(log, "sarif-2.1.0.json") == []
    rules = log["runs"][0]["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(all_rules())
    assert all(rule["help"]["text"] for rule in rules)
    for result in log["runs"][0]["results"]:
        region = result["locations"][0]["physicalLocation"]["region"]
        assert (region["startLine"], region["startColumn"]) <= (
            region["endLine"],
            region["endColumn"],
        )
        assert min(region["startLine"], region["startColumn"]) >= 1


@pytest.mark.parametrize("seed", sorted(SEEDS.glob("*.txt")), ids=lambda seed: seed.name)
def test_sarif_of_a_seed_is_valid_and_its_fixes_are_what_fix_does(
    seed: Path, tmp_path: Path
) -> None:
    raw = seed.read_bytes().decode()
    arguments = ["check", str(seed), "--format", "sarif", "--fail-on", "never"]
    log = json.loads(CliRunner().invoke(main, arguments).stdout)
    assert complaints(log, "sarif-2.1.0.json") == []
    replaced = []
    for result in log["runs"][0]["results"]:
        region = result["locations"][0]["physicalLocation"]["region"]
        before = raw[: region["charOffset"]]
        assert region["startLine"] == before.count("\n") + 1
        assert region["startColumn"] == len(before) - (before.rfind("\n") + 1) + 1
        if result["properties"]["fixable"]:
            replaced.append(result["fixes"][0]["artifactChanges"][0]["replacements"][0])
    text = raw
    for change in reversed(replaced):  # results stand in the order of the text
        start, length = (change["deletedRegion"][k] for k in ("charOffset", "charLength"))
        text = text[:start] + change["insertedContent"]["text"] + text[start + length :]
    copy = Path(shutil.copytree(SEEDS, tmp_path / "seeds")) / seed.name
    assert CliRunner().invoke(main, ["fix", str(copy)]).exit_code == 0
    assert replaced
    assert text.encode() == copy.read_bytes()


def test_sarif_of_a_build_is_valid(built_seeds: Path) -> None:
    made = CliRunner().invoke(main, ["report", str(built_seeds), "--format", "sarif"])
    log = json.loads(made.stdout)
    assert complaints(log, "sarif-2.1.0.json") == []
    assert len(log["runs"][0]["results"]) > 100


def test_sarif_messages_hold_no_link_and_no_placeholder() -> None:
    """In SARIF ``[a](b)`` in a message is a link and ``{0}`` stands for an argument."""
    text = "un [lien](https://example.org) et {0}"
    file = FileFindings("a", text, (finding(text, 0, len(text), None, reason=text),))
    result = json.loads("\n".join(lines("sarif", [file])))["runs"][0]["results"][0]
    assert result["message"]["text"] == "un \\[lien\\](https://example.org) et {{0}}"


def test_sarif_regions_and_fixes_are_in_code_points() -> None:
    results = json.loads("\n".join(lines("sarif")))["runs"][0]["results"]
    place = results[0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "seeds/a%20b.txt"
    assert place["region"] == {
        "startLine": 1,
        "startColumn": 25,
        "endLine": 1,
        "endColumn": 25,
        "charOffset": 24,
        "charLength": 0,
    }
    fixed = results[0]["fixes"][0]["artifactChanges"][0]["replacements"][0]
    assert fixed == {
        "deletedRegion": {"charOffset": 24, "charLength": 0},
        "insertedContent": {"text": " "},
    }
    assert "fixes" not in results[1]
    assert [result["level"] for result in results] == ["note", "warning", "warning"]


def test_sarif_fingerprints_outlive_changes_elsewhere() -> None:
    def fingerprint(text: str) -> str:
        at = text.index("deux")
        file = FileFindings("a", text, (finding(text, at, at, " "),))
        result = json.loads("\n".join(lines("sarif", [file])))["runs"][0]["results"][0]
        return str(result["partialFingerprints"]["context/v1"])

    assert fingerprint(RAW) == fingerprint("Une ligne de plus.\n" * 9 + RAW)
    assert fingerprint(RAW) != fingerprint(RAW.replace("parties", "partis"))


# --- lines --------------------------------------------------------------------------------------


@given(st.text(st.sampled_from("ab\r\n\u2028é")))
def test_line_index_agrees_with_python(text: str) -> None:
    index = LineIndex(text)
    plain = text.replace("\r\n", "\n\n").replace("\r", "\n")  # same length
    for offset in range(len(text) + 1):
        line, column = index.position(offset)
        start, stop = index.line_span(line)
        assert start + column - 1 == offset
        assert "\n" not in plain[start:stop]
        assert start == 0 or plain[start - 1] == "\n"
    with pytest.raises(IndexError):
        index.position(len(text) + 1)


def test_a_message_is_whole_words() -> None:
    text = "Le port , àl'aube, Abst rac t."
    space, join, split = text.index(" ,"), text.index("l'"), text.index(" rac")
    assert formats.message(finding(text, space, space + 1, "", reason="r"), text) == (
        'r: "port ," -> "port,"'
    )
    assert formats.message(finding(text, join, join, " ", reason="r"), text) == (
        'r: "àl\'aube," -> "à l\'aube,"'
    )
    assert formats.message(finding(text, split, split + 1, "", reason="r"), text) == (
        'r: "Abst rac" -> "Abstrac"'
    )

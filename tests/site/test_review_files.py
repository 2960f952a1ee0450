"""What leaves the Review page: a reminder for the calendar, and every question as a card for Anki."""

import csv
import re

from bs4 import BeautifulSoup
from test_review import known, of_chapters

from classroom.questions import all_questions


def test_a_reminder_for_the_calendar(visit, tmp_path):
    page = visit("review.html")
    known(page, {name: [(2, True)] for name in of_chapters(page, 1)[0][:2]})
    with page.expect_download() as download:
        page.get_by_role("button", name="Calendar reminder for Friday 6 March").click()
    assert download.value.suggested_filename == "review-2026-03-06.ics"
    assert "will remind you on Friday 6 March" in page.locator(".review").inner_text()
    download.value.save_as(tmp_path / "review.ics")
    raw = (tmp_path / "review.ics").read_bytes()
    assert raw.endswith(b"\r\n") and b"\n" not in raw.replace(b"\r\n", b"")
    lines = raw.decode().split("\r\n")[:-1]
    assert all(len(line.encode()) <= 75 for line in lines)
    unfolded = "\n".join(lines).replace("\n ", "").split("\n")
    assert [line for line in unfolded if line.startswith(("BEGIN", "END"))] == [
        *("BEGIN:VCALENDAR", "BEGIN:VEVENT", "BEGIN:VALARM", "END:VALARM", "END:VEVENT", "END:VCALENDAR")
    ]
    said = dict(line.split(":", 1) for line in unfolded if not line.startswith(("BEGIN", "END")))
    assert said["DTSTART;VALUE=DATE"] == "20260306" and said["DTEND;VALUE=DATE"] == "20260307"
    assert (
        said["VERSION"] == "2.0"
        and said["PRODID"]
        and said["UID"]
        and re.fullmatch(r"20260305T\d{6}Z", said["DTSTAMP"])
    )
    assert said["SUMMARY"] == "Review: 2 questions of “Weights\\, biases\\, backprop and SGD”"
    assert said["URL"] == page.url


def test_cards_for_anki(site, visit):
    link = visit("review.html").get_by_role("link", name="All questions as cards for Anki")
    text = (site / link.get_attribute("href")).read_text(encoding="utf-8")
    head = [line for line in text.splitlines()[:7] if line.startswith("#")]
    assert {"#separator:tab", "#html:true", "#deck:Weights, biases, backprop and SGD", "#guid column:1"} <= set(head)
    rows = list(csv.reader(text.splitlines(keepends=True)[len(head) :], delimiter="\t"))
    assert [len(row) for row in rows] == [4] * len(rows)
    names = [row[0].removeprefix("weights-and-biases-") for row in rows]
    chapters = [path.read_text(encoding="utf-8") for path in sorted(site.glob("chapters/*.html"))]
    asked = [name for html in chapters for name in re.findall(r'<nn-question[^>]* data-key="([\w-]+)"', html)]
    assert names == asked
    known_questions = all_questions()
    for name, (_, front, back, tag) in zip(names, rows, strict=True):
        question, code = known_questions[name], re.compile(r"(?s)<code>.*?</code>")
        assert tag == f"chapter-{question.chapter[:2]}"
        assert not re.search(r"\$|class=|\\relu|\\R\b", code.sub("", front + back)), name
        sides = [BeautifulSoup(side, "html.parser").get_text() for side in (front, back)]
        assert len(re.findall("<li>", front)) == (0 if question.kind == "number" else len(question.parts))
        told = [part.feedback for part in question.parts] + [question.explanation]
        for sentence in told:  # words up to the first formula or mark
            start = re.split(r"[$`*\n\\<]", sentence)[0].strip()
            assert start in " ".join(sides[1].split()), (name, start)

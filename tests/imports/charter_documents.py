"""Charters as teams keep them, of different shapes: text files in charters/, and Word and Excel files made here.

Shapes after public templates: one-pagers, project charters, responsibility matrices, service catalogues, scorecards,
slides exported as text, wiki pages, memos.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import docx
import xlsxwriter
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

FOLDER = Path(__file__).parent / "charters"


def word(fill: Callable[[Any], object]) -> bytes:
    """A Word document with the additions of a function."""
    document = docx.Document()
    fill(document)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def table(document: Any, rows: Sequence[Sequence[str]]) -> Any:
    """Add a table of texts."""
    made = document.add_table(rows=len(rows), cols=len(rows[0]))
    for row, texts in zip(made.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    return made


def _one_pager(document: Any) -> None:
    """Five questions with Word's own styles."""
    document.add_heading("Enablement charter on a page", 0)
    document.add_paragraph("Organisation: Fabrikam")
    document.add_heading("What is our mission? Why did the business invest in enablement?", 1)
    document.add_paragraph("Give every seller the confidence to lead the customer's change.")
    document.add_paragraph("Why: half of our new sellers leave within a year.")
    document.add_heading("Which services are supported?", 1)
    for name in (
        "Sales process",
        "Training on key competences: monthly, live",
        "Content – one source of truth",
    ):
        document.add_paragraph(name, style="List Bullet")
    document.add_heading("Who is supported?", 1)
    for name in ("The whole sales organisation", "Partners"):
        document.add_paragraph(name, style="List Bullet")
    document.add_paragraph("Marketing and product join later.")
    document.add_heading("Who pays? Who owns the budget?", 1)
    document.add_paragraph("Budget owner: Head of Sales")
    document.add_paragraph("Sales: 80 %", style="List Bullet")
    document.add_paragraph("HR: 20 %", style="List Bullet")
    document.add_heading("How is impact measured? How do we report?", 1)
    table(
        document,
        [
            ("Metric", "Leading or lagging", "Target", "How often"),
            ("Attendance", "Leading", "90 %", "Every month"),
            ("New-business revenue", "Lagging", "to be agreed", "Every quarter"),
        ],
    )


_BOX = (
    f'<w:p {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:r><w:pict><v:shape><v:textbox><w:txbxContent>'
    "<w:p><w:r><w:t>Read this box first!</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    "<w:r><w:t>After the box.</w:t></w:r></w:p>"
)
_TRACKED = (
    f'<w:p {nsdecls("w")}><w:r><w:t xml:space="preserve">We keep </w:t></w:r><w:ins w:id="1" w:author="a"><w:r>'
    '<w:t>every</w:t></w:r></w:ins><w:del w:id="2" w:author="a"><w:r><w:delText>no</w:delText></w:r></w:del>'
    '<w:r><w:t xml:space="preserve"> promise.</w:t></w:r></w:p>'
)


def _project_charter(document: Any) -> None:
    """Tables with labels in the first column, promises, signatures, and words beside the body."""
    document.sections[0].header.paragraphs[0].text = "Confidential until signed"
    document.sections[0].footer.paragraphs[0].text = "Revenue Enablement, Adatum"
    document.add_paragraph("PROJECT CHARTER: REVENUE ENABLEMENT", style="Title")
    made = table(
        document,
        [
            ("Purpose", "Bring new products to market with sellers who can explain them."),
            ("In scope", ""),
            ("Out of scope", "Pricing"),
            ("Stakeholders", "Field sales\nCustomer success"),
            ("Codename", "Bluebird"),
        ],
    )
    cell = made.rows[1].cells[1]
    cell.paragraphs[0].text = "Launch training"
    cell.paragraphs[0].style = "List Bullet"
    cell.add_paragraph("Certification – twice a year", style="List Bullet")
    document.element.body.insert(1, parse_xml(_TRACKED))
    document.element.body.insert(2, parse_xml(_BOX))
    document.add_heading("Service levels", 2)
    table(
        document,
        [
            ("Service", "Request type", "Response time", "Target", "Escalate to"),
            ("Launch training", "New course", "15 business days", "90 %", "Programme lead"),
            ("Launch training", "Correction", "1 day", "95%", "Programme lead"),
            ("Help desk", "Question", "4 hours", "", ""),
        ],
    )
    document.add_heading("Roadmap", 2)
    table(
        document,
        [
            ("Milestone", "Due date", "Status"),
            ("Pilot", "2026-09-30", "In progress"),
            ("Roll-out", "Q1 2027", ""),
        ],
    )
    document.add_heading("Approvals", 2)
    table(
        document,
        [("Role", "Decision", "Date"), ("Chief Product Officer", "Approved", "12.06.2026"), ("CFO", "", "")],
    )


_RU_BOLD = (
    ("УСТАВ ГРУППЫ РАЗВИТИЯ ПРОДАЖ", ()),
    ("Наша миссия", ("Помогать командам продавать честно и быстро.",)),
    ("Видение", ("К 2028 году каждый клиент получает ответ в тот же день.",)),
    (
        "Перечень услуг",
        ("1. Тренинги для новичков", "2. Сопровождение сделок: разбор раз в неделю", "3. Скрипты"),
    ),
    ("Внутренние заказчики", ("Отдел корпоративных продаж", "Отдел розницы")),
    ("Партнёрские команды", ("Маркетинг – даёт материалы", "Аналитика – даёт отчёты")),
    ("Что сказать напоследок", ("Спасибо, что дочитали! Вопросы – Ольге.",)),
)


def _bold_headings(document: Any) -> None:
    """No styles at all: headings are bold paragraphs, lists are typed."""
    for heading, lines in _RU_BOLD:
        document.add_paragraph().add_run(heading).bold = True
        for line in lines:
            document.add_paragraph(line)
    table(
        document,
        [
            ("Активность", "Руководитель группы", "Методист", "Продавец"),
            ("Тренинги для новичков", "А", "R", "I"),
            ("Скрипты", "A/R", "C", ""),
        ],
    )


Sheets = Mapping[str, Sequence[Sequence[object]]]


def excel(sheets: Sheets, fill: Callable[[Any, Any], object] | None = None) -> bytes:
    """A workbook with these sheets; a float between 0 and 1 is formatted as a percentage."""
    made = io.BytesIO()
    book: Any = xlsxwriter.Workbook(made, {"in_memory": True})
    share, day = book.add_format({"num_format": 9}), book.add_format({"num_format": "yyyy-mm-dd"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                style = (
                    share
                    if isinstance(value, float) and value < 1
                    else day
                    if isinstance(value, datetime.date)
                    else None
                )
                sheet.write(number, column, value, style)
        if fill:
            fill(book, sheet)
    book.close()
    return made.getvalue()


RACI: Sheets = {
    "RACI": [
        ("Enablement RACI 2026",),
        (),
        ("Activity", "Head of Enablement", "Sales managers", "Marketing", "Notes"),
        ("Onboarding programme", "A", "R", "C", "starts in week 1"),
        ("Battle cards", "A", "I", "R", ""),
        ("Product launches", "R/A", "C", "C", "with product team"),
    ]
}
CATALOGUE: Sheets = {
    "Read me": [("This workbook lists what the enablement team offers.",), ("Last change: 2 May 2026.",)],
    "Services": [
        (
            "ID",
            "Service name",
            "Description",
            "Audience",
            "Service owner",
            "Status",
            "Available since",
            "Price",
        ),
        (
            "S-1",
            "Onboarding",
            "First 60 days",
            "AE; SDR",
            "Onboarding lead",
            "Live",
            datetime.date(2025, 4, 1),
            "free",
        ),
        ("S-2", "Deal rooms", "Shared space with the buyer", "AE", "Content lead", "Pilot", "", 12),
    ],
    "SLA": [
        ("Service", "Type of request", "Turnaround"),
        ("Onboarding", "Seat in the next class", "5 working days"),
        ("Deal rooms", "New room", "1 day"),
        ("Deal rooms", "Anything else", "ask us"),
    ],
    "Audiences": [("Audience", "People", "Region"), ("AE", 42, "EMEA"), ("SDR", 15, "EMEA")],
}
SCORECARD_RU: Sheets = {
    "Показатели": [
        ("Показатель", "Тип", "База", "Целевое значение", "Факт", "Ответственный", "Как часто"),
        ("Доля прошедших обучение", "опережающий", 0.55, 0.9, 0.71, "Методист", "ежемесячно"),
        ("Средний чек", "запаздывающий", 120000, 150000, "", "Директор по продажам", "ежеквартально"),
        ("Удовлетворённость", "", "4,1 из 5", "4,5 из 5", "", "Методист", ""),
    ],
    "Бюджет": [
        ("Статья расходов", "Кто платит", "Доля бюджета"),
        ("Персонал", "Продажи", 0.75),
        ("Платформы", "ИТ", 0.25),
        (),
        ("Суммы уточняются в сентябре.",),
    ],
    "Лист3": [],
}

#: Each document by its file name.
DOCUMENTS: Mapping[str, Callable[[], bytes]] = {
    **{path.name: path.read_bytes for path in sorted(FOLDER.iterdir())},
    "one-pager.docx": lambda: word(_one_pager),
    "project-charter.docx": lambda: word(_project_charter),
    "bold-ru.docx": lambda: word(_bold_headings),
    "raci.xlsx": lambda: excel(RACI),
    "catalogue.xlsx": lambda: excel(CATALOGUE),
    "scorecard-ru.xlsx": lambda: excel(SCORECARD_RU),
}

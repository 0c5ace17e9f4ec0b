"""Makes the workbooks beside this script: one table, written by different programs with much around it.

    python3 tests/data/annotated/make.py          # needs openpyxl, Pillow, XlsxWriter and LibreOffice's soffice
    python3 tests/data/annotated/make.py resaved  # annotates some with this project, then lets other programs save them

The cells are those of samples/部门评价表-信丰.xlsx; the rest is what a copy must not lose.
"""

import io
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile

import openpyxl
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.formatting.rule import ColorScaleRule, FormulaRule
from openpyxl.styles import Color, PatternFill, Protection
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table
from PIL import Image as Picture

HERE = pathlib.Path(__file__).parent
SAMPLE = HERE.parents[2] / "samples" / "部门评价表-信丰.xlsx"


def picture():
    """A small PNG."""
    out = io.BytesIO()
    Picture.new("RGB", (24, 16), (192, 0, 0)).save(out, "PNG")
    out.seek(0)
    return out


def with_openpyxl(path, ledger="台账 '甲'"):
    book = openpyxl.load_workbook(SAMPLE)
    sheet = book.active
    sheet["G30"].comment = Comment("请财务科复核总分。\n第二行", "李四")
    sheet["B4"].comment = Comment("与本次检查无关的批注", "王五")
    sheet["G30"].fill = PatternFill("solid", fgColor=Color(theme=4, tint=0.7999816888943144))
    sheet["G5"].fill = PatternFill("lightGrid", fgColor="FF00B050", bgColor="FFFFFFFF")
    sheet["E8"].fill = PatternFill("solid", fgColor="FFFFFF00")
    sheet.conditional_formatting.add("F10:F29", ColorScaleRule(start_type="min", start_color="FFFFFF", end_type="max", end_color="63BE7B"))
    sheet.conditional_formatting.add("G10:G29", FormulaRule(["G10>F10"], fill=PatternFill(bgColor="FFC7CE")))
    tiers = DataValidation("list", formula1='"优,良,中,差"', allow_blank=True)
    tiers.add("H10:H29")
    sheet.add_data_validation(tiers)
    sheet.add_image(Image(picture()), "J2")
    sheet.protection.sheet = True
    sheet.protection.password = "1234"
    sheet["G10"].protection = Protection(locked=False)
    sheet.print_title_rows = "1:3"
    sheet.page_setup.orientation = "landscape"
    sheet.oddFooter.center.text = "第 &P 页"
    sheet.freeze_panes = "A4"
    other = book.create_sheet(ledger)
    other.append(["科目", "金额"])
    other.append(["办公费", 12.5])
    other.append(["差旅费", "=B2*2"])
    other.add_table(Table(displayName="台账", ref="A1:B3"))
    other["A2"].hyperlink = "https://example.org/"
    hidden = book.create_sheet("参数")
    hidden.sheet_state = "hidden"
    quoted = "'" + ledger.replace("'", "''") + "'"
    hidden["A1"] = f"=SUM({quoted}!B2:B3)"
    book.defined_names["办公费"] = DefinedName("办公费", attr_text=f"{quoted}!$B$2")
    book.save(path)


def with_libreoffice(source, path):
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            ["soffice", "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", folder, source],
            check=True,
            capture_output=True,
        )
        shutil.move(pathlib.Path(folder) / source.name, path)


def with_xlsxwriter(path, macro=None):
    source = openpyxl.load_workbook(SAMPLE).active
    book = xlsxwriter.Workbook(path)
    if macro:
        book.add_vba_project(macro, True)
    sheet = book.add_worksheet("自评")
    cell = book.add_format({"border": 1, "text_wrap": True, "font_name": "宋体", "valign": "vcenter"})
    score = book.add_format({"border": 1, "num_format": "0.00", "bg_color": "#EEEEEE", "pattern": 1})
    bold = book.add_format({"bold": True})
    covered = set()
    for region in source.merged_cells.ranges:
        covered |= {(row, column) for row, column in region.cells}
        value = source.cell(region.min_row, region.min_col).value
        sheet.merge_range(region.min_row - 1, region.min_col - 1, region.max_row - 1, region.max_col - 1, value, cell)
    for row in source.iter_rows():
        for one in row:
            if one.value is not None and (one.row, one.column) not in covered:
                style = score if isinstance(one.value, (int, float)) else cell
                sheet.write(one.row - 1, one.column - 1, one.value, style)
    sheet.write_rich_string("J4", "说明：", bold, "粗体", " 其余")
    sheet.write_comment("G30", "已复核", {"author": "审核人", "x_scale": 2, "color": "#CCFFCC"})
    sheet.write_comment("A5", "与检查无关")
    sheet.insert_button("J6", {"macro": "核对", "caption": "核对", "width": 80, "height": 30})
    sheet.insert_image("J8", "红.png", {"image_data": picture()})
    sheet.set_header("&L&G", {"image_left": "红.png", "image_data_left": picture()})
    sheet.data_validation("H10:H29", {"validate": "list", "source": ["优", "良"]})
    sheet.conditional_format("F10:F29", {"type": "data_bar"})
    sheet.conditional_format("G10:G29", {"type": "cell", "criteria": ">", "value": 10, "format": bold})
    sheet.protect("1234", {"select_locked_cells": True})
    sheet.set_column("A:A", 9.5)
    sheet.set_row(2, 33.5)
    sheet.repeat_rows(0, 2)
    sheet.ignore_errors({"number_stored_as_text": "A1:H40"})
    other = book.add_worksheet("差异清单")
    other.write_row("A1", ["单位自己的清单", "金额"])
    other.add_table("A3:B5", {"data": [["甲", 1], ["乙", 2]], "columns": [{"header": "名称"}, {"header": "数"}]})
    other.insert_chart("D2", make_chart(book))
    book.add_chartsheet("图").set_chart(make_chart(book))
    book.define_name("数", "=差异清单!$B$4")
    book.set_custom_property("归档号", "2024-01")
    book.close()


def make_chart(book):
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=差异清单!$B$4:$B$5"})
    return chart


def changed(source, path, change):
    """The same package with each part passed through `change(name, bytes)`; `None` drops it, extra parts follow."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = change(info.filename, old.read(info))
            if content is not None:
                new.writestr(zipfile.ZipInfo(info.filename, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
        for name, content in change(None, None).items():
            new.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)


CONVERSATION = (
    "[Threaded comment]\n\nYour version of Excel allows you to read this threaded comment; however, any edits to it "
    "will get removed if the file is opened in a newer version of Excel.\n\nComment:\n    总分怎么来的？"
)
PERSON = "{11111111-2222-3333-4444-555555555555}"
THREAD = "{AAAAAAAA-BBBB-CCCC-DDDD-EEEEEEEEEEEE}"


def with_conversation(name, content):
    """A threaded comment on G30, as Excel keeps it: the conversation, its people, and a note that stands for it."""
    space = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
    if name is None:
        return {
            "xl/threadedComments/threadedComment1.xml": f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<ThreadedComments xmlns="{space}"><threadedComment ref="G30" dT="2024-01-05T08:00:00.00" personId="{PERSON}" id="{THREAD}"><text>总分怎么来的？</text></threadedComment></ThreadedComments>',
            "xl/persons/person.xml": f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<personList xmlns="{space}"><person displayName="赵六" id="{PERSON}" userId="S::a" providerId="AD"/></personList>',
        }
    text = content.decode() if name.endswith((".xml", ".rels")) else None
    if name == "[Content_Types].xml":
        return text.replace(
            "</Types>",
            '<Override PartName="/xl/threadedComments/threadedComment1.xml" ContentType="application/vnd.ms-excel.threadedcomments+xml"/>'
            '<Override PartName="/xl/persons/person.xml" ContentType="application/vnd.ms-excel.person+xml"/></Types>',
        )
    if name == "xl/_rels/workbook.xml.rels":
        return text.replace(
            "</Relationships>",
            '<Relationship Id="rIdPerson" Type="http://schemas.microsoft.com/office/2017/10/relationships/person" Target="persons/person.xml"/></Relationships>',
        )
    if name == "xl/worksheets/_rels/sheet1.xml.rels":
        return text.replace(
            "</Relationships>",
            '<Relationship Id="rIdThread" Type="http://schemas.microsoft.com/office/2017/10/relationships/threadedComment" Target="../threadedComments/threadedComment1.xml"/></Relationships>',
        )
    if name == "xl/comments1.xml":
        text = text.replace("<author>审核人</author>", f"<author>tc={THREAD}</author>")
        return text.replace("已复核", CONVERSATION)
    return content


def as_strict(name, content):
    """The strict variant of the format: other namespaces, the same elements."""
    if name is None:
        return {}
    if not name.endswith((".xml", ".rels")):
        return content
    text = content.decode()
    text = text.replace(
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main"
    )
    text = text.replace(
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
    )
    text = text.replace(
        "http://schemas.openxmlformats.org/drawingml/2006/main", "http://purl.oclc.org/ooxml/drawingml/main"
    )
    if name == "xl/workbook.xml":
        text = re.sub("<workbook ", '<workbook conformance="strict" ', text, count=1)
    return text


def with_prefixes(name, content):
    """Sheets, styles and workbook with a prefixed main namespace, as some exporters write them."""
    if name is None:
        return {}
    if not re.match(r"xl/(workbook|styles|worksheets/sheet\d+)\.xml", name):
        return content
    text = content.decode()
    text = re.sub(r"<(/?)(?=[A-Za-z])(?![a-z0-9]+:)", r"<\1x:", text)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return text.replace(f'xmlns="{main}"', f'xmlns:x="{main}"')


def resaved():
    """Copies of two of the workbooks as other programs save them: what a unit sends back."""
    with tempfile.TemporaryDirectory() as folder:
        inputs = [HERE / "libreoffice.xlsx", HERE / "openpyxl.xlsx"]
        command = ["cargo", "run", "-q", "--", "convert", "--annotate", "--fail-on", "never", "-o", folder]
        subprocess.run([*command, *map(str, inputs)], check=True, cwd=HERE.parents[2])
        with_libreoffice(pathlib.Path(folder) / "libreoffice.批注副本.xlsx", HERE / "resaved_by_libreoffice.xlsx")
        openpyxl.load_workbook(pathlib.Path(folder) / "openpyxl.批注副本.xlsx").save(HERE / "resaved_by_openpyxl.xlsx")


def main():
    with_openpyxl(HERE / "openpyxl.xlsx")
    with tempfile.TemporaryDirectory() as folder:
        # LibreOffice 7 loses sheets with an apostrophe in their name.
        plain = pathlib.Path(folder) / "plain.xlsx"
        with_openpyxl(plain, "台账")
        with_libreoffice(plain, HERE / "libreoffice.xlsx")
    with_xlsxwriter(HERE / "xlsxwriter.xlsx")
    with_xlsxwriter(HERE / "macro.xlsm", io.BytesIO(b"stands for a macro project"))
    changed(HERE / "xlsxwriter.xlsx", HERE / "conversation.xlsx", with_conversation)
    changed(HERE / "openpyxl.xlsx", HERE / "strict.xlsx", as_strict)
    changed(SAMPLE, HERE / "prefixed.xlsx", with_prefixes)


if __name__ == "__main__":
    resaved() if "resaved" in sys.argv else main()

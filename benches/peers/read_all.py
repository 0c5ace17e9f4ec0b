"""Reads every xlsx file of a folder with one library, all values of its first sheet: read_all.py LIBRARY FOLDER."""

import pathlib
import sys


def reader(library):
    if library == "python_calamine":
        from python_calamine import CalamineWorkbook

        return lambda path: CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    if library == "openpyxl":
        import openpyxl

        def read(path):
            sheet = openpyxl.load_workbook(path, data_only=True).worksheets[0]
            return [list(row) for row in sheet.iter_rows(values_only=True)]

        return read
    import pandas

    return lambda path: pandas.read_excel(path, header=None).values.tolist()


def main():
    read = reader(sys.argv[1])
    cells = 0
    for path in sorted(pathlib.Path(sys.argv[2]).glob("*.xlsx")):
        rows = read(str(path))
        cells += sum(1 for row in rows for value in row if value is not None and value != "")
    print(cells)


main()

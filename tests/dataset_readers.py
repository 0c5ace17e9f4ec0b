"""Opens a dataset with DuckDB and with pyarrow and compares rows and sums with the result lines.

    python tests/dataset_readers.py

Needs `pip install duckdb pyarrow` and the program: target/release/hebiao, target/debug/hebiao, or where HEBIAO says.
Installs nothing; says what is missing and leaves with 0. Not a part of `cargo test`.
"""

import json
import pathlib
import subprocess
import tempfile
from decimal import ROUND_HALF_UP, Decimal

from county import county, needed

WAN = {"万元": Decimal(1), "元": Decimal("0.0001"), "亿元": Decimal(10000)}


def places(value, digits):
    """A figure as its column holds it; nothing as nothing."""
    return None if value is None else value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def expected(lines):
    """What the dataset must hold, from the result lines alone."""
    reports = [json.loads(line, parse_float=Decimal, parse_int=Decimal) for line in lines]
    tables = [table for report in reports for table in report["tables"]]
    value = lambda field: field["value"] if field else None
    indicators = [row for table in tables for row in table["evaluation"]["indicators"]]
    funds = [(row, table["evaluation"]["money_unit"]) for table in tables for row in table["evaluation"]["funds"]]
    total = lambda figures, digits: sum((places(figure, digits) for figure in figures if figure is not None), Decimal(0))
    in_wan = lambda key: total((value(row[key]) * WAN[unit] for row, unit in funds if row[key] and unit), 8)
    return {
        "counts": {
            "files": len(reports),
            "tables": len(tables),
            "indicators": len(indicators),
            "funds": len(funds),
            "discrepancies": sum(len(table["discrepancies"]) for table in tables),
        },
        ("tables", "rescored_total"): total((table["rescoring"]["rescored_total"] for table in tables), 10),
        ("tables", "declared_total"): total((table["rescoring"]["declared_total"] for table in tables), 10),
        ("indicators", "weight"): total((value(row["weight"]) for row in indicators), 10),
        ("indicators", "score"): total((value(row["score"]) for row in indicators), 10),
        ("funds", "annual_budget"): in_wan("annual_budget"),
        ("funds", "executed"): in_wan("executed"),
    }


def by_duckdb(folder, due):
    import duckdb

    scan = lambda name: f"read_parquet('{folder / name}.parquet')"
    one = lambda query: duckdb.sql(query).fetchall()[0][0]
    seen = {"counts": {name: one(f"SELECT count(*) FROM {scan(name)}") for name in due["counts"]}}
    for name, column in (key for key in due if key != "counts"):
        seen[name, column] = one(f"SELECT sum({column}) FROM {scan(name)}")
    # The keys join: each finding about an indicator meets exactly one, and each indicator exactly one table.
    of_indicators = one(f"SELECT count(*) FROM {scan('discrepancies')} WHERE of_table = 'indicators'")
    on = "i.file = d.file AND i.table_index = d.table_index AND i.row_index = d.of_row"
    joined = one(f"SELECT count(*) FROM {scan('discrepancies')} d JOIN {scan('indicators')} i ON {on} WHERE d.of_table = 'indicators'")
    assert joined == of_indicators > 0, (joined, of_indicators)
    joined = one(f"SELECT count(*) FROM {scan('indicators')} JOIN {scan('tables')} USING (file, table_index)")
    assert joined == due["counts"]["indicators"], joined
    # A weighted mean has to be computable as it stands.
    one(f"SELECT sum(rescored_total * annual_budget) / sum(annual_budget) FROM {scan('tables')}")
    return seen


def by_pyarrow(folder, due):
    import pyarrow as pa
    import pyarrow.compute as compute
    import pyarrow.parquet as parquet

    read = {name: parquet.read_table(folder / f"{name}.parquet") for name in due["counts"]}
    for name, table in read.items():
        for field in table.schema:
            assert not pa.types.is_floating(field.type), f"{name}.{field.name} is a float"
    seen = {"counts": {name: table.num_rows for name, table in read.items()}}
    for name, column in (key for key in due if key != "counts"):
        seen[name, column] = compute.sum(read[name][column]).as_py()
    files = read["tables"]["file"].to_pylist()
    assert files == sorted(files), "rows are in the order of paths"
    return seen


def main():
    program, lacking = needed("duckdb", "pyarrow")
    if lacking:
        print("skipped; needs " + "; ".join(lacking))
        return
    with tempfile.TemporaryDirectory(prefix="hebiao dataset ") as temporary:
        folder = pathlib.Path(temporary)
        county(folder / "全县 报送", 60)
        check = [program, "check", folder / "全县 报送", "--format", "ndjson", "--fail-on", "never"]
        lines = subprocess.run(check, capture_output=True, check=False).stdout.splitlines()
        # In another order than that of paths, to be put right.
        results = folder / "结果.ndjson"
        results.write_bytes(b"\n".join(reversed(lines)) + b"\n")
        datasets = [folder / "数据集 直接", folder / "数据集 结果"]
        for inputs, dataset in zip(([folder / "全县 报送"], ["--from", results]), datasets):
            run = subprocess.run([program, "summarize", *inputs, "--dataset", dataset], capture_output=True, check=False)
            assert run.returncode in (0, 3), run.stderr.decode()
        for name in ("files", "tables", "indicators", "funds", "discrepancies"):
            one, other = ((dataset / f"{name}.parquet").read_bytes() for dataset in datasets)
            assert one == other, f"{name}.parquet of the files and of their result lines differ"
        print("  the dataset of the files is, byte for byte, that of their result lines in another order")
        due = expected(lines)
        for name, reader in (("duckdb", by_duckdb), ("pyarrow", by_pyarrow)):
            seen = reader(datasets[1], due)
            assert seen == due, f"{name}:\n  seen {seen}\n  due  {due}"
            print(f"  {name}: {seen}")
    print("ok")


if __name__ == "__main__":
    main()

"""核表 on Spark: a list of files in, result lines and summed-up tables out.

    spark-submit spark/hebiao_job.py --files 清单.txt --out 结果文件夹 [--hebiao 程序]

Each partition of the list is piped through `hebiao check --format ndjson --files-from -`; a file's line depends on
nothing but the file, so that a partition that was lost is simply run again. Written to the result folder:

    ndjson/               a line a file: the input of `hebiao summarize --from`
    tables.parquet/       a row a table
    departments.parquet/  by 主管部门: tables, mean of the rescored totals, amounts in 万元, findings
    grades.parquet/       by grade after rescoring: tables
    status.parquet/       by what became of a file: files

The program and the files must be found at the same paths on every machine. The job knows no rules: it counts and adds
up what hebiao says.
"""

import argparse
import json
import shlex
import sys
import time

from pyspark.sql import SparkSession

# Exit status 3 says that some file could not be read: its line says so too, and the task is whole. Anything else, a
# program that was killed included, has to fail the task, or its lines would be missing unseen.
PIPE = 'sh -c {script} hebiao {program} {options}'
SCRIPT = '"$@" --fail-on never --format ndjson --no-progress --files-from - || [ $? -eq 3 ]'

# What is read back of a line. Figures are decimals from end to end: a double would not add up to the same cent.
FIELD = "STRUCT<value: {0}>"
TEXT, POINTS, AMOUNT = FIELD.format("STRING"), FIELD.format("DECIMAL(18,10)"), FIELD.format("DECIMAL(24,8)")
LINE = f"""
    file STRING, status STRING,
    tables ARRAY<STRUCT<
        sheet: STRING, kind: STRING,
        evaluation: STRUCT<
            year: {FIELD.format("INT")}, project_name: {TEXT}, department: {TEXT}, implementing_unit: {TEXT},
            money_unit: STRING,
            funds: ARRAY<STRUCT<
                source: STRING, initial_budget: {AMOUNT}, annual_budget: {AMOUNT}, executed: {AMOUNT}>>>,
        rescoring: STRUCT<
            standard: STRING, declared_total: DECIMAL(18,10), sum_of_scores: DECIMAL(18,10),
            rescored_total: DECIMAL(18,10), declared_grade: STRING, rescored_grade: STRING>,
        discrepancies: ARRAY<STRUCT<code: STRING, severity: STRING>>>>
"""

# The row that stands for all of a table's money: 年度资金总额, or the only row with an amount.
TABLES = """
WITH flat AS (
    SELECT file, sheet_number + 1 AS table_index, t.*,
           filter(t.evaluation.funds, f -> coalesce(f.initial_budget, f.annual_budget, f.executed) IS NOT NULL) AS money
    FROM lines LATERAL VIEW posexplode(tables) AS sheet_number, t
), funded AS (
    SELECT *,
           CASE WHEN size(filter(money, f -> f.source = 'total')) > 0 THEN filter(money, f -> f.source = 'total')[0]
                WHEN size(money) = 1 THEN money[0] END AS fund,
           CASE evaluation.money_unit WHEN '万元' THEN 1 WHEN '元' THEN 0.0001 WHEN '亿元' THEN 10000 END AS factor
    FROM flat
)
SELECT file, sheet, table_index, kind, evaluation.year.value AS year,
       evaluation.project_name.value AS project_name,
       nullif(trim(regexp_replace(evaluation.department.value, '\\\\s+', ' ')), '') AS department,
       evaluation.implementing_unit.value AS implementing_unit, evaluation.money_unit,
       CAST(fund.initial_budget.value * factor AS DECIMAL(20,8)) AS initial_budget,
       CAST(fund.annual_budget.value * factor AS DECIMAL(20,8)) AS annual_budget,
       CAST(fund.executed.value * factor AS DECIMAL(20,8)) AS executed,
       rescoring.standard, rescoring.declared_total, rescoring.sum_of_scores, rescoring.rescored_total,
       rescoring.declared_grade, rescoring.rescored_grade,
       size(filter(discrepancies, d -> d.severity = 'error')) AS errors,
       size(filter(discrepancies, d -> d.severity = 'warning')) AS warnings,
       size(filter(discrepancies, d -> d.severity = 'info')) AS infos
FROM funded ORDER BY file, table_index
"""

# A mean comes from the sum, rounded as hebiao does: six places, halves away from zero.
SUMMED_UP = {
    "departments": """
        SELECT department, count(*) AS tables, count(rescored_total) AS scored, sum(rescored_total) AS sum_rescored,
               CAST(sum(rescored_total) / count(rescored_total) AS DECIMAL(18,6)) AS mean_rescored,
               sum(annual_budget) AS annual_budget, sum(executed) AS executed,
               sum(errors) AS errors, sum(warnings) AS warnings, sum(infos) AS infos
        FROM tables GROUP BY department ORDER BY department
    """,
    "grades": """
        SELECT rescored_grade AS grade, count(*) AS tables FROM tables GROUP BY rescored_grade ORDER BY grade
    """,
    "status": "SELECT status, count(*) AS files FROM lines GROUP BY status ORDER BY status",
}


def paths_of(name):
    """The paths of a list, each once, in its order."""
    with open(name, encoding="utf-8-sig") as listed:
        paths = [line.rstrip("\r\n") for line in listed]
    return list(dict.fromkeys(path for path in paths if path.strip()))


def missing(paths, checked):
    """Paths without a line; the files of a folder or an archive have its path before theirs."""
    covered = set()
    for file in checked:
        covered.add(file)
        parts = file.replace("\\", "/").split("/")
        covered.update("/".join(parts[:count]) for count in range(1, len(parts)))
    return [path for path in paths if path.rstrip("/") not in covered]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", required=True, help="text file with a path a line")
    parser.add_argument("--out", required=True, help="folder for the results; must not exist")
    parser.add_argument("--hebiao", default="hebiao", help="the program, the same on every machine")
    parser.add_argument("--options", default="", help="more options of `hebiao check`, such as '--standard 江西'")
    parser.add_argument("--threads", type=int, default=1, help="files at once in a piece: the cores of a task")
    parser.add_argument("--partitions", type=int, help="pieces of work; by default one for 50 files")
    arguments = parser.parse_args()

    paths = paths_of(arguments.files)
    if not paths:
        sys.exit("文件清单里没有路径，请每行写一个文件。")
    # No piece may be empty: a run without inputs counts as one that went wrong.
    pieces = min(len(paths), arguments.partitions or max(2, len(paths) // 50))
    command = PIPE.format(
        script=shlex.quote(SCRIPT),
        program=f"{shlex.quote(arguments.hebiao)} check",
        options=f"--threads {arguments.threads} {arguments.options}",
    )

    spark = SparkSession.builder.appName("hebiao").getOrCreate()
    begun = time.monotonic()
    lines = spark.sparkContext.parallelize(paths, pieces).pipe(command, checkCode=True)
    shards = f"{arguments.out}/ndjson"
    # Written before anything is added up, so that each file is checked once.
    lines.saveAsTextFile(shards)

    spark.read.schema(LINE).json(shards).createOrReplaceTempView("lines")
    lost = missing(paths, [row.file for row in spark.sql("SELECT file FROM lines").toLocalIterator()])
    if lost:
        sys.exit(f"有 {len(lost)} 个路径没有结果，例如：{lost[0]}")
    tables = spark.sql(TABLES)
    tables.write.parquet(f"{arguments.out}/tables.parquet")
    spark.read.parquet(f"{arguments.out}/tables.parquet").createOrReplaceTempView("tables")
    for name, query in SUMMED_UP.items():
        spark.sql(query).coalesce(1).write.parquet(f"{arguments.out}/{name}.parquet")
    report = {"paths": len(paths), "partitions": pieces, "seconds": round(time.monotonic() - begun, 1)}
    print(json.dumps(report), file=sys.stderr)
    spark.stop()


if __name__ == "__main__":
    main()

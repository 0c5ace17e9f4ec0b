"""Runs spark/hebiao_job.py on two workers, kills one on the way, and compares with a run on one machine.

    python tests/spark_job.py

Needs Java 17 or later on the path, `pip install pyspark`, and the program: target/release/hebiao, target/debug/hebiao, or
where HEBIAO says. Installs nothing; says what is missing and leaves with 0. Takes a minute or two; not a part of
`cargo test`.

What must hold:
- an executor that is killed costs nothing: its pieces are run again, each file has exactly one line;
- the lines are those of a single run, and `hebiao summarize --from` makes the same bytes of the shards as of that run;
- Spark SQL adds up to what the summary says.
"""

import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from decimal import Decimal

from county import ROOT, county, needed

FILES = 120
PIECES = 8
MASTER = "local-cluster[2,1,1024]"


def slowed(program, folder):
    """The program with a delay and a mark for each run, so that there is something to kill."""
    marks = folder / "marks"
    marks.mkdir()
    wrapper = folder / "慢 hebiao"
    wrapper.write_text(f'#!/bin/sh\n: > "{marks}/$$"\nsleep 4\nexec "{program}" "$@"\n', encoding="utf-8")
    wrapper.chmod(0o755)
    return wrapper, marks


def executors(of):
    """Process ids of the executors that descend from a process."""
    parents, commands = {}, {}
    for entry in pathlib.Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text()
                commands[int(entry.name)] = (entry / "cmdline").read_text().replace("\0", " ")
            except OSError:
                continue
            parents[int(entry.name)] = int(stat.rsplit(")", 1)[1].split()[1])

    def descends(process):
        while process in parents:
            process = parents[process]
            if process == of:
                return True
        return False

    return [pid for pid, line in commands.items() if "CoarseGrainedExecutorBackend" in line and descends(pid)]


def run_job(program, listed, out, folder):
    """Runs the job, kills an executor once work is under way, and gives how many pieces were begun."""
    wrapper, marks = slowed(program, folder)
    environment = {
        **os.environ,
        "PYSPARK_PYTHON": sys.executable,
        "PYSPARK_SUBMIT_ARGS": f"--master {MASTER} --conf spark.ui.enabled=false pyspark-shell",
    }
    job = [sys.executable, str(ROOT / "spark" / "hebiao_job.py"), "--files", str(listed), "--out", str(out)]
    job += ["--hebiao", str(wrapper), "--partitions", str(PIECES)]
    log = folder / "spark.log"
    with log.open("wb") as output:
        process = subprocess.Popen(job, env=environment, cwd=folder, stdout=output, stderr=output)
        killed = None
        limit = time.monotonic() + 420
        while process.poll() is None and time.monotonic() < limit:
            # The first two pieces are done or nearly so; others are under way.
            if killed is None and len(list(marks.iterdir())) >= 3:
                time.sleep(1)
                victims = executors(process.pid)
                if victims:
                    killed = victims[0]
                    os.kill(killed, signal.SIGKILL)
            time.sleep(0.2)
        if process.poll() is None:
            process.kill()
        process.wait()
    text = log.read_text(encoding="utf-8", errors="replace")
    assert process.returncode == 0, f"the job failed:\n{text[-6000:]}"
    assert killed is not None, "no executor was there to be killed"
    assert "Lost executor" in text, f"Spark did not notice the loss:\n{text[-6000:]}"
    begun = len(list(marks.iterdir()))
    assert begun > PIECES, f"{begun} runs for {PIECES} pieces: nothing was run again"
    return begun


def hebiao(program, *words, codes=(0,)):
    run = subprocess.run([str(program), *map(str, words)], capture_output=True, check=False)
    assert run.returncode in codes, f"{words}: {run.returncode}\n{run.stderr.decode()}"
    return run.stdout


def read_parquet(out, dataset):
    """What the job wrote, and sums over hebiao's own dataset, as Spark reads them."""
    from pyspark.sql import SparkSession

    spark = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    names = ["tables", "departments", "grades", "status"]
    read = {name: [row.asDict() for row in spark.read.parquet(f"{out}/{name}.parquet").collect()] for name in names}
    for name in ("files", "tables", "indicators", "funds", "discrepancies"):
        spark.read.parquet(str(dataset / f"{name}.parquet")).createOrReplaceTempView(f"own_{name}")
    read["own"] = spark.sql(OWN).collect()[0].asDict()
    spark.stop()
    return read


OWN = """
SELECT (SELECT count(*) FROM own_files) AS files,
       (SELECT count(*) FROM own_indicators) AS indicators,
       (SELECT count(*) FROM own_discrepancies d JOIN own_tables t USING (file, table_index)) AS discrepancies,
       (SELECT sum(rescored_total) FROM own_tables) AS rescored_total,
       (SELECT sum(annual_budget) FROM own_tables) AS annual_budget,
       (SELECT sum(score) FROM own_indicators) AS score
"""


def same(name, one, other):
    assert one == other, f"{name}:\n  spark   {one}\n  summary {other}"
    print(f"  {name}: {one}")


def main():
    program, lacking = needed("pyspark")
    if shutil.which("java") is None:
        lacking.append("Java 17 or later (java)")
    if lacking:
        print("skipped; needs " + "; ".join(lacking))
        return
    with tempfile.TemporaryDirectory(prefix="hebiao spark ") as temporary:
        folder = pathlib.Path(temporary)
        paths = county(folder / "全县 报送", FILES)
        paths.append(str(folder / "全县 报送" / "没有的文件.xlsx"))
        listed = folder / "清单.txt"
        listed.write_text("\n".join(paths) + "\n", encoding="utf-8")
        out = folder / "结果"
        begun = run_job(program, listed, out, folder)
        print(f"{len(paths)} files in {PIECES} pieces on {MASTER}; one executor killed; {begun} runs begun")

        options = ["--fail-on", "never", "--format", "ndjson", "--files-from", listed]
        direct = folder / "direct.ndjson"
        direct.write_bytes(hebiao(program, "check", *options, codes=(0, 3)))
        shards = sorted((out / "ndjson").glob("part-*"))
        lines = sorted(line for shard in shards for line in shard.read_bytes().splitlines())
        assert lines == sorted(direct.read_bytes().splitlines()), "the lines are not those of a single run"
        assert len(lines) == len(paths), f"{len(lines)} lines for {len(paths)} files"
        print(f"  {len(shards)} shards hold the {len(lines)} lines of a single run")
        compare(program, shards, direct, out)
    print("ok")


def compare(program, shards, direct, out):
    """The summary of the shards, of the single run's lines, and what Spark SQL says."""
    for form in ("json", "csv"):
        of_shards = hebiao(program, "summarize", "--format", form, "--from", *shards, codes=(0, 1, 3))
        of_direct = hebiao(program, "summarize", "--format", form, "--from", direct, codes=(0, 1, 3))
        assert of_shards == of_direct and of_shards, f"summarize --format {form} differs"
    print("  the summary of the shards is, byte for byte, that of the single run")
    others = {}
    for name, lines in (("shards", shards), ("direct", [direct])):
        folder = out / f"others of {name}"
        words = ["--dataset", folder / "数据集", "--notices", folder / "修改通知"]
        hebiao(program, "summarize", *words, "--from", *lines, codes=(0, 1, 3))
        others[name] = {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.*")}
    assert others["shards"] == others["direct"] and others["direct"], "dataset or notices differ"
    print(f"  so are the {len(others['direct'])} files of the dataset and the notices")
    reports = [json.loads(line, parse_float=Decimal, parse_int=Decimal) for line in direct.read_bytes().splitlines()]
    spark = read_parquet(out, out / "others of shards" / "数据集")
    check_against_lines(reports, spark)
    summary = hebiao(program, "summarize", "--format", "json", "--from", direct, codes=(0, 1, 3))
    check_against_summary(json.loads(summary, parse_float=Decimal, parse_int=Decimal), spark)


def check_against_lines(reports, spark):
    """The sums of Spark SQL against sums made here, from the lines themselves."""
    tables = [table for report in reports for table in report["tables"]]
    rescored = [table["rescoring"]["rescored_total"] for table in tables]
    findings = [finding["severity"] for table in tables for finding in table["discrepancies"]]
    same("tables", len(spark["tables"]), len(tables))
    same("sum of rescored totals", sum(row["rescored_total"] or 0 for row in spark["tables"]), sum(filter(None, rescored)))
    for key, severity in (("errors", "error"), ("warnings", "warning"), ("infos", "info")):
        same(key, sum(row[key] for row in spark["tables"]), findings.count(severity))
    statuses = sorted({report["status"] for report in reports})
    same("files of the dataset", spark["own"]["files"], len(reports))
    same("findings of the dataset that join their table", spark["own"]["discrepancies"], len(findings))
    indicators = [row for table in tables for row in table["evaluation"]["indicators"]]
    same("indicators of the dataset", spark["own"]["indicators"], len(indicators))
    same("their scores", spark["own"]["score"], sum(row["score"]["value"] for row in indicators if row["score"]))
    same("rescored totals of the dataset", spark["own"]["rescored_total"], sum(filter(None, rescored)))
    expected = {status: sum(report["status"] == status for report in reports) for status in statuses}
    same("status", {row["status"]: row["files"] for row in spark["status"]}, expected)


def check_against_summary(summary, spark):
    """Tables, amounts, grades and departments against `hebiao summarize --format json`."""
    everything = summary["overview"]["all"]
    tables = spark["tables"]
    same("tables", len(tables), everything["tables"])
    for key in ("initial_budget", "annual_budget", "executed"):
        same(f"{key}, 万元", sum(row[key] or 0 for row in tables), everything["amounts"][key])
    same("annual_budget of the dataset", spark["own"]["annual_budget"], everything["amounts"]["annual_budget"])
    grades = {share["grade"]: share["tables"] for share in everything["rescored"]["grades"] if share["tables"]}
    same("grades after rescoring", {row["grade"]: row["tables"] for row in spark["grades"]}, grades)
    of_summary = {row["department"]: figures(row) for row in summary["departments"]}
    # Of no amount at all Spark's sum is nothing, and the summary's is zero.
    of_spark = {row["department"]: tuple(row[key] or 0 for key in DEPARTMENT) for row in spark["departments"]}
    same("departments", of_spark, of_summary)
    same("unreadable", sum(r["files"] for r in spark["status"] if r["status"] == "unreadable"), summary["overview"]["unreadable"])


DEPARTMENT = ("tables", "scored", "mean_rescored", "annual_budget", "executed", "errors", "warnings", "infos")


def figures(row):
    """A department of the summary in the columns that Spark has."""
    amounts, rescored = row["amounts"], row["rescored"]
    sums = (amounts["annual_budget"], amounts["executed"])
    return (row["tables"], rescored["scored"], rescored["mean"] or 0, *sums, row["errors"], row["warnings"], row["infos"])


if __name__ == "__main__":
    main()

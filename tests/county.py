"""A small county for the scripts beside this file: tables of several formats and states, and the program that reads them."""

import importlib.util
import os
import pathlib
import shutil

ROOT = pathlib.Path(__file__).resolve().parent.parent
TABLE = """项目支出绩效自评表,,,,,,,,
（2023年度）,,,,,,,,
项目名称,{project},,,,,,,
主管部门,{department},,,实施单位,{unit},,,
项目资金{money_unit},,,年初预算数,全年预算数,全年执行数,分值,执行率,得分
,年度资金总额,,{budget},{budget},{executed},10,95%,9.5
年度总体目标,预期目标,,,,实际完成情况,,,
,养护农村公路20公里,,,,养护农村公路20公里，年底前完工,,,
绩效指标,一级指标,二级指标,三级指标,年度指标值,实际完成值,分值,得分,偏差原因分析及改进措施
,产出指标,数量指标,养护里程,≥20公里,20公里,20,20,
,,质量指标,验收合格率,≥95%,100%,20,20,
,,时效指标,完工时间,12月31日前,12月10日,10,10,
,效益指标,社会效益指标,受益村庄,≥8个,{villages}个,30,{score},原因：部分村道路改线；措施：明年补齐
,满意度指标,服务对象满意度指标,群众满意度,≥90%,93%,10,10,
总分,,,,,,100,{total},
"""


def needed(*packages):
    """The program, and what is missing of it and these Python packages."""
    lacking = [f"the Python package {name}" for name in packages if importlib.util.find_spec(name) is None]
    built = [ROOT / "target" / profile / "hebiao" for profile in ("release", "debug")]
    given = os.environ.get("HEBIAO")
    program = pathlib.Path(given) if given else next((path for path in built if path.exists()), None)
    if program is None or not program.exists():
        lacking.append("the program (cargo build, or HEBIAO=path)")
    return program, lacking


def county(folder, files):
    """Tables in folders with blanks and Chinese names, and files that cannot be read; gives all paths in order.

    Every other file is a sample, every other one a table of its own: six departments, amounts in 万元, in 元 and
    without a unit, and scores of which some are too high.
    """
    samples = sorted((ROOT / "samples").glob("*.xlsx"))
    samples += sorted(path for path in (ROOT / "tests" / "data").iterdir() if path.suffix in (".xls", ".ods"))
    paths = []
    for number in range(files):
        place = folder / f"部门 {number % 3} 局"
        place.mkdir(parents=True, exist_ok=True)
        if number % 2:
            path = place / f"自评表 {number:04}.csv"
            path.write_text(table(number // 2), encoding="utf-8")
        else:
            source = samples[number // 2 % len(samples)]
            path = place / f"自评表 {number:04}{source.suffix}"
            shutil.copy(source, path)
        paths.append(path)
    cut = folder / "部门 0 局" / "断开的表.xlsx"
    cut.write_bytes(samples[0].read_bytes()[:2000])
    empty = folder / "部门 1 局" / "空 文件.xls"
    empty.write_bytes(b"")
    return sorted(map(str, [*paths, cut, empty]))


def table(number):
    """A table that differs from its neighbours in department, unit, amounts and what was achieved."""
    villages = 1 + number % 8
    # Every third table claims all points whatever was achieved.
    score = 30 if number % 3 == 0 else 30 * villages / 8
    budget = 1000 + 37 * number
    money_unit = ("（万元）", "（元）", "")[number % 3]
    factor = 10000 if money_unit == "（元）" else 1
    return TABLE.format(
        project=f"农村公路养护{number}",
        department=f"县第{number % 6}局",
        unit=f"县公路{number % 9}站",
        money_unit=money_unit,
        budget=budget * factor,
        executed=f"{budget * factor * 95 / 100:.2f}",
        villages=villages,
        score=f"{score:g}",
        total=f"{69.5 + score:g}",
    )

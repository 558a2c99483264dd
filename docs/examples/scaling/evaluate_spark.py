#!/usr/bin/env python3
"""Judges files of facts with Apache Spark: each partition goes through `cps-preflight evaluate`.

    spark-submit evaluate_spark.py FACTS VERDICTS [options of cps-preflight evaluate]

FACTS is a file, a folder or a pattern of files with a facts object a line; VERDICTS is a folder that does not exist yet.
The program, and the rule file that --rules names, are on every worker. It ends with the code that one process would
have ended with: 0, 1 or 65; 70 where Spark fails or lines got lost.
"""

import os
import shlex
import sys

from pyspark.sql import SparkSession

# What 0, 1 and 65 say is in the verdicts; anything else (70, 74, 78, a signal, a missing program) has to fail the task.
PARTITION = """
"$0" evaluate --jobs 1 --quiet "$@"
code=$?
case $code in 0|1|65) exit 0 ;; *) exit "$code" ;; esac
"""


def evaluate(spark, facts, verdicts, options):
    """Writes the verdicts; how many lines there were, and how many verdicts of each code."""
    program = os.environ.get("CPS_PREFLIGHT", "cps-preflight")
    command = shlex.join(["sh", "-c", PARTITION, program, *options])
    # Spark gives the program no environment of its own.
    environment = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL") if name in os.environ}
    lines = spark.sparkContext.textFile(facts)
    # Without checkCode a task whose program never ran would be a success with no verdicts.
    lines.pipe(command, environment, checkCode=True).saveAsTextFile(verdicts)
    written = spark.read.text(verdicts)
    codes = written.selectExpr("get_json_object(value, '$.exitCode') AS code").groupBy("code").count()
    counts = {row["code"]: row["count"] for row in codes.collect()}
    return lines.filter(lambda line: line.strip()).count(), counts


def main():
    if len(sys.argv) < 3:
        print(__doc__, file=sys.stderr)
        return 64
    spark = SparkSession.builder.appName("cps-preflight evaluate").getOrCreate()
    try:
        lines, codes = evaluate(spark, sys.argv[1], sys.argv[2], sys.argv[3:])
    except Exception as error:  # whatever it is, nothing may be taken for judged
        print(f"evaluate_spark.py: {error}", file=sys.stderr)
        return 70
    finally:
        spark.stop()
    for code in sorted(codes, key=str):
        print(f"code {code}: {codes[code]}", file=sys.stderr)
    if sum(codes.values()) != lines or None in codes:
        print(f"evaluate_spark.py: {lines} lines, {sum(codes.values())} verdicts", file=sys.stderr)
        return 70
    if "65" in codes or lines == 0:
        return 65
    return 0 if set(codes) == {"0"} else 1


if __name__ == "__main__":
    sys.exit(main())

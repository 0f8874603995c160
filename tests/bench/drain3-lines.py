"""Clusters standard input with Drain3's defaults and writes one {"id", "template"} record per line, as `loghunter cluster` does."""
import json
import sys

from drain3 import TemplateMiner
from drain3.template_miner_config import TemplateMinerConfig


def main() -> None:
    config = TemplateMinerConfig()
    config.profiling_enabled = False
    miner = TemplateMiner(config=config)
    ids = [miner.add_log_message(line.rstrip("\n"))["cluster_id"] for line in sys.stdin]
    records = {c.cluster_id: json.dumps({"id": c.cluster_id, "template": c.get_template()}) for c in miner.drain.clusters}
    sys.stdout.write("".join(records[number] + "\n" for number in ids))


main()

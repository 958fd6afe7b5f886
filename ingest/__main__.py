"""`python -m ingest` is `ratslotse-ingest`."""

from ingest.cli import main

main()

"""How the two shipped files of `ingest/data` are made: the bundled encoder and the list of compound parts."""

"""Papers to index: reading, structure, storage. Knows nothing of questions, answers or channels."""

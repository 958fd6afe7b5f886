"""Ratslotse beside what others would build: the same questions, the same files, one run, one process for each system.

What was decided so that the comparison is fair, and where in doubt kind to the peers:

- Peers get each paper's title in front of every passage they search (a tutorial would leave it in the metadata);
  what is read of a hit (`read4500`, `read9000`) is the passage alone. The other keys of a sidecar (matter, kind of
  paper, dates) only Ratslotse knows what to do with.
- Passages of peers are those of LangChain's tutorials: `RecursiveCharacterTextSplitter`, 1,000 characters, 200 of
  them shared. All else stays at each library's defaults, except what its own manual says to set for German: stop
  words and the Snowball stemmer of `bm25s`. all-MiniLM-L6-v2 knows mostly English; it is Chroma's own default and what
  many tutorials load.
- Peers return 100 passages, not the tutorials' 4, so that ten papers can be found; a paper is as good as its best
  passage. Earlier questions of a conversation stand in front of a follow-up question.
- Ratslotse on papers is what a user gets: `ratslotse-ingest add` with sidecars, then `Ratslotse.ask`; its time to
  answer includes the answer itself. On retrieval sets, which have no sidecars and no answers, it is search alone.
- Indexing is from files to the first question that can be asked: reading, cutting, encoding, writing. Loading of
  libraries and models comes before the clock. Memory is the highest of the whole process with its children, libraries
  included; it is the price of indexing and asking in one go.
- gold-dev is the set that Ratslotse was developed on: some of its weights were learned there. covid-faq and xquad-de
  are of other domains and nothing was learned on them.
- A system whose packages are missing, that is too slow for a set, or that failed is named with the reason.

`python -m evals.bench --data DIR` runs it; nothing here is imported by the product.
"""

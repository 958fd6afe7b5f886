"""A result as one page: self-contained, German, no script; see `page.html` for its frame."""

from evals.report.page import page, write_page

__all__ = ["page", "write_page"]

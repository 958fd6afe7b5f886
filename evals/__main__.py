"""`python -m evals` is `ratslotse-evals`."""

from evals.cli import main

if __name__ == "__main__":
    main()

"""How the reader is made from data: `ratslotse-evals learn`; its result is a folder of data with a card."""

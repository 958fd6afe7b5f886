"""The web page: questions with streamed answers, sources as they look, papers, and what signed-in staff do.

`app.make_app` puts the routes together, `server` runs them. The only user of Starlette and uvicorn. Shows what
`Ratslotse` and `Library` give; has no logic of its own about papers.
"""

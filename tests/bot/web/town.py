"""A small invented town for the web page: public papers of several formats, and non-public ones full of canaries."""

from __future__ import annotations

from pathlib import Path

from tests.ingest.readers.papers import pdf

CANARY = "Zitronenfalter"
"""Stands in every field of every non-public paper and nowhere else."""
NUMBER = "9303/2023"
"""Of a non-public paper only."""

PDF = (
    "Niederschrift Verwaltungsausschuss vom 29.03.2023\nPunkt 4 der Tagesordnung: Termine\nDer Vorsitzende begrüßt.",
    "Das Bürgeramt hat 14 neue Terminals beschafft.\nSie kosten zusammen 84.000 Euro.\nDie Terminals stehen im Foyer.",
)

PUBLIC = {
    "antrag-9101.md": (
        (
            "# Antrag: Mehr Online-Termine\n\nWir beantragen:\n\n1. Die Verwaltung berichtet, in wie vielen "
            "Bürgerbüros Termine online gebucht werden können.\n\n"
            "2. Die Verwaltung legt dar, wie viele Stellen unbesetzt sind.\n"
        ).encode(),
        "title: Mehr Online-Termine in den Bürgerbüros\nkind: motion\nnumber: 9101/2023\ndate: 2023-02-01\n"
        "procedure: buergerbueros\nfactions: [SPD]\nbody: Verwaltungsausschuss\n",
    ),
    "stellungnahme-9101.txt": (
        "Stellungnahme zum Antrag 9101/2023\n\nZu 1.: In sieben von zwanzig Bürgerbüros können Termine online gebucht "
        "werden. Weitere drei Bürgerbüros folgen bis Ende 2024.\n\nZu 2.: Von den 212 Stellen in den Bürgerbüros sind "
        "31 Stellen unbesetzt. Zur Akte siehe GRDrs 9202/2022.\n".encode(),
        "title: Stellungnahme zu Online-Terminen\nkind: report\nnumber: 9101/2023\ndate: 2023-03-15\n"
        "procedure: buergerbueros\nurl: https://rat.example/9101\nbody: Verwaltungsausschuss\n",
    ),
    "protokoll-9101.pdf": (
        pdf(*PDF),
        "title: Niederschrift zu Terminals\nkind: protocol\nnumber: 9101/2023\ndate: 2023-03-29\n"
        "procedure: buergerbueros\n",
    ),
    "vorlage-9202.html": (
        "<html><body><h1>GRDrs 9202/2022</h1><p>Die Einführung der elektronischen Akte kostet einmalig 1,4 Mio. € und "
        "im Betrieb 320.000 € im Jahr.</p><p>Ein &lt;script&gt;alert(1)&lt;/script&gt; und &amp; im Text der Akte "
        "kostet 5 Euro.</p></body></html>".encode(),
        "title: 'Einführung <b>der</b> elektronischen Akte'\nkind: report\nnumber: GRDrs 9202/2022\ndate: 2022-11-07\n"
        "url: 'javascript:alert(1)'\n"
        "summary_of: {title: Die elektronische Akte, number: GRDrs 9202/2022, url: 'https://rat.example/9202'}\n",
    ),
    **{
        f"bericht-{i}.md": (
            f"# Bericht {i}\n\nDas Geoportal Nummer {i} zeigt {400 + i} Datensätze.\n".encode(),
            f"title: Bericht {i} zum Geoportal\nkind: report\ndate: 2024-01-{i:02d}\n",
        )
        for i in range(1, 31)
    },
}
NONPUBLIC = {
    "nichtoeffentlich/vergabe-9303.txt": (
        f"Erfundenes Muster. Vergabe der Reinigung: Das {CANARY} kostet 77.777 Euro. Die Terminals von {CANARY} kosten "
        f"88.888 Euro. {CANARY} hat sieben Stellen in den Bürgerbüros.\n".encode(),
        f"title: Vergabe an {CANARY}\nkind: report\nnumber: {NUMBER}\ndate: 2031-05-05\nbody: Ausschuss {CANARY}\n"
        f"factions: [Liste {CANARY}]\nprocedure: buergerbueros\n",
    ),
    "nichtoeffentlich/protokoll.pdf": (
        pdf(f"Nichtöffentliche Sitzung\nDas {CANARY} im Foyer kostet 99.999 Euro."),
        f"title: Sitzung {CANARY}\nkind: protocol\ndate: 2031-06-06\n",
    ),
    "nichtoeffentlich/kaputt.pdf": (b"%PDF-1.4 " + CANARY.encode(), f"title: Kaputt {CANARY}\n"),
}


def build_town(root: Path) -> None:
    """Write all papers."""
    for name, (content, sidecar) in (PUBLIC | NONPUBLIC).items():
        path = root / ("" if name in NONPUBLIC else "oeffentlich") / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        path.with_name(path.name + ".meta.yaml").write_text(sidecar, encoding="utf-8")

"""A small bilingual council glossary: English and Turkish questions find German papers.

Not a translator: it adds the German words for terms of council work to what is searched. A word is looked up only in a
question that is clearly in that language, so that German questions stay as they are ("Rat" is no rodent).
"""

from __future__ import annotations

import re
from functools import lru_cache

MIN_FUNCTION_WORDS = 2
"""So many of a language's small words make a question one of that language; German ones have none or one."""

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")

_ENGLISH_SMALL = frozenset(
    """the of and how many much what which who when where why is are was were does did do has have had will would should
    for from with by about per there their its into than""".split()
)
_TURKISH_SMALL = frozenset(
    """ve bir bu kaç ne kim nerede nasıl neden hangi mi mı mu mü için ile olan olarak var yok kadar ne göre tarafından
    zaman daha da de tam""".split()
)

_ENGLISH = """
accessibility Barrierefreiheit; accessible barrierefrei; administration Verwaltung; adopted beschlossen; against gegen;
agenda Tagesordnung; agreed zugestimmt; alliance Bündnis; apartment Wohnung; apartments Wohnungen; app App;
application Antrag; applications Anträge; appointment Termin; appointments Termine; approved genehmigt zugestimmt;
artificial künstliche; authority Behörde; average Durchschnitt; bicycle Fahrrad; bike Fahrrad; booking Buchung;
bridge Brücke; broadband Breitband; budget Haushalt; building Gebäude; buildings Gebäude; bus Bus; care Pflege;
centre Zentrum; center Zentrum; charge Gebühr; charging Ladestation; child Kind; children Kinder; citizen Bürger;
citizens Bürger; city Stadt; climate Klima; committee Ausschuss; company Firma; computer Computer; contract Vertrag;
cost Kosten; costs Kosten; council Gemeinderat; councillor Stadtrat; councillors Stadträte; crossing Übergang;
cultural Kultur; customers Kunden; cycling Radverkehr; data Daten; daycare Kita; deadline Frist; debt Schulden;
decide entschieden; decided entschieden beschlossen; decision Beschluss; delay Verzögerung; department Amt;
digital digital; digitalisation Digitalisierung; digitalization Digitalisierung; digitisation Digitalisierung;
director Leiter; disabled Behinderung; district Stadtteil; documents Unterlagen; education Bildung; elderly Senioren;
election Wahl; electric Elektro; electricity Strom; emergency Notfall; employees Beschäftigte Mitarbeiter;
energy Energie; environment Umwelt; equipment Ausstattung; euros Euro; event Veranstaltung; expansion Ausbau;
faction Fraktion; family Familie; fee Gebühr; fees Gebühren; fibre Glasfaser; fiber Glasfaser; figures Zahlen;
finance Finanzen; fire Feuerwehr; flat Wohnung; flats Wohnungen; flood Hochwasser; foreigners Ausländer; free kostenlos;
fruit Obst; funding Förderung; funds Mittel; garbage Abfall Müll; garden Garten; greens Grüne; grant Zuschuss;
green Grüne; group Fraktion; growth Wachstum; hall Rathaus; headquarters Zentrale; health Gesundheit; heating Heizung;
hospital Klinikum; hours Stunden; house Haus; household Haushalt; households Haushalte; housing Wohnen Wohnungen;
immigration Ausländerbehörde; income Einnahmen; index Index; inhabitants Einwohner; inquiry Anfrage;
intelligence Intelligenz; internet Internet; investment Investition; join beitreten Beitritt; joined beigetreten;
joining Beitritt; kindergarten Kita; laptops Notebooks; law Gesetz; lease Pacht; leader Leiter; level Höhe;
library Bibliothek; lighting Beleuchtung; loan Kredit; maintenance Wartung; majority Mehrheit; market Markt;
mayor Oberbürgermeister; measures Maßnahmen; meeting Sitzung; members Mitglieder; migration Migration;
million Millionen; minutes Niederschrift Protokoll; mobility Mobilität; money Geld Mittel; month Monat; motion Antrag;
municipal städtisch; museum Museum; neighbourhood Stadtteil; network Netz; night Nacht; noise Lärm; number Anzahl;
office Amt; official offiziell; online online; open offen; opened eröffnet; operator Betreiber; orchard Streuobstwiese;
orchards Streuobstwiesen; ordinance Satzung; outcome Ergebnis; outage Ausfall; owner Eigentümer; paper Vorlage;
papers Vorlagen; park Park; parking Parken Stellplätze; participation Beteiligung; party Fraktion; passport Reisepass;
patients Patienten; pay zahlen; payment Zahlung; permit Genehmigung; personnel Personal; phone Telefon; pilot Pilot;
plan Plan; planned geplant; planning Planung; playground Spielplatz; police Polizei; pool Schwimmbad; positions Stellen;
posts Stellen; presentation Vorstellung Präsentation; price Preis; privacy Datenschutz; procurement Beschaffung;
project Projekt; projects Projekte; proposal Vorschlag Antrag; proposed beantragt; protection Schutz;
protocol Niederschrift; provider Anbieter; public öffentlich; pupils Schüler; purchase Kauf; rail Bahn; rank Platz;
ranking Rangliste; reason Grund; refugees Flüchtlinge; refused abgelehnt; register Verzeichnis; rejected abgelehnt;
rent Miete; repair Reparatur; report Bericht; request Antrag; residents Einwohner; result Ergebnis; rights Rechte;
river Fluss; road Straße; roof Dach; rooms Räume; safety Sicherheit; sale Verkauf; satisfied zufrieden;
school Schule; schools Schulen; security Sicherheit; seniors Senioren; sensors Sensoren; server Server;
service Dienst; services Dienste Leistungen; session Sitzung; shelter Unterkunft; signed unterzeichnet;
site Gelände; software Software; spending Ausgaben; sport Sport; square Platz; stadium Stadion; staff Personal;
station Bahnhof; statement Stellungnahme; status Stand; stop Haltestelle; strategy Strategie; street Straße;
students Schüler; subsidy Zuschuss; supplier Lieferant; support Unterstützung; survey Umfrage; sustainability
Nachhaltigkeit; system System; tablets Tablets; tax Steuer; teachers Lehrkräfte; team Team; tender Ausschreibung;
theatre Theater; tickets Tickets; town Stadt; traffic Verkehr; training Schulung; tram Straßenbahn; transport Verkehr;
tree Baum; trees Bäume; tunnel Tunnel; unanimous einstimmig; unanimously einstimmig; university Universität;
vacant unbesetzt; vacancies unbesetzt Stellen; vehicles Fahrzeuge; video Video; voted abgestimmt; vote Abstimmung;
votes Stimmen; waiting Warten; waste Abfall Müll; water Wasser; website Internetseite; week Woche; wifi WLAN;
women Frauen; work Arbeit; workers Beschäftigte; year Jahr; years Jahre; young Jugend; youth Jugend
"""
_TURKISH = """
abone Abo; ağaç Baum Bäume; aile Familie; alan Fläche Gelände; anlaşma Vertrag; araç Fahrzeug; artış Erhöhung;
ay Monat; bağlandı angeschlossen geschaltet; başkan Vorsitz; başkanı Bürgermeister; başvuru Antrag; belediye Stadt
Verwaltung; belge Unterlagen; bilgi Information; bilgisayar Computer; bina Gebäude; bisiklet Fahrrad; borç Schulden;
bölge Stadtteil; bütçe Haushalt; bütçesi Haushalt; cadde Straße; çalışan Beschäftigte; çevre Umwelt; çocuk Kind Kinder;
daire Amt Wohnung; destek Förderung Unterstützung; dijital digital; dijitalleşme Digitalisierung; dilekçe Antrag;
eğitim Bildung; elektrik Strom; enerji Energie; engelli Behinderung; ev Haus; evi Haus; evine Haus; euro Euro;
fiber Glasfaser; firma Firma; fiyat Preis; genç Jugend; gençlik Jugend; gider Kosten; göçmen Migration; görüş
Stellungnahme; güvenlik Sicherheit; hafta Woche; hastane Klinikum; hedef Ziel; hızlı schnell Geschwindigkeit; hizmet
Dienst Leistung; hizmetler Dienste; internet Internet; iklim Klima; kadın Frauen; kadro Stellen; karar Beschluss;
karşı gegen; kat Stock; kira Miete; konut Wohnung Wohnungen; kurul Ausschuss; kurum Behörde; kütüphane Bibliothek;
maliyet Kosten; maliyeti Kosten; meclis Gemeinderat; mektup Schreiben; metre Meter; milyon Millionen; müdür Leiter;
müze Museum; nüfus Einwohner; okul Schule; okullar Schulen; oturum Sitzung; oy Stimmen; oylama Abstimmung; öğrenci
Schüler; öneri Vorschlag; önerge Antrag; para Geld; park Park; parti Fraktion; plan Plan; proje Projekt; projeler
Projekte; randevu Termin Termine; rapor Bericht; saat Uhr Stunden; sağlık Gesundheit; satış Verkauf; seçim Wahl; ses
Lärm; sokak Straße; sonuç Ergebnis; soru Anfrage; sözleşme Vertrag; su Wasser; süre Dauer; şehir Stadt; şirket Firma;
tarih Datum; tarihte Datum; tasarruf Einsparung; toplantı Sitzung; tramvay Straßenbahn; trafik Verkehr; ulaşım Verkehr;
ücret Gebühr; üye Mitglieder; vatandaş Bürger; vergi Steuer; veri Daten; yabancılar Ausländer; yapay künstliche; yaş
Alter; yaşlı Senioren; yatırım Investition; yıl Jahr; yol Straße; yurt Unterkunft; zam Erhöhung; zeka Intelligenz
"""


def german_words(question: str) -> str:
    """Return the German words for a question's English or Turkish terms, "" for a German question."""
    asked = [word.lower() for word in _WORD.findall(question)]
    for small, entries in ((_ENGLISH_SMALL, _ENGLISH), (_TURKISH_SMALL, _TURKISH)):
        if len(small.intersection(asked)) >= MIN_FUNCTION_WORDS:
            glossary = _glossary(entries)
            return " ".join(glossary[word] for word in asked if word in glossary)
    return ""


@lru_cache(maxsize=2)
def _glossary(entries: str) -> dict[str, str]:
    """Read "term Wort Wort; term Wort"."""
    pairs = (" ".join(entry.split()).partition(" ") for entry in entries.split(";"))
    return {term: german for term, _, german in pairs}

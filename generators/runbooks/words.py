"""The fixed words of a runbook in English, French, German, Spanish, Italian and Dutch; options add others, or say them in another way."""

from collections.abc import Mapping
from typing import NamedTuple


class Words(NamedTuple):
    """What stands on every page, whatever the service; English where a language says nothing else."""

    runbook: str = "Runbook"
    order: str = "Order"
    date: str = "Date"
    technician: str = "Done by"
    purpose: str = "What it is for"
    leads: str = "Ordered through"
    offerings: str = "Offerings"
    products: str = "Products"
    services: str = "Services"
    nobody: str = "No offering on sale leads to this service."
    first: str = "What must be there first"
    inputs: str = "What the order says"
    name: str = "Name"
    meaning: str = "Meaning"
    values: str = "Values"
    ordered: str = "In this order"
    optional: str = "optional"
    standard: str = "unless said"
    several: str = "several"
    no_inputs: str = "The order says nothing besides the service itself."
    together: str = "What goes together"
    when: str = "When"
    then: str = "then"
    take: str = "What to take"
    vendor: str = "Vendor"
    model: str = "Model"
    part: str = "Part number"
    equipment: str = "equipment"
    logical: str = "number, port or software"
    outside: str = "kept elsewhere"
    number: str = "Number"
    report: str = "What to report back"
    found: str = "Found"
    of: str = "of"
    add: str = "Set up"
    modify: str = "Change"
    delete: str = "Take down"
    read: str = "Read in the order"
    compare: str = "Compare old and new"
    check_first: str = "Make sure that it is there"
    fetch: str = "Take along"
    reserve: str = "Reserve"
    do: str = "Do the work"
    write: str = "Write down"
    replace: str = "Replace if the new values need it"
    return_: str = "Bring back"
    release: str = "Release"
    close: str = "Report the order as done"
    escalation: str = "If it cannot be done"
    escalate: str = "Leave the order open, write down why, and tell your dispatcher."
    valid: str = "Valid"
    since: str = "from"
    until: str = "until"
    code: str = "Code"


WORDS: Mapping[str, Words] = {
    "en": Words(),
    "fr": Words(
        "Fiche d'intervention", "Commande", "Date", "Fait par", "À quoi cela sert", "Commandé par", "Offres", "Produits", "Services",
        "Aucune offre en vente ne mène à ce service.", "Ce qui doit exister d'abord", "Ce que dit la commande", "Nom", "Sens", "Valeurs",
        "Dans cette commande", "facultatif", "sauf indication", "plusieurs", "La commande ne dit rien de plus que le service lui-même.",
        "Ce qui va ensemble", "Si", "alors", "Ce qu'il faut prendre", "Fabricant", "Modèle", "Référence", "équipement",
        "numéro, port ou logiciel", "géré ailleurs", "Nombre", "Ce qu'il faut signaler", "Relevé", "de", "Mise en service", "Modification",
        "Retrait", "Lire dans la commande", "Comparer l'ancien et le nouveau", "S'assurer que ceci existe", "Emporter", "Réserver",
        "Faire le travail", "Noter", "Remplacer si les nouvelles valeurs l'exigent", "Rapporter", "Libérer",
        "Signaler la commande comme faite",
        "Si cela n'est pas possible", "Laisser la commande ouverte, noter la raison et prévenir le répartiteur.", "Valable", "du",
        "jusqu'au",
        "Code",
    ),
    "de": Words(
        "Arbeitsblatt", "Auftrag", "Datum", "Erledigt von", "Wozu es dient", "Bestellt über", "Angebote", "Produkte", "Dienste",
        "Kein Angebot im Verkauf führt zu diesem Dienst.", "Was zuerst da sein muss", "Was der Auftrag sagt", "Name", "Bedeutung", "Werte",
        "In diesem Auftrag", "freiwillig", "wenn nicht anders gesagt", "mehrere", "Der Auftrag sagt nichts außer dem Dienst selbst.",
        "Was zusammengehört", "Wenn", "dann", "Was mitzunehmen ist", "Hersteller", "Modell", "Teilenummer", "Gerät",
        "Nummer, Anschluss oder Software", "anderswo geführt", "Anzahl", "Was zu melden ist", "Gefunden", "von", "Einrichten", "Ändern",
        "Abbauen", "Im Auftrag lesen", "Alt und neu vergleichen", "Prüfen, ob vorhanden", "Mitnehmen", "Reservieren", "Die Arbeit tun",
        "Aufschreiben", "Ersetzen, wenn die neuen Werte es brauchen", "Zurückbringen", "Freigeben", "Den Auftrag als erledigt melden",
        "Wenn es nicht geht", "Auftrag offen lassen, den Grund aufschreiben, den Disponenten verständigen.", "Gültig", "ab", "bis", "Code",
    ),
    "es": Words(
        "Hoja de trabajo", "Pedido", "Fecha", "Hecho por", "Para qué sirve", "Pedido por", "Ofertas", "Productos", "Servicios",
        "Ninguna oferta en venta lleva a este servicio.", "Lo que debe existir antes", "Lo que dice el pedido", "Nombre", "Significado",
        "Valores", "En este pedido", "opcional", "salvo indicación", "varios", "El pedido no dice nada más que el servicio.",
        "Lo que va junto", "Si", "entonces", "Lo que hay que llevar", "Fabricante", "Modelo", "Referencia", "equipo",
        "número, puerto o software", "gestionado fuera", "Cantidad", "Lo que hay que comunicar", "Encontrado", "de", "Instalar", "Cambiar",
        "Retirar", "Leer en el pedido", "Comparar lo viejo y lo nuevo", "Comprobar que existe", "Llevar", "Reservar", "Hacer el trabajo",
        "Anotar", "Sustituir si los nuevos valores lo exigen", "Devolver", "Liberar", "Comunicar el pedido como hecho",
        "Si no es posible", "Dejar el pedido abierto, anotar el motivo y avisar al coordinador.", "Válido", "desde", "hasta", "Código",
    ),
    "it": Words(
        "Scheda di lavoro", "Ordine", "Data", "Eseguito da", "A che cosa serve", "Ordinato tramite", "Offerte", "Prodotti", "Servizi",
        "Nessuna offerta in vendita porta a questo servizio.", "Che cosa deve esserci prima", "Che cosa dice l'ordine", "Nome",
        "Significato", "Valori", "In questo ordine", "facoltativo", "salvo indicazione", "più di uno",
        "L'ordine non dice altro che il servizio stesso.", "Che cosa va insieme", "Se", "allora", "Che cosa portare", "Produttore",
        "Modello",
        "Codice articolo", "apparato", "numero, porta o software", "gestito altrove", "Quantità", "Che cosa comunicare", "Trovato", "di",
        "Installare", "Modificare", "Rimuovere", "Leggere nell'ordine", "Confrontare vecchio e nuovo", "Verificare che esista", "Portare",
        "Riservare", "Fare il lavoro", "Annotare", "Sostituire se i nuovi valori lo richiedono", "Riportare", "Liberare",
        "Comunicare l'ordine come eseguito", "Se non è possibile",
        "Lasciare l'ordine aperto, annotare il motivo e avvisare il coordinatore.",
        "Valido", "dal", "fino al", "Codice",
    ),
    "nl": Words(
        "Werkblad", "Opdracht", "Datum", "Gedaan door", "Waarvoor het dient", "Besteld via", "Aanbiedingen", "Producten", "Diensten",
        "Geen aanbieding in de verkoop leidt naar deze dienst.", "Wat er eerst moet zijn", "Wat de opdracht zegt", "Naam", "Betekenis",
        "Waarden", "In deze opdracht", "facultatief", "tenzij anders gezegd", "meerdere", "De opdracht zegt niets meer dan de dienst zelf.",
        "Wat bij elkaar hoort", "Als", "dan", "Wat mee te nemen", "Fabrikant", "Model", "Onderdeelnummer", "apparaat",
        "nummer, poort of software", "elders beheerd", "Aantal", "Wat terug te melden", "Gevonden", "van", "Inrichten", "Wijzigen",
        "Weghalen", "In de opdracht lezen", "Oud en nieuw vergelijken", "Nagaan of het er is", "Meenemen", "Reserveren", "Het werk doen",
        "Opschrijven", "Vervangen als de nieuwe waarden dat vragen", "Terugbrengen", "Vrijgeven", "De opdracht als gedaan melden",
        "Als het niet kan", "Laat de opdracht open, schrijf op waarom en waarschuw de planner.", "Geldig", "vanaf", "tot", "Code",
    ),
}  # fmt: skip
"""The words of each language that tmfkit knows them in."""


def in_language(known: Mapping[str, Words], own: Mapping[str, Mapping[str, str]], language: str) -> Words:
    """The words of a language: `pt-BR` takes those of `pt` where it has none, and English where nobody has any."""
    main = language.partition("-")[0]
    words = known.get(language) or known.get(main) or Words()
    said = {**own.get(main, {}), **own.get(language, {})}
    return words._replace(**{name: text for name, text in said.items() if name in Words._fields})

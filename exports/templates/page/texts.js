// ---- what the page says, in both languages

const TEXTS = {
  nl: {
    search: "Zoeken", key: "Soorten", kinds: "Soorten knooppunten, aan of uit", all: "alles aan", none: "alles uit",
    list: "Alle knooppunten, met het aantal stukken dat ernaar verwijst", back: "← Alle knooppunten", picture: "Netwerk van verwijzingen; de lijst hiernaast noemt dezelfde knooppunten",
    hint: "Klik op een knooppunt of kies er een uit de lijst. Grootte: aantal stukken dat ernaar verwijst.",
    out: "Van hier naar", in: "Hierheen van", quotes: "Waar het staat", given: "Waar de verwijzingen vanuit dit knooppunt staan",
    zoom: "In- en uitzoomen", closer: "Inzoomen", further: "Uitzoomen", whole: "Alles in beeld",
    nothing: "Niets gevonden.", sure: "zekerheid", rule: "regel", official: "officieel", more: "Meer tonen",
    period: "Periode", since: "Van", until: "Tot en met", failed: "De gegevens van deze pagina konden niet worden uitgepakt. Gebruik een nieuwere browser.",
    summary: (nodes, edges) => `${number(nodes)} ${nodes === 1 ? "knooppunt" : "knooppunten"}, ${number(edges)} ${edges === 1 ? "verband" : "verbanden"}`,
    times: (n) => n === 1 ? "1 stuk verwijst hiernaar" : `${number(n)} stukken verwijzen hiernaar`,
    count: (some, all) => some < all ? `${some} van ${number(all)} gevonden` : `${all} gevonden`,
    left: (n) => n === 1 ? "Nog 1 plaats staat niet in deze pagina, wel in de graaf." : `Nog ${number(n)} plaatsen staan niet in deze pagina, wel in de graaf.`,
    others: (n) => n === 1 ? "en nog 1" : `en nog ${number(n)}`,
  },
  en: {
    search: "Search", key: "Kinds", kinds: "Kinds of nodes, on or off", all: "all on", none: "all off",
    list: "All nodes, with the number of papers that refer to each", back: "← All nodes", picture: "Network of references; the list beside it names the same nodes",
    hint: "Click a node or choose one from the list. Size: number of papers that refer to it.",
    out: "From here to", in: "To here from", quotes: "Where it says so", given: "Where the references from this node are",
    zoom: "Zoom", closer: "Zoom in", further: "Zoom out", whole: "Show everything",
    nothing: "Nothing found.", sure: "certainty", rule: "rule", official: "official", more: "Show more",
    period: "Period", since: "From", until: "Until", failed: "The data of this page could not be unpacked. Use a newer browser.",
    summary: (nodes, edges) => `${number(nodes)} ${nodes === 1 ? "node" : "nodes"}, ${number(edges)} ${edges === 1 ? "edge" : "edges"}`,
    times: (n) => n === 1 ? "1 paper refers to it" : `${number(n)} papers refer to it`,
    count: (some, all) => some < all ? `${some} of ${number(all)} found` : `${all} found`,
    left: (n) => n === 1 ? "1 more place is not in this page, but it is in the graph." : `${number(n)} more places are not in this page, but they are in the graph.`,
    others: (n) => `and ${number(n)} more`,
  },
};
let language = document.documentElement.lang;
const say = (key) => TEXTS[language][key];
const number = (value) => value.toLocaleString(language === "nl" ? "nl-NL" : "en-GB");

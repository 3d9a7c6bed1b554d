-- What the pages look up, derived from the graph. The text of a paper is its passages, joined in their order.
CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value TEXT NOT NULL);

CREATE TABLE IF NOT EXISTS paper (
  number INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE, stamp TEXT NOT NULL,
  label TEXT NOT NULL, title TEXT NOT NULL, identifier TEXT, sort TEXT NOT NULL,
  day TEXT, earliest TEXT, latest TEXT, year TEXT, mentions INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS paper_day ON paper (day DESC);
CREATE INDEX IF NOT EXISTS paper_identifier ON paper (identifier);

CREATE TABLE IF NOT EXISTS section (
  paper INTEGER NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, number INTEGER, opens INTEGER, text TEXT
);
CREATE INDEX IF NOT EXISTS section_paper ON section (paper, opens);

-- words in a place, and the sentence that bears them; those in a note are borne by the sentence with its mark
CREATE TABLE IF NOT EXISTS mention (
  paper INTEGER NOT NULL, start INTEGER NOT NULL, finish INTEGER NOT NULL, kind TEXT NOT NULL, rule TEXT NOT NULL,
  target TEXT, section TEXT, before TEXT NOT NULL, words TEXT NOT NULL, after TEXT NOT NULL,
  sentence INTEGER NOT NULL, finishes INTEGER NOT NULL, reading TEXT, problem TEXT, reason TEXT, candidates TEXT,
  article TEXT, holder TEXT, post TEXT, place TEXT, day TEXT, name TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS mention_paper ON mention (paper, start);
CREATE INDEX IF NOT EXISTS mention_target ON mention (target, day DESC, paper, start);
CREATE INDEX IF NOT EXISTS mention_holder ON mention (holder, day DESC) WHERE holder IS NOT NULL;
CREATE INDEX IF NOT EXISTS mention_rule ON mention (rule, kind);
CREATE INDEX IF NOT EXISTS mention_problem ON mention (problem, day DESC) WHERE problem IS NOT NULL;
CREATE INDEX IF NOT EXISTS mention_reason ON mention (reason, day DESC) WHERE reason IS NOT NULL;

-- the papers that name a thing: where they do so first, and how often; an undated paper has an empty day
CREATE TABLE IF NOT EXISTS naming (
  target TEXT NOT NULL, day TEXT NOT NULL, paper INTEGER NOT NULL, start INTEGER NOT NULL, number INTEGER NOT NULL,
  PRIMARY KEY (target, day, paper)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS naming_paper ON naming (paper);

-- direct edges, as the papers say them
CREATE TABLE IF NOT EXISTS edge (paper INTEGER NOT NULL, source TEXT NOT NULL, property TEXT NOT NULL, target TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS edge_paper ON edge (paper);
-- with the other end, so that the many relations of a hub are counted without looking each up
CREATE INDEX IF NOT EXISTS edge_source ON edge (source, property, target);
CREATE INDEX IF NOT EXISTS edge_target ON edge (target, property, source);

CREATE TABLE IF NOT EXISTS tag (paper INTEGER NOT NULL, facet TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (paper, facet, value)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS tag_value ON tag (facet, value, paper);

CREATE TABLE IF NOT EXISTS thing (
  iri TEXT PRIMARY KEY, kind TEXT NOT NULL, dutch TEXT NOT NULL, english TEXT NOT NULL, identifier TEXT, day TEXT, page TEXT,
  registered INTEGER NOT NULL, mentions INTEGER NOT NULL DEFAULT 0, papers INTEGER NOT NULL DEFAULT 0
);
-- in the order of lists of things, so that none is sorted
CREATE INDEX IF NOT EXISTS thing_papers ON thing (kind, papers DESC, mentions DESC, iri);
CREATE INDEX IF NOT EXISTS thing_identifier ON thing (identifier);

CREATE VIRTUAL TABLE IF NOT EXISTS passage USING fts5 (words, start UNINDEXED, tokenize = "unicode61 remove_diacritics 2");
CREATE VIRTUAL TABLE IF NOT EXISTS name USING fts5 (words, iri UNINDEXED, tokenize = "unicode61 remove_diacritics 2", prefix = "2 3");

-- how often each rule was used for each kind
CREATE TABLE IF NOT EXISTS used (kind TEXT NOT NULL, rule TEXT NOT NULL, number INTEGER NOT NULL);

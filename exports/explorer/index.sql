-- What the pages look up, derived from the graph. The text of a paper is its passages, joined in their order.
CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value TEXT NOT NULL);

CREATE TABLE IF NOT EXISTS paper (
  number INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE, stamp TEXT NOT NULL,
  label TEXT NOT NULL, title TEXT NOT NULL, identifier TEXT, sort TEXT NOT NULL,
  day TEXT, earliest TEXT, latest TEXT, year TEXT, mentions INTEGER NOT NULL
);

CREATE TABLE IF NOT EXISTS section (
  paper INTEGER NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, number INTEGER, opens INTEGER, text TEXT
);

-- words in a place, and the sentence that bears them; those in a note are borne by the sentence with its mark
CREATE TABLE IF NOT EXISTS mention (
  paper INTEGER NOT NULL, start INTEGER NOT NULL, finish INTEGER NOT NULL, kind TEXT NOT NULL, rule TEXT NOT NULL,
  target TEXT, section TEXT, before TEXT NOT NULL, words TEXT NOT NULL, after TEXT NOT NULL,
  sentence INTEGER NOT NULL, finishes INTEGER NOT NULL, reading TEXT, problem TEXT, reason TEXT, candidates TEXT,
  article TEXT, holder TEXT, post TEXT, place TEXT, day TEXT, name TEXT NOT NULL
);

-- the papers that name a thing: where they do so first, and how often; an undated paper has an empty day
CREATE TABLE IF NOT EXISTS naming (
  target TEXT NOT NULL, day TEXT NOT NULL, paper INTEGER NOT NULL, start INTEGER NOT NULL, number INTEGER NOT NULL,
  PRIMARY KEY (target, day, paper)
) WITHOUT ROWID;

-- direct edges, as the papers say them
CREATE TABLE IF NOT EXISTS edge (paper INTEGER NOT NULL, source TEXT NOT NULL, property TEXT NOT NULL, target TEXT NOT NULL);

CREATE TABLE IF NOT EXISTS tag (paper INTEGER NOT NULL, facet TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (paper, facet, value)) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS thing (
  iri TEXT PRIMARY KEY, kind TEXT NOT NULL, dutch TEXT NOT NULL, english TEXT NOT NULL, identifier TEXT, day TEXT, page TEXT,
  registered INTEGER NOT NULL, mentions INTEGER NOT NULL DEFAULT 0, papers INTEGER NOT NULL DEFAULT 0
);

CREATE VIRTUAL TABLE IF NOT EXISTS passage USING fts5 (words, start UNINDEXED, tokenize = "unicode61 remove_diacritics 2");
CREATE VIRTUAL TABLE IF NOT EXISTS name USING fts5 (words, iri UNINDEXED, tokenize = "unicode61 remove_diacritics 2", prefix = "2 3");

-- every name without regard to case, diacritics and signs
CREATE TABLE IF NOT EXISTS alias (key TEXT NOT NULL, name TEXT NOT NULL, iri TEXT NOT NULL);

-- how often each rule was used for each kind
CREATE TABLE IF NOT EXISTS used (kind TEXT NOT NULL, rule TEXT NOT NULL, number INTEGER NOT NULL);

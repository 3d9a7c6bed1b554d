-- What the page of the graph draws, derived from the index: things joined by what papers say of them. A section counts as its paper.
CREATE TABLE IF NOT EXISTS tie (
  source TEXT NOT NULL, target TEXT NOT NULL, property TEXT NOT NULL,
  number INTEGER NOT NULL, first TEXT, last TEXT, -- how often it is said, and the days of the papers that say so
  PRIMARY KEY (source, target, property)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS tie_target ON tie (target, source);

-- each thing in it: with how many others it is tied, and with how many of its community, which bears the name of its hub
CREATE TABLE IF NOT EXISTS spot (iri TEXT PRIMARY KEY, ties INTEGER NOT NULL, inside INTEGER NOT NULL, hub TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS spot_hub ON spot (hub, inside DESC, iri);

CREATE TABLE IF NOT EXISTS community (hub TEXT PRIMARY KEY, members INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS community_members ON community (members DESC);
CREATE TABLE IF NOT EXISTS bridge (one TEXT NOT NULL, other TEXT NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (one, other)) WITHOUT ROWID;

-- By what the rows of the index are found. In an index that is new these are made when all rows are there, each sorted at once.
CREATE INDEX IF NOT EXISTS paper_day ON paper (day DESC);
CREATE INDEX IF NOT EXISTS paper_identifier ON paper (identifier);
CREATE INDEX IF NOT EXISTS section_paper ON section (paper, opens);
CREATE INDEX IF NOT EXISTS mention_paper ON mention (paper, start);
CREATE INDEX IF NOT EXISTS mention_target ON mention (target, day DESC, paper, start);
CREATE INDEX IF NOT EXISTS mention_holder ON mention (holder, day DESC) WHERE holder IS NOT NULL;
CREATE INDEX IF NOT EXISTS mention_rule ON mention (rule, kind);
CREATE INDEX IF NOT EXISTS mention_problem ON mention (problem, day DESC) WHERE problem IS NOT NULL;
CREATE INDEX IF NOT EXISTS mention_reason ON mention (reason, day DESC) WHERE reason IS NOT NULL;
CREATE INDEX IF NOT EXISTS naming_paper ON naming (paper);
CREATE INDEX IF NOT EXISTS edge_paper ON edge (paper);
-- with the other end, so that the many relations of a hub are counted without looking each up
CREATE INDEX IF NOT EXISTS edge_source ON edge (source, property, target);
CREATE INDEX IF NOT EXISTS edge_target ON edge (target, property, source);
CREATE INDEX IF NOT EXISTS tag_value ON tag (facet, value, paper);
-- in the order of lists of things, so that none is sorted
CREATE INDEX IF NOT EXISTS thing_papers ON thing (kind, papers DESC, mentions DESC, iri);
CREATE INDEX IF NOT EXISTS thing_identifier ON thing (identifier);
CREATE INDEX IF NOT EXISTS alias_key ON alias (key);

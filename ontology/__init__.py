"""What there is: the ontology, the shapes a graph must have, and the registers of names."""

"""Make the site of the project in site/: pages by hand, and reference pages made from code, ontology and queries."""

"""The commands, by what a person does: build a graph, read one file, ask, check, write it out."""

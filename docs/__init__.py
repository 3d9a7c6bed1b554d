"""The documentation: pages in Markdown, and the maker of the site."""

"""What is measured, and how: run these by hand."""

"""One widget for each kind of attribute, and the form they make; shared by panels and pages."""

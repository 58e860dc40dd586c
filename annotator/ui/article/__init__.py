"""The article view: document, painter, hits, gestures."""

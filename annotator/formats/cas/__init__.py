"""UIMA CASes, as XMI and as JSON."""

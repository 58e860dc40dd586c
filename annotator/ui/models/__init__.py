"""Item models for Qt's views."""

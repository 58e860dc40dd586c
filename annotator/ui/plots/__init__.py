"""Plots painted from values: tables of tinted cells and lines over time, on the screen and into files."""

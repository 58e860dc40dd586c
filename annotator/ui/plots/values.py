"""Values of agreement as they are written."""


def short(value: float) -> str:
    """Write a value as narrow tables do: ".62", "1.00", "−.08"."""
    written = f"{abs(value):.2f}"
    digits = written if written[0] != "0" else written[1:]
    return f"−{digits}" if value < 0 and digits != ".00" else digits


def between(low: float, high: float) -> str:
    """Write an interval: ".48 to .71"."""
    return f"{short(low)} to {short(high)}"

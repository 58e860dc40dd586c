"""How well typed words fit a name: for the palette."""


def fit(typed: str, name: str) -> int:
    """Rate how well what was typed fits a name; 0 when it doesn't.

    Every typed word must be found: at the beginning of the name, of a word, or within one, in falling worth.
    """
    name = name.casefold()
    rates = [_fit_word(word, name) for word in typed.casefold().split()]
    return min(rates) * 100 + sum(rates) if rates and all(rates) else 0


def _fit_word(word: str, name: str) -> int:
    if name.startswith(word):
        return 4
    if any(part.startswith(word) for part in name.replace("-", " ").replace("“", " ").split()):
        return 3
    return 2 if word in name else 0

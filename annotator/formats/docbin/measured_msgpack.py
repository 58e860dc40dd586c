"""msgpack from strangers: what it asks for is measured as it is unpacked."""

from typing import Any

from srsly import msgpack

MAX_VALUES = 20_000_000
"""Most values of one message, at any depth."""
MAX_LIST = 2_000_000
MAX_TUPLE = 100_000


def unpacked(data: bytes, *, with_tuples: bool = False) -> Any:
    """Unpack one message; raise ValueError when it holds too much.

    A list that is announced is made before its items are read, which costs nothing; a tuple costs its size.
    """
    measure = _Measure()
    longest = MAX_TUPLE if with_tuples else MAX_LIST
    return msgpack.loads(
        data,
        raw=False,
        use_list=not with_tuples,
        list_hook=measure.list,
        object_pairs_hook=measure.map,
        max_array_len=longest,
        max_map_len=longest,
    )


class _Measure:
    """Counts what has been unpacked, and gives up when it is too much."""

    def __init__(self) -> None:
        self._left = MAX_VALUES

    def list(self, items: Any) -> Any:
        self._left -= len(items) + 1
        if self._left < 0:
            raise ValueError(f"it holds more than {MAX_VALUES:,} values")
        return items

    def map(self, pairs: Any) -> dict[Any, Any]:
        return dict(self.list(pairs))

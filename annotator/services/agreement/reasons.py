"""Why a measure is not defined, in a few words."""

NO_PAIR = "no article was read by both annotators"
NO_TWO = "no article was read by two annotators"
NOT_ALL = "no article was read by all of the annotators"
UNUSED = "nobody used the label"
UNMARKED = "nobody marked anything"
FULL = "everything is marked: there is one category only"
NO_ROOM = "the units leave no room to lie elsewhere"

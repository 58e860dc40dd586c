"""Say where a passage states that a number isn't known."""

import re

_UNSTATED = re.compile(
    r"""\b(?:
      an?\s(?:as\syet\s|still\s)?(?:unknown|unspecified|undisclosed|undetermined|uncertain|unconfirmed|unclear)\s
        (?:number|toll|figure)s?
    | (?:unknown|unspecified|undisclosed|undetermined)\snumbers?
    | (?:it\s(?:is|was|remains|remained)\s|it['’]s\s)?(?:still\s)?
        (?:unclear|unknown|uncertain|not\s(?:immediately\s|yet\s)?(?:clear|known|certain|specified))\s
        (?:exactly\s|just\s)?(?:how\smany|(?:if|whether)\s(?:there\s(?:were|was)|any))
    | (?:exactly\s)?how\smany
    | no\s(?:immediate\s|official\s|further\s|confirmed\s|early\s|independent\s)*
        (?:reports?|word|information|details?|figures?|news|data|indication|estimates?|count)
        \s(?:yet\s)?(?:of|on|about|for|regarding)\s(?:any\s|the\s|possible\s|other\s)*
        (?:casualt|death|dead|injur|fatalit|victim|number|toll)\w*
    | (?:casualt(?:ies|y)|(?:casualty|death)\s(?:figures?|tolls?|numbers?|counts?)|(?:death\s)?tolls?
        |(?:exact\s|total\s)?numbers?\sof\s[\w\s]{1,40}?)\s
        (?:(?:is|are|was|were|has|have|remains?|remained|could|still|yet|immediately)\s)*
        (?:not\s(?:yet\s|immediately\s|been\s|be\s)*(?:reported|known|clear|available|disclosed|specified|given
        |announced|released|provided|determined|confirmed|verified|stated)|unknown|unclear|uncertain|unavailable
        |undisclosed|unspecified)
    | (?:without|did\snot|didn['’]t|does\snot|not|gave|giving|given)\s
        (?:(?:giving|give|gave|provide|providing|specify|specifying|state|stating|disclose|disclosing)\s)?
        (?:an?|any|the|no)\s(?:exact\s|precise\s|death\s|casualty\s)*(?:numbers?|figures?|tolls?|counts?)
    )\b""",
    re.VERBOSE | re.IGNORECASE,
)


def unstated(written: str) -> dict[int, int]:
    """Map where each such phrase starts to where it stops: "an unknown number", "no word on casualties"."""
    return {match.start(): match.end() for match in _UNSTATED.finditer(written)}

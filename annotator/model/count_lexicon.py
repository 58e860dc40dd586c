"""Tables of the words that stand around a count in news: nouns, units, harm, months."""

from annotator.model.tokens import Phrases, numbered, words

MONTHS = numbered(
    "january|jan february|feb march|mar april|apr may june|jun july|jul august|aug september|sept|sep"
    " october|oct november|nov december|dec",
    first=1,
)
WEEKDAYS = numbered(
    "monday|mon tuesday|tues|tue wednesday|weds|wed thursday|thurs|thur|thu friday|fri"
    " saturday|sat sunday|sun"
)

PERSON = words(
    """
    person man woman child boy girl baby infant toddler teenager teen adult youth civilian human soul
    victim soldier fighter militant rebel insurgent gunman bomber attacker assailant terrorist jihadist
    jihadi extremist guerrilla sniper combatant militiaman serviceman servicewoman airman crewman marine
    trooper conscript recruit reservist peacekeeper mercenary contractor policeman policewoman officer
    official commander general colonel captain lieutenant major sergeant corporal veteran guard
    bodyguard guardsman doctor nurse medic paramedic surgeon physician rescuer responder firefighter
    worker volunteer employee staffer aide colleague journalist reporter photographer cameraman
    correspondent blogger editor driver passenger pilot sailor student pupil schoolchild schoolboy
    schoolgirl teacher professor farmer herder shopkeeper trader villager resident inhabitant protester
    protestor demonstrator activist leader cleric imam priest nun monk politician mayor minister deputy
    lawmaker senator judge lawyer prosecutor prisoner detainee inmate hostage captive suspect refugee
    migrant evacuee father mother parent son daughter brother sister sibling husband wife uncle aunt
    cousin nephew niece grandfather grandmother grandchild relative neighbour neighbor friend casualty
    fatality survivor patient bystander pedestrian shopper worshipper worshiper pilgrim tourist
    foreigner national citizen local other member diplomat ambassador engineer technician labourer
    laborer miner fisherman electrician mourner guest homeowner operative agent spy syrian iraqi iranian
    turk kurd palestinian israeli lebanese american russian afghan yemeni saudi egyptian ukrainian
    pakistani indian libyan somali nigerian sudanese christian muslim yazidi jew sunni shiite
    """
)
_ODD_PLURALS = words(
    """
    people men women children babies schoolchildren grandchildren gunmen militiamen servicemen
    servicewomen airmen crewmen policemen policewomen guardsmen fishermen cameramen wives casualties
    fatalities turks kurds persons police personnel crew staff troops lives bodies corpses others jihadis
    deaths injuries twins triplets
    """
)
PEOPLE = _ODD_PLURALS | {f"{word}s" for word in PERSON}
_THING = words(
    """
    truck vehicle car tank bus ambulance lorry convoy motorcycle bike boat ship vessel ferry plane
    aircraft jet warplane helicopter drone building house home hospital clinic school mosque church shop
    store factory bakery market warehouse apartment flat room office bridge base outpost checkpoint post
    camp tent shelter country nation state city town village district province neighbourhood
    neighborhood area region location site place street road point position target front frontline side
    party group faction brigade battalion division regiment unit tribe force organisation organization
    agency network newspaper website strike raid attack airstrike assault bombing blast explosion
    shelling clash battle incident operation ambush bomb rocket missile shell mortar grenade mine barrel
    sortie round bullet rifle gun weapon cannon launcher report statement source video photo image
    picture document letter talk meeting deal agreement resolution term condition reason way thing case
    charge count vote seat goal match game step stage phase issue question animal dog horse cow goat
    sheep camel donkey occasion floor storey story crossing corridor embassy airport airbase power
    """
)
_ODD_THINGS = words(
    """
    buses ambulances lorries convoys ferries countries cities parties stories storeys agencies factories
    bakeries clashes boxes churches warehouses embassies aircraft sheep
    """
)
PLURAL_THINGS = _ODD_THINGS | {f"{word}s" for word in _THING}
THINGS = _THING | PLURAL_THINGS
_UNIT = words(
    """
    day week month year decade century hour minute night kilometre kilometer km mile metre meter cm mm
    foot yard inch knot hectare acre tonne ton kg kilo kilogram kilogramme pound gram gramme litre liter
    gallon degree dollar euro lira ruble rouble dinar riyal cent yen franc shekel point mph kph calibre
    caliber megawatt watt volt time weekend quarter summer winter
    """
)
_ODD_UNITS = words(
    """
    centuries feet inches seconds percent pc % per ft lb lbs sq square cubic nautical usd eur gbp am pm
    a.m p.m a.m. p.m. gmt utc bst est hrs o'clock th st nd rd s m h °
    """
)
UNITS = _UNIT | _ODD_UNITS | {f"{word}s" for word in _UNIT}
CURRENCIES = words("$ € £ ¥ ₺ ₽ usd eur gbp us$ rs")

HARM = {
    word: kind
    for kind, line in {
        "killed": """
            kill kills killed killing dead die dies died dying death deaths fatality fatalities
            slain slew murdered murdering executed executing massacred perished martyred martyrs
            beheaded drowned assassinated assassinating lynched hanged lives bodies corpses toll
            tolls succumbed
        """,
        "injured": """
            injure injures injured injuring injury injuries wound wounds wounded wounding hurt
            hurting maimed maiming burned hospitalised hospitalized
        """,
        "missing": """
            missing disappeared unaccounted trapped
        """,
        "detained": """
            detained detaining arrested arresting captured capturing kidnapped kidnapping abducted
            abducting jailed imprisoned seized hostage hostages
        """,
        "displaced": """
            displaced displacing fled flee fleeing evacuated uprooted homeless uprooting
        """,
        "any": """
            casualty casualties victim victims shot harmed harming affected unhurt unharmed survived
        """,
    }.items()
    for word in line.split()
}
# Harm done to whom stands after the word, unless it is a participle with "was" or the like before it.
DOING_HARM = words(
    """
    kill kills killed killing slew murdered murdering executed executing massacred assassinated
    assassinating injure injures injured injuring wound wounds wounded wounding hurt hurting maimed
    maiming shot beheaded detained detaining arrested arresting captured capturing kidnapped kidnapping
    abducted abducting displaced displacing evacuated uprooted uprooting harmed harming
    """
)
HARM_NOUNS = words(
    """
    casualties casualty deaths death fatalities fatality injuries injury victims victim wounded injured
    dead killed hurt
    """
)

AUXILIARIES = words(
    """
    is are was were be been being has have had will would may might could can also reportedly believed
    feared reported thought confirmed known said lay left still now later presumed then already
    allegedly all both more got get found listed pronounced either
    """
)
PREPOSITIONS = words(
    """
    in on at by near from of for with without after before during since until over under into inside
    outside across around through between against amid among along behind beyond to toward towards
    within despite including following because due when while where as if that which who whom whose than
    per via about southwest southeast northwest northeast north south east west out up down off
    """
)
SPEECH = words(
    """
    said says say told tells reported reports claimed claims stated added confirmed announced insisted
    argued warned accused denied
    """
)
_CLAUSE_OPENERS = words(
    """
    and or but nor so yet plus the a an this that these those his her its their our my your some any no
    last next early late yesterday today tonight tomorrow overnight ago earlier alone he she it they we
    there here not did does do didn't wasn't weren't hasn't rather though although
    """
)
# What ends the noun phrase that a count begins.
BOUNDARIES = (
    (AUXILIARIES - words("more both"))
    | PREPOSITIONS
    | SPEECH
    | _CLAUSE_OPENERS
    | (HARM.keys() - PEOPLE - PERSON)
    | WEEKDAYS.keys()
    | (MONTHS.keys() - words("march mar"))
)
DETERMINERS = words("the its their his her our my your those these them whom which this us you all some such")
PASSIVES = words("is are was were be been being got left reportedly")
CLAUSE_LINKS = PREPOSITIONS | words("and or but")

PART_MARKERS = words(
    """
    including includes include included mostly mainly namely comprising notably counting among
    especially particularly excluding
    """
)
PART_PHRASES = Phrases.grouped({True: "such as|of whom|of which|made up of"})
CONNECTORS = Phrases.grouped({True: "and|&|plus|as well as|along with|together with|alongside"})
CHANGES = words(
    """
    rise rises rising rose risen climb climbs climbed climbing increase increases increased increasing
    jump jumps jumped grow grows grew grown growing soar soared soaring up down drop drops dropped fall
    falls fell fallen revise revised revising lower lowered lowering raise raised raising reduce reduced
    cut went going
    """
)
# What a number names rather than counts, when it follows.
NAMED_BY_NUMBER = words(
    """
    flight resolution route highway article section chapter unit block room apartment building page
    phase channel war area point zone gate pier terminal platform line level category grade psalm camp
    sector no number brigade division battalion regiment squadron paragraph covid windows boeing airbus
    junction class
    """
)
NAMED_EVEN_SMALL = words("flight resolution article section chapter page phase route highway paragraph")
FRACTIONS = words("third thirds quarter quarters fifth fifths sixth sixths eighth eighths tenth tenths half")
SHARES = words("most majority minority part share percentage proportion") | FRACTIONS
MANY_IN_ONE = words("member strong person man woman soldier")
AGES = words("aged age ages")

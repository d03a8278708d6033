"""Words that tell a concrete goal from a vague one, and what measures are also called."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


VAGUE_ACTS = _words(
    """
    improve support help assist enhance develop communicate continue strive be become try focus understand
    learn promote encourage ensure maintain keep deliver drive contribute engage optimise optimize strengthen
    manage get make participate provide work show increase raise reduce lower decrease cut grow lift bring
    boost maximise maximize minimise minimize reach achieve hit exceed do act seek aim commit embed foster
    champion take give build establish facilitate influence demonstrate explore consider look think save own
    """
)
"""Acts that say little unless something concrete follows them."""

ACTS = _words(
    """
    add advise agree allocate analyse analyze answer appoint approve ask assess assign attend audit automate
    book brief call cancel check clear close coach collect combine complete conduct configure contact convert
    count create deal decide define design digitise digitize discharge discuss document draft enrol escalate
    evaluate file fill finish fix follow handle halve double hire hold hire identify implement inspect
    install interview introduce invite invoice issue join launch lead list listen load log map measure meet
    merge migrate monitor move negotiate observe offer open order organise organize own pack pay phone pilot
    plan plot post practise practice prepare present process produce publish purchase read recalculate record
    recruit redesign refer register release remove renew repair replace reply report resolve respond restock
    retain retrain review rewrite ring roll run schedule see sell send serve set settle share shorten sign
    standardise standardize start stop submit survey switch teach test track train transfer treat triage
    update upgrade use validate verify visit walk weigh withdraw write have put name pair match rank
    rebuild free judge return mend choose climb tell swap trace carry recognise recognize protect adopt apply
    arrange batch build bundle calculate calibrate catalogue change chase clean compare compile connect
    consult copy correct delegate delete describe diagnose distribute divide donate double draw
    drop edit eliminate email employ empty enter equip estimate examine exchange expand explain export extend
    extract fit forecast gather greet group guide host import include inform interpret inventory
    investigate invest label learn lend link locate lock mail make mentor notify pilot place post
    print prioritise prioritize promise promote propose provide publish put query question quote raise
    reach reassign rebook receive reconcile redeploy redirect reduce rehearse reject relocate remind rent
    reorder repeat replan reschedule reset restore restructure retire reuse revise reward rotate save
    scan screen search secure select separate ship shadow simplify sort split
    summarise summarize supervise tabulate tag tailor telephone tender tidy
    translate trim triage try turn unload upload verify vet warn wash watch weigh welcome
    """
)
"""Acts that can be seen done; a word in both lists counts as vague."""

VAGUE_WORDS = _words(
    """
    achievement appraisal area areas attitude awareness behaviour behaviours best better brand business
    capability change colleague colleagues communication communications company confidence contract contracts
    culture customer customers delivery department departments development effectiveness efficiency efficient
    efficiently effort efforts energy engagement environment error errors everybody everyone everything
    excellence excellent experience expectations goal goals health impact improvement improvements initiative
    innovation issue issues job knowledge level levels matters member members mindset model money morale more
    most needs objective objectives opportunities organisation organization outcome outcomes ownership
    partnership partnerships patient patients people performance potential presence priorities priority
    proactive proactively problem problems process processes productivity professional professionally
    professionalism profile profiles project projects pupil pupils quality relationship relationships
    reputation responsibility result results role roles safety self service services skill skills solution
    solutions something staff stakeholder stakeholders standard standards strategy success support system
    systems target targets team teams teamwork thing things training value values vision way ways workplace
    """
)
"""Nouns so wide that nobody could say whether they were dealt with."""

EMPTY_WORDS = _words(
    """
    a about above across after again all also always an and any are around as at average back become been
    before being below best better between both busy but by can could day days during each either else enough
    even ever every everyone extra far fast faster few first for forward from full fully further generally go
    going good great greater has have her here high higher highest him his how i if in into is it its itself
    just kept key know less like low lower lowest many may me mine month monthly months more most much must
    my myself near necessary need needed new next no not now of off often on once one only onto or other
    others our out over overall own per possible quickly quite rather really running second seen several
    shall she should so some soon still such sure than that the their them then there these they this those
    through throughout time times timely to together too top toward towards under until up upon us very via
    was way we week weekly weeks well were what when where wherever whether which while who whole will with
    within without would year yearly years yet you your flexible focused positive productive
    second seconds minute minutes hour hours cent percent percentage point points working
    """
)
"""Words that name no thing."""

ALSO_CALLED: dict[str, tuple[str, ...]] = {
    "first contact resolution": (
        "fcr", "resolved at the first contact", "settled at the first contact", "first time fix",
        "right first time", "resolution at first contact",
    ),
    "repeat contacts": ("repeat calls", "call back", "come back a second time", "repeat contact"),
    "handle time": ("aht", "handling time", "talk time", "call length", "time on the call"),
    "customer satisfaction": ("csat", "customer score", "satisfaction score", "customer scores"),
    "service level": (
        "answered within", "calls within 20 seconds", "calls answered in time", "speed of answer",
    ),
    "answered in time": ("service level",),
    "abandoned calls": ("abandonment", "abandon rate", "lost calls"),
    "sales conversion": ("conversion rate", "convert leads", "leads converted", "convert"),
    "lead quality": ("quality of leads",),
    "absence": ("sickness", "sick days", "sick leave"),
    "cost per contact": ("unit cost", "cost of a contact"),
    "downtime": ("outages", "system outage", "hours the system is down"),
    "revenue": ("income", "turnover"),
    "occupancy": ("utilisation",),
    "four hours": ("four hour standard", "within 4 hours", "seen within four hours", "waits over four hours"),
    "job starts": ("into work", "job start", "start a job", "placements in work"),
    "still in work": ("sustained outcomes", "sustained jobs", "stay in work", "in work after"),
    "first meeting": ("first appointment", "first interview with a customer"),
    "referrals who start": ("starts from referrals", "attachment rate"),
    "caseload": ("cases each", "cases per adviser"),
    "customers for each": ("caseload",),
    "complaints": ("complaint",),
}  # fmt: skip
"""What measures whose name or id holds the key are called as well."""

COUNTED_AS = _words("score rating rate average index nps ratio mean")
"""Words after which a figure without a unit says what it counts."""

TASK_WORDS = (
    "attend", "call every", "calls a day", "calls made", "complete training", "contacts handled", "file",
    "files", "handle", "handled", "hold a meeting", "hold meetings", "hours worked", "listen to", "log",
    "make calls", "meeting", "meetings", "paperwork", "report", "reports", "send", "submit", "training",
    "update", "visit", "visits", "write", "record", "action plan", "projects", "appointments", "listen",
    "coach", "train", "book", "interviews", "emails sent", "call",
)  # fmt: skip
"""Words of what is done."""

RESULT_WORDS = (
    "complaints", "satisfied", "satisfaction", "score", "resolution", "resolve", "outcome", "outcomes",
    "into work", "job starts", "convert", "conversion", "sales", "revenue", "waiting time", "on time",
    "errors", "abandonment", "service level", "right first time", "no-shows", "retention", "absence", "cost",
    "quality of", "damaged",
)  # fmt: skip
"""Words of what comes of it."""

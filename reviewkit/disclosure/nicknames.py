"""Short forms by which people are called."""

from __future__ import annotations

from functools import cache

_FORMS = """
alexander alexandra: alex al lex sandy sasha
andrew andrea: andy drew
anthony antony: tony ant
benjamin: ben benny
catherine katherine kathryn catharine: kate katie kathy cathy kat kitty
charles charlotte: charlie chas lottie
christopher christine christina: chris kit tina chrissie
daniel danielle: dan danny
david: dave davey
deborah: deb debbie
dominic: dom
dorothy: dot dottie
edward: ed eddie ted teddy ned
eleanor: ellie nell nora
elizabeth elisabeth: liz lizzie beth betty eliza libby
frances francis: fran frank frankie
frederick: fred freddie
gareth gary: gaz
geoffrey jeffrey: geoff jeff
gerald geraldine: gerry jerry
gillian: gill jill
gregory: greg
harold henry harriet: harry hal hattie
isabel isabelle: izzy bella
jacob: jake
jacqueline: jackie jacqui
james: jim jimmy jamie
jennifer: jen jenny
jessica: jess jessie
john: jack johnny jon
jonathan: jon johnny
joseph josephine: joe joey jo josie
joshua: josh
judith: judy jude
kenneth: ken kenny
kimberley: kim
lawrence laurence: larry laurie
leonard: len lenny
lucinda: lucy cindy
madeleine: maddie
malcolm: mal
margaret: maggie meg peggy marge
matthew: matt
maximilian: max
michael michelle: mike mick mickey shell
mohammed muhammad mohamed: mo
natalie natasha: nat tasha
nathaniel nathan: nat nate
nicholas nicola: nick nicky nic
oliver olivia: olly ollie liv
pamela: pam
patricia patrick: pat paddy trish tricia
peter: pete
philip phillip philippa: phil pip pippa
rachel: rach
raymond: ray
rebecca: becky becca bex
richard: rick ricky dick rich richie
robert roberta: rob robbie bob bobby bert
ronald: ron ronnie
rosemary: rose rosie
samuel samantha: sam sammy
sarah: sally sadie
sebastian: seb
simon simone: si
stephen steven stephanie: steve steph stevie
susan suzanne susannah: sue susie suzie
theodore theodora: theo ted dora
theresa teresa: terry tess
terence: terry
thomas: tom tommy
timothy: tim timmy
tobias: toby
victoria victor: vicky vic tori
vincent: vince vinny
vivienne: viv
william: will bill billy liam
yvonne: eve
zachary: zach zack
"""


@cache
def short_forms() -> dict[str, frozenset[str]]:
    """Return first name -> the short forms it goes by, all folded.

    >>> "liz" in short_forms()["elizabeth"]
    True
    """
    found: dict[str, set[str]] = {}
    for line in _FORMS.strip().splitlines():
        whole, _, short = line.partition(":")
        for name in whole.split():
            found.setdefault(name, set()).update(short.split())
    return {name: frozenset(forms) for name, forms in found.items()}

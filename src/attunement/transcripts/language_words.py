"""Common words by which a language is told: pronouns, particles and the like, which every few words of speech hold.

Written from general knowledge, fifty or so a language; a word that is common in English too stands under English only.
"""

# ruff: noqa: SIM905 (lists of words read better as text)
from __future__ import annotations

ENGLISH = frozenset(
    """
    a about actually after again ain't all always am an and any anything are aren't around as at away back bad be
    because been before being better bit bye but by can can't cannot come could couldn't day did didn't do does
    doesn't doing don't done down each else even ever every everything feel feeling feels felt few find first for
    from get gets getting give go goes going gone gonna good got gotta great guess had hard has hasn't have haven't
    having he he'd he's hear hello her here hers herself hey hi hm hmm him himself his how i i'd i'll i'm i've if in
    into is isn't it it's its itself just kind know last laughs let let's like little long look lot made make maybe
    me mean might mine mm more most much my myself need never new next nice no not nothing now of off oh ok okay old
    on one only or other our out over own part people please put quite really right said same saw say saying see she
    she'd she's should shouldn't so some somebody someone something sometimes sorry still stuff such sure take talk
    tell than thank thanks that that's the their them themselves then there there's these they they'd they'll
    they're they've thing things think this those though thought through time to today together told too took tried
    try two uh uh-huh um under until up us very want wanted was wasn't way we we'd we'll we're we've week well went
    were weren't what what's when where which while who who's whole why will with without won't word work would
    wouldn't yeah year years yep yes yesterday yet you you'd you'll you're you've your yours yourself mm-hmm mhm mm-
    hm
    """.split()
)

_OTHERS = {
    "Spanish": """
        el los las un una unos de del y que qué es está estoy estaba pero porque con por para como cómo muy más
        mi mis tu su se lo le les yo tú usted ella nos sí eso esto cuando donde dónde hay ser soy eres fue tengo
        tiene creo siento hace hacer bien todo nada también ya entonces a al ni sobre ese esa algo
    """,
    "Portuguese": """
        os uma um e que não é está estou estava mas porque com por para como muito mais meu minha seu sua se eu
        você ele ela nós sim isso isto quando onde há ser sou foi tenho tem acho sinto fazer bem tudo nada
        também já então ao do da dos das no na em só pra gente aqui essa esse
    """,
    "French": """
        le la les un une des du et que qui c'est est suis était mais parce avec pour par comme très plus mon ma
        mes ton ta ses son sa je j'ai j'étais tu vous il elle nous on oui non ça cela quand où y être ai avez
        ont fait faire bien tout rien aussi déjà alors pas ne se ce cette dans sur d'accord qu'il n'est peut moi
        toi c'était
    """,
    "Italian": """
        il lo gli un una di del della e che è sono era ma perché con per come molto più mio mia tuo sua si io
        lei lui noi sì questo questa quello quando dove c'è essere ho hai ha fatto fare bene tutto niente anche
        già allora non mi ti ci cosa così però anzi dopo sempre della nel sento penso mia
    """,
    "German": """
        der die das ein eine einen einem und dass ist bin war aber weil mit für wie sehr mehr mein meine meiner
        dein sein ihr ich du sie er wir ja nein nicht wenn wo es habe hat haben gemacht machen gut alles nichts
        auch schon dann mir mich dir dich sich den dem zu von auf noch mal doch da nur immer kann gar jetzt
        irgendwie weiß
    """,
    "Dutch": """
        de het een en dat is ben was maar omdat met voor hoe heel meer mijn jouw zijn haar ik jij je hij zij wij
        ja nee niet als waar er heb heeft hebben gedaan doen goed alles niets ook al dan mij me zich van naar
        nog toch eens dit die wat gewoon weet voel zou kan moet hem
    """,
    "Swedish": """
        det en ett och att är var men eftersom med för hur mycket mer min mitt din sin jag du hon han vi ja nej
        inte om där har hade gjort göra bra allt inget också redan då mig dig sig den som på av till så vet
        känner kan ska när bara något varit
    """,
    "Danish or Norwegian": """
        det en et og at er var men fordi med hvordan meget mye mer mere min mit mitt din sin jeg du hun han vi
        ja nei nej ikke hvis hvor har hadde havde gjort gjøre gøre bra godt alt også allerede da meg mig deg dig
        seg sig den som på av til så vet ved føler kan skal når bare noe noget vært været
    """,
    "Finnish": """
        ja että on oli mutta koska kanssa miten paljon enemmän minun minä mä sinä sä hän me he kyllä ei en jos
        missä mikä mitä ovat olen olin tehnyt tehdä hyvin kaikki mitään myös jo sitten niin se ne tämä joo no
        vaan kun siis tuntuu sitä mun sun tosi ihan
    """,
    "Polish": """
        i że jest jestem był była ale bo z dla jak bardzo więcej mój moja twój swój ja ty on ona my tak nie
        jeśli gdzie ma mam mają zrobić dobrze wszystko nic też już wtedy mnie mi ciebie się w na do po co to ten
        ta czy żeby tylko jeszcze kiedy nawet czuję wiem
    """,
    "Czech": """
        že je jsem byl byla ale protože s pro jak velmi více můj moje tvůj svůj já ty on ona ano ne jestli kde
        má mám mají udělat dobře všechno nic také už pak mě mi tebe se v na do po co to ten ta aby jen ještě
        když tak jsme není nevím cítím
    """,
    "Russian in Latin letters": """
        ya ty on ona eto chto kak ochen bolshe moy moya da net ne esli gde khorosho vsyo nichego tozhe uzhe
        togda menya mne tebya v na po u zdes potom potomu kogda prosto
    """,
    "Turkish": """
        bir ve bu şu ama çünkü ile için gibi çok daha benim senin onun ben sen o biz evet hayır değil eğer
        nerede var yok oldu olan yapmak iyi her şey hiç de da zaten sonra beni bana seni sana ne nasıl zaman
        şimdi hissediyorum biliyorum diye kadar mi mı
    """,
    "Hungarian": """
        a az egy és hogy van vagyok volt de mert nagyon több én te ő mi igen nem ha hol csinálni jó minden semmi
        is már akkor engem nekem téged ez azt ezt mit hogyan csak még amikor úgy így kell lehet érzem tudom
    """,
    "Romanian": """
        și că este sunt era dar pentru cu cum foarte mai meu mea tău său eu tu el ea noi da nu dacă unde am ai
        are făcut face bine tot nimic deja atunci mă îmi te se la în pe de un o ce asta acest fi când acum simt
        știu
    """,
    "Indonesian or Malay": """
        yang dan di ke dari ini itu saya aku kamu dia kami kita ya tidak tak bukan ada adalah dengan untuk pada
        karena kerana tapi tetapi kalau bagaimana sangat lebih sudah belum akan bisa boleh juga lagi apa saja
        rasa seperti mau nggak gak merasa
    """,
    "Filipino": """
        ang ng mga sa na ay ako ikaw siya kami tayo sila ko mo niya hindi oo po kasi pero kung para paano lang
        din rin naman talaga yung ito iyon dito gusto wala may ba nga parang
    """,
    "Vietnamese": """
        tôi anh em chị là và của có không được cho với này đó một những các thì mà nhưng vì như rất nhiều cũng
        đã đang sẽ khi ở ra vào rồi nữa gì sao thế cảm thấy mình
    """,
    "Swahili": """
        na ya wa kwa ni mimi wewe yeye sisi hapana ndiyo lakini kwa sababu kama sana hii hiyo hapa huko nini
        jinsi gani kila kitu pia tayari basi katika yangu yako wake nina nime sijui
    """,
    "Welsh": """
        y yr a ac yn mae dw i ti chi fe hi ni nhw fy eich ei oedd ond achos gyda am sut iawn mwy beth pan lle
        ddim ydy ydw wedi bod ar o na hefyd nawr rwy wnes
    """,
    "Arabic in Latin letters": """
        ana enta enti howa heya mesh msh kan keda leh ezay aywa la'a bas 3ashan 7aga delwa2ty awy ya3ni wallah
        inta ma3 3ala
    """,
}
OTHERS = {language: frozenset(words.split()) - ENGLISH for language, words in _OTHERS.items()}

# First and last character of the ranges in which other scripts are written.
SCRIPTS = {
    "Greek": ("\u0370", "\u03ff"),
    "Cyrillic letters": ("\u0400", "\u052f"),
    "Hebrew": ("\u0590", "\u05ff"),
    "Arabic letters": ("\u0600", "\u06ff"),
    "an Indian script": ("\u0900", "\u0dff"),
    "Thai": ("\u0e00", "\u0e7f"),
    "Georgian": ("\u10a0", "\u10ff"),
    "Japanese": ("\u3040", "\u30ff"),
    "Chinese characters": ("\u3400", "\u9fff"),
    "Korean": ("\uac00", "\ud7af"),
}

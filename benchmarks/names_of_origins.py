"""Names of people and places of many origins, for `benchmarks.deidentify`; not taken from the lists it looks in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Origin:
    """How people, families and places are called there."""

    name: str
    people: tuple[str, ...]
    families: tuple[str, ...]
    places: tuple[str, ...]


def _origin(name: str, people: str, families: str, places: str) -> Origin:
    return Origin(
        name, tuple(people.split()), tuple(families.split()), tuple(each.strip() for each in places.split(","))
    )


ORIGINS = (
    _origin(
        "Vietnamese",
        "Linh Thuy Huong Tuan Phuong Dung Khanh Bao Ngoc Quynh Duc Trang Minh Hoa Long",
        "Nguyen Tran Pham Hoang",
        "Hue, Da Nang, Can Tho, Vung Tau, Hai Phong",
    ),
    _origin(
        "Turkish",
        "Ayse Mehmet Zeynep Emre Gulsen Hakan Sevgi Deniz Burak Nurhan Ozlem Can Umut Tulay Ercan",
        "Yilmaz Demir Celik Kaya",
        "Izmir, Kadikoy, Trabzon, Eskisehir, Sivas",
    ),
    _origin(
        "Polish",
        "Agnieszka Krzysztof Malgorzata Tomasz Jadwiga Zbigniew Kasia Wojtek Bozena Leszek Halina Darek Gosia Ewa",
        "Kowalska Wisniewski Lewandowska Zielinski",
        "Bydgoszcz, Nowa Huta, Lublin, Zakopane, Olsztyn",
    ),
    _origin(
        "Nigerian",
        "Chidi Ngozi Emeka Adaeze Tunde Folake Ifeoma Segun Yetunde Obinna Aisha Kelechi Bisi Uche Blessing",
        "Okafor Adeyemi Eze Balogun",
        "Enugu, Ibadan, Aba, Surulere, Abeokuta",
    ),
    _origin(
        "Indian",
        "Priyanka Ramesh Lakshmi Arjun Kavita Sanjay Meena Harpreet Vikram Anjali Deepak Sunita Rohan Geeta Bala",
        "Iyer Chaudhary Reddy Sandhu",
        "Pune, Jalandhar, Kochi, Dharavi, Mysore",
    ),
    _origin(
        "Arabic",
        "Fatima Omar Layla Youssef Hanan Tariq Salma Bilal Rania Khalid Zahra Mustafa Iman Nabil Samira",
        "Haddad Khoury Mansour Aziz",
        "Homs, Ramallah, Tripoli, Zarqa, Sidi Bouzid",
    ),
    _origin(
        "Spanish",
        "Maribel Ignacio Lupita Joaquin Rocio Ernesto Paloma Chuy Consuelo Rafa Ximena Beto Pilar Hector Mar",
        "Gutierrez Villanueva Cruz Paredes",
        "Oaxaca, Guayaquil, Cuenca, El Paso, Chapala",
    ),
    _origin(
        "Chinese",
        "Xiuying Wei Meiling Jian Yan Haoran Li Xiaoming Fang Zhihao Hong Jing Tao Lihua Qiang",
        "Zhang Wang Ouyang Lin",
        "Wuhan, Shantou, Kunming, Mong Kok, Dalian",
    ),
    _origin(
        "Ethiopian and Somali",
        "Tesfaye Almaz Dawit Hirut Abdi Hodan Yared Selam Faduma Kebede Meron Guled Tigist Warsame Bontu",
        "Gebremariam Farah Tadesse Jama",
        "Gondar, Hargeisa, Mekele, Kismayo, Adama",
    ),
    _origin(
        "Irish and Welsh",
        "Aoife Cian Siobhan Eoghan Niamh Rhys Angharad Tadhg Gwenllian Oisin Bronwen Fiachra Sioned Padraig Eluned",
        "Gallagher Llewellyn Brennan Pugh",
        "Skibbereen, Dolgellau, Ballina, Tregaron, Letterkenny",
    ),
)

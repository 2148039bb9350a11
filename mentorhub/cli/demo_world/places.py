"""Where the invented people live, in which zone and currency, what they speak and are called."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """A city with its country, zone, currency, languages, and first names of women and men and surnames."""

    city: str
    country: str
    zone: str
    currency: str
    languages: str
    women: str
    men: str
    surnames: str


_ROWS = """
Nairobi|KE|Africa/Nairobi|KES|en sw|Wanjiru Achieng Njeri|Baraka Kamau Otieno|Mwangi Odhiambo Kariuki
Accra|GH|Africa/Accra|GHS|en|Akosua Efua Abena|Kwame Kofi Yaw|Mensah Boateng Owusu
Cape Town|ZA|Africa/Johannesburg|ZAR|en af xh|Zanele Anika Lindiwe|Sipho Pieter Andile|Dlamini Botha Khumalo
Pune|IN|Asia/Kolkata|INR|en hi mr|Ananya Sneha Meera|Rohan Aditya Nikhil|Kulkarni Joshi Pawar
Chennai|IN|Asia/Kolkata|INR|en ta|Lakshmi Divya Priya|Karthik Arun Vijay|Raman Subramanian Iyer
Delhi|IN|Asia/Kolkata|INR|en hi ur|Sana Ishita Nisha|Imran Arjun Kunal|Sheikh Malhotra Saxena
Hanoi|VN|Asia/Ho_Chi_Minh|VND|vi en|Linh Thao Huong|Minh Duc Quang|Nguyen Tran Pham
Kuala Lumpur|MY|Asia/Kuala_Lumpur|USD|ms en zh|Nurul Siti Wei|Hafiz Daniel Jun|Abdullah Lim Rahman
Seoul|KR|Asia/Seoul|KRW|ko en|Jiwoo Seoyeon Minji|Junho Taeyang Hyun|Kim Park Choi
Tokyo|JP|Asia/Tokyo|JPY|ja en|Yui Aoi Keiko|Haruto Kenji Ren|Sato Tanaka Mori
Lisbon|PT|Europe/Lisbon|EUR|pt en|Beatriz Matilde Joana|Tiago Rui Duarte|Carvalho Nunes Teixeira
Madrid|ES|Europe/Madrid|EUR|es en|Lucía Carmen Elena|Álvaro Javier Pablo|García Romero Vidal
Lyon|FR|Europe/Paris|EUR|fr en|Camille Manon Inès|Théo Bastien Yanis|Moreau Benali Fontaine
Berlin|DE|Europe/Berlin|EUR|de en|Johanna Leyla Katrin|Jannis Emre Moritz|Schreiber Yıldız Vogt
Kraków|PL|Europe/Warsaw|PLN|pl en|Zofia Hanna Magda|Łukasz Piotr Bartek|Wójcik Zieliński Nowak
Copenhagen|DK|Europe/Copenhagen|DKK|da en|Freja Signe Amalie|Mikkel Rasmus Oskar|Holm Kjær Lund
Oslo|NO|Europe/Oslo|NOK|nb en|Ingrid Solveig Mari|Sindre Håkon Eirik|Berg Haugen Solberg
Edinburgh|GB|Europe/London|GBP|en|Isla Morag Fiona|Callum Rory Hamish|Sinclair Drummond Reid
Manchester|GB|Europe/London|GBP|en ur|Aisha Grace Naomi|Bilal Owen Marcus|Hussain Whitaker Campbell
Athens|GR|Europe/Athens|EUR|el en|Eleni Danae Ioanna|Nikos Stavros Petros|Pappas Vlachou Economou
Istanbul|TR|Europe/Istanbul|USD|tr en|Elif Defne Zeynep|Kerem Mert Onur|Aydın Demir Kaya
Amman|JO|Asia/Amman|USD|ar en|Rania Dalia Noor|Tariq Zaid Yousef|Haddad Khalil Nasser
Tel Aviv|IL|Asia/Jerusalem|USD|he en ru|Noa Maya Tamar|Eitan Gal Amir|Levi Peretz Friedman
Toronto|CA|America/Toronto|CAD|en fr|Chloe Simone Mina|Ethan Dev Olivier|Tremblay Singh Fraser
Chicago|US|America/Chicago|USD|en es|Renee Monica Alicia|Terrence Luis Ben|Washington Ortega Novak
Seattle|US|America/Los_Angeles|USD|en|Hannah Grace Priyanka|Tyler Jesse Minh|Larsen Tran Whitefield
Mexico City|MX|America/Mexico_City|MXN|es en|Ximena Regina Paola|Emilio Diego Andrés|Hernández Castillo Vega
São Paulo|BR|America/Sao_Paulo|BRL|pt en|Luana Júlia Renata|Thiago Caio Rafael|Lima Barbosa Moraes
Córdoba|AR|America/Argentina/Cordoba|USD|es en|Valentina Sol Julieta|Facundo Bruno Nicolás|Pereyra Sosa Ferrari
Melbourne|AU|Australia/Melbourne|AUD|en|Matilda Georgia Thuy|Lachlan Angus Kiran|Doyle Papadopoulos Murray
Wellington|NZ|Pacific/Auckland|NZD|en mi|Ngaire Aroha Emma|Wiremu Liam Tane|Parata Walker Ngata
"""

PLACES = tuple(Place(*line.split("|")) for line in _ROWS.strip().splitlines())

MENTEES = (
    ("ines", "Inês Carvalho", "Europe/Lisbon"),
    ("wei", "Wei Zhang", "Asia/Kuala_Lumpur"),
    ("baraka", "Baraka Mwangi", "Africa/Nairobi"),
    ("ngaire", "Ngaire Walker", "Pacific/Auckland"),
    ("samir", "Samir Haddad", "Asia/Amman"),
    ("tomas", "Tomás Vidal", "Europe/Madrid"),
)
"""Mentees with a drawn face of their own, as (portrait, name, zone)."""

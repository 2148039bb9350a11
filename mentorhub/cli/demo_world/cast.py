"""The other mentors of the pictures, with roles, places, gaps and prices as drawn there."""

from mentorhub.cli.demo_world.people import INTRO, Hours, Offer, Person

_WORKDAYS = "01234"

CAST = (
    Person(
        "adaeze", "Adaeze Okafor", "adaeze", "Africa/Lagos", "Lagos", "NG", "Head of product", "Kobo Ledger",
        "From the support desk to head of product, without a product degree.",
        "I answered phones for a payments company for four years and wrote down every complaint. That notebook became "
        "my first roadmap.\n\nI read some forty junior applications a year and can tell you what makes me stop.",
        "Only before her work, early in the morning",
        ("Moved from support to product without a product degree", "Reviews 40 junior applications a year"),
        "en ig", {"product-management": 11, "fintech": 9, "cv-and-portfolio": 5, "hiring": 4}, "EUR",
        (Offer("cv_review", "CV review", 45, "60", "Your CV and one application", "A page that makes me stop"), INTRO),
        Hours(((_WORKDAYS, "06:00", "08:30"),), after=5, notice=720), 342, 2, (117, 9, 2, 0, 0), 34,
    ),
    Person(
        "jonas", "Jonas Lindqvist", "jonas", "Europe/Stockholm", "Gothenburg", "SE", "Product lead", "Northgrid",
        "Tested power grids, now decides what gets built for them.",
        "Eight years of testing taught me to ask what could go wrong. Product asks the same question earlier.\n\nI run "
        "mock interviews the way we run real ones, and you get the notes I would hand to the panel.",
        "Knows the Nordic market, not India",
        ("Was a test engineer on power grids", "Runs mock interviews for first product jobs"),
        "sv en", {"product-management": 7, "software-testing": 8, "mock-interviews": 4, "electrical-engineering": 8},
        "EUR",
        (Offer("mock_interview", "Mock interview", 45, "45", "The job post", "The notes a panel would see"), INTRO),
        Hours((("034", "16:30", "19:30"), ("6", "10:00", "12:00")), notice=360), 61, 1, (34, 6, 1, 0, 0), 20,
    ),
    Person(
        "mei", "Tan Mei Lin", "mei", "Asia/Singapore", "Singapore", "SG", "Senior product manager", "Harbour Lines",
        "Switched at 24 through an internal internship.",
        "I planned container routes before I planned features. An internal internship got me across, and I can show "
        "you how I asked for it.\n\nI answer portfolio questions in writing too.",
        "Three reviews so far",
        ("Switched at 24 through an internal internship", "Answers portfolio questions in writing too"),
        "en zh", {"product-management": 6, "shipping": 4, "career-change": 3}, "SGD",
        (Offer("portfolio", "Portfolio talk", 30, "40", "Two pieces of work", "Which one to lead with"), INTRO),
        Hours(((_WORKDAYS, "20:30", "22:30"), ("6", "09:00", "12:00"))), 5, 0, (3, 0, 0, 0, 0), 4,
    ),
    Person(
        "fatima", "Fatima El-Amin", "fatima", "Asia/Dubai", "Dubai", "AE", "Director of product", "Meridian Air",
        "Twelve years of airline software, and a team that hires juniors every spring.",
        "I have said yes and no to a few hundred people. Both answers had reasons, and I will tell you them.\n\nWe "
        "look at your application as my panel would, and you leave with the two lines that decide it.",
        "Strict terms: no refund inside 72 hours",
        ("Hires two associate product managers every spring", "Speaks Hindi and English"),
        "ar en hi", {"product-management": 12, "hiring": 8, "aviation": 12, "first-leadership-role": 6}, "USD",
        (
            Offer("cv_review", "Application review", 30, "55", "CV and cover letter", "The two lines that decide it"),
            Offer("career_talk", "First year as a lead", 60, "95", "Your team on one page", "Three habits to start"),
        ),
        Hours((("0123", "17:00", "20:00"),), notice=1440), 141, 1, (85, 6, 1, 0, 0), 28, policy="strict",
    ),
    Person(
        "harpreet", "Harpreet Gill", "harpreet", "Asia/Kolkata", "Bengaluru", "IN", "Product operations lead",
        "Teeka Pay", "From campus to product operations in 2019, and still learning.",
        "I took the campus route: intern, analyst, operations. It is slower than it looks and easier than they say.\n\n"
        "Bring the offer, the rejection or the silence, and we will read it together.",
        "Operations side, less on strategy",
        ("Took the campus-to-product route in 2019", "Free on weekends"),
        "en hi pa", {"product-operations": 6, "product-management": 4, "fintech": 6, "data-analysis": 3}, "INR",
        (Offer("career_talk", "Campus to product", 30, "900", "Your question", "A route with dates"), INTRO),
        Hours((("56", "10:00", "13:00"), ("2", "19:30", "21:00"))), 31, 2, (15, 6, 2, 0, 0), 14,
    ),
    Person(
        "camila", "Camila Rojas", "camila", "America/Bogota", "Bogotá", "CO", "Product manager", "City of Bogotá",
        "Builds public services with small teams.",
        "A city is the largest product I know, and nobody can switch to a competitor.\n\nI trained as a civil engineer "
        "and still read plans for fun. Ask me about doing good work with little money.",
        "Public services, not start-ups",
        ("Builds public services with small teams", "Civil engineer by training"),
        "es en", {"product-management": 6, "public-service": 8, "civil-engineering": 5}, "USD",
        (
            Offer("intro", "Intro call", 20, "0", "Nothing", "Whether public service suits you"),
            Offer("career_talk", "Working for a city", 45, "30", "Your question", "Whom to write to"),
        ),
        Hours((("5", "08:00", "12:00"), ("13", "18:00", "20:00"))), 54, 2, (26, 9, 1, 0, 0), 16,
    ),
    Person(
        "hana", "Hana Ishikawa", "hana", "Asia/Tokyo", "Osaka", "JP", "Associate product manager", "Kumo Games",
        "Fourteen months into a first product job.",
        "I am closer to where you are than most people here. I remember what confused me, because it was last "
        "year.\n\nI share the portfolio that got me in, with the parts I would cut now.",
        "New here, one review so far",
        ("Started her first product job 14 months ago", "Shares the portfolio that got her in"),
        "ja en", {"product-management": 1, "game-development": 3, "cv-and-portfolio": 1}, "JPY",
        (Offer("portfolio", "Portfolio, page by page", 40, "3000", "A link to it", "What to cut"), INTRO),
        Hours((("13", "19:00", "21:00"), ("56", "14:00", "17:00"))), 2, 0, (1, 0, 0, 0, 0), 2,
    ),
    Person(
        "thabo", "Thabo Nkosi", "thabo", "Africa/Johannesburg", "Johannesburg", "ZA", "Product designer and PM",
        "Saru Farms", "From building sites to product, by way of design.",
        "On a site you learn that a drawing is a promise. I make apps for farmers now, and the drawing is still "
        "one.\n\nYou get written notes after each session.",
        "Mentors designers more than engineers",
        ("Went from site work to product through design", "Gives written notes after each session"),
        "en zu", {"product-design": 8, "product-management": 4, "agriculture": 5, "cv-and-portfolio": 4}, "ZAR",
        (Offer("portfolio", "Portfolio review", 45, "650", "Three pieces of work", "Written notes"), INTRO),
        Hours((("14", "15:30", "18:30"), ("5", "09:00", "11:00"))), 81, 1, (48, 7, 2, 0, 0), 22,
    ),
    Person(
        "marisol", "Marisol Santos", "marisol", "Europe/Dublin", "Dublin", "IE", "Clinical nurse educator",
        "Liffey Hospital", "Manila to an Irish intensive care unit in 2017.",
        "I trained in Manila and started in an Irish intensive care unit with two suitcases and a phrase book. Now I "
        "teach those who start there.\n\nWe plan your first week hour by hour, nights included.",
        "Does not advise on visas",
        ("Moved from Manila to an Irish ICU in 2017", "Prepares nurses for the first 90 nights"),
        "en fil", {"intensive-care": 12, "nursing": 15, "first-90-days": 7, "working-abroad": 8}, "EUR",
        (Offer("career_talk", "First year in intensive care", 45, "40", "Your ward and start", "A first week"), INTRO),
        Hours((("024", "17:30", "20:30"), ("6", "15:00", "17:00"))), 96, 0, (86, 2, 0, 0, 0), 24,
        field_of_work="care",
    ),
    Person(
        "olena", "Olena Kovalenko", "olena", "Europe/Warsaw", "Warsaw", "PL", "Architect", "Own practice",
        "Opened her studio in 2018 with two commissions.",
        "Two commissions and a rented desk: that was the whole practice. It still is small, and it pays.\n\nBring your "
        "fee proposal. I go through it line by line, also the lines you left out.",
        "Housing and schools, no interiors",
        ("Opened her studio with two commissions", "Goes through your fee proposal line by line"),
        "uk pl en", {"architecture": 16, "opening-a-practice": 8, "small-business": 8}, "EUR",
        (Offer("open_topic", "Opening a practice", 60, "70", "Your fee proposal", "The lines you left out"), INTRO),
        Hours((("2", "17:00", "20:00"), ("4", "08:00", "10:00"))), 37, 0, (25, 5, 1, 0, 0), 18,
        field_of_work="building",
    ),
)  # fmt: skip

"""Fields of work: what people in each do, say of themselves, offer and lack."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Field:
    """One field of work; every list is chosen from at random, one entry a person."""

    key: str
    roles: tuple[str, ...]
    employers: tuple[str, ...]
    areas: tuple[str, ...]
    headlines: tuple[str, ...]
    highlights: tuple[str, ...]
    gaps: tuple[str, ...]
    topic: str
    bring: str
    leave: str


def _field(key: str, *lists: str) -> Field:
    roles, employers, areas, headlines, highlights, gaps, offer = (
        tuple(part.strip() for part in text.split("|")) for text in lists
    )
    return Field(key, roles, employers, areas, headlines, highlights, gaps, *offer)


FIELDS = (
    _field(
        "software",
        "Staff engineer | Backend engineer | Mobile developer | Engineering manager | Site reliability lead",
        "Papaya Maps | Quiet Cloud | Ledgerline | Tideworks | Nomad Rail",
        "software-engineering | backend-engineering | system-design | engineering-management | mobile-development",
        "Taught myself to program at twenty-six. | Fifteen years of systems that must not stop. | Support, then code.",
        "Sat on some two hundred interview panels | Came in without a degree | Explains systems with pen and paper | "
        "Reads your code before the session",
        "No front-end work | Large companies, no start-ups | Does not do puzzle interviews | Free mostly on weekends",
        "System design, out loud | The post or the system you fear | A drawing and three questions to expect",
    ),
    _field(
        "data",
        "Lead data scientist | Data engineer | Machine learning engineer | Analytics lead",
        "Harvest Metrics | Blue Heron Energy | Cartographic | Open Ward",
        "data-science | machine-learning | data-engineering | data-analysis | career-change",
        "A biologist who stayed with the numbers. | From spreadsheets to models. | I make forecasts people act on.",
        "Moved from a laboratory to data in a year | Shows you a real take-home task | Writes simple models first | "
        "Hires two analysts a year",
        "No research positions | Little deep learning | Never worked in a large company | Not for visa questions",
        "Your project, made readable | A notebook or a repository | One chart that says it all",
    ),
    _field(
        "design",
        "Principal designer | User researcher | Brand designer | Game artist | Content designer",
        "Studio Ember | Paper Crane | Ministry of Forms | Kumo Games",
        "product-design | user-research | graphic-design | cv-and-portfolio | content-writing",
        "I design forms nobody notices. | Print first, screens later. | Ten years of watching people get stuck.",
        "Looks at portfolios every week | Came from print | Tells you what to leave out | Studied at night school",
        "No motion design | Agency work only | Prefers services to brands | Not much game work",
        "Portfolio, page by page | Three pieces of work | An order that tells a story",
    ),
    _field(
        "care",
        "Intensive care nurse | Ward sister | General physician | Physiotherapist | Public health adviser",
        "St Brigid Hospital | Lakeside Clinic | Harbour Practice | District Health Office",
        "nursing | intensive-care | general-medicine | public-health | physiotherapy | first-90-days",
        "Twenty years of nights, and still fond of them. | From ward to policy. | I teach what nobody wrote down.",
        "Trained abroad and passed the exams again | Teaches new colleagues every month | Worked in three countries | "
        "Knows what panels ask nurses",
        "No advice on visas | Adults only, no paediatrics | Answers slowly in weeks of nights | Not for exam drills",
        "First months on a ward | Your ward and start date | A plan for the first week",
    ),
    _field(
        "building",
        "Architect | Structural engineer | Town planner | Site manager | Landscape architect",
        "Ninth Floor Studio | Bridge and Field | City of Tomorrow Lab | Own practice",
        "architecture | civil-engineering | urban-planning | opening-a-practice | project-management",
        "Schools, stairs and daylight. | I count what a bridge carries. | Plans are promises.",
        "Opened a practice with one client | Reads fee proposals line by line | Worked on sites before offices | "
        "Sits on a competition jury",
        "No interiors | Public buildings only | Knows European codes, few others | Free early in the morning only",
        "Portfolio or proposal review | The document as it is | The lines to change first",
    ),
    _field(
        "energy",
        "Grid engineer | Solar project lead | Climate policy adviser | Mechanical engineer",
        "Northern Light Power | Sunfield Cooperative | Carbon Desk | Turbine Works",
        "renewable-energy | electrical-engineering | climate-policy | mechanical-engineering | project-management",
        "I keep the lights on while the sources change. | From oil to wind in one hard year. | Numbers before slogans.",
        "Changed from oil to wind at forty | Built three solar parks | Wrote parts of a national plan | "
        "Answers with figures and sources",
        "Little on hydrogen | Europe mostly | No student projects | Not a lawyer",
        "Into clean energy | Your CV and where you want to be | Three employers to write to",
    ),
    _field(
        "teaching",
        "Secondary school teacher | Headteacher | Learning designer | University lecturer",
        "Riverside School | Open Bench Academy | University of the Coast | Lantern Learning",
        "teaching | school-leadership | education-technology | academic-writing | scholarships",
        "Physics for people who fear it. | Led a school through two hard years. | From classroom to learning design.",
        "Taught in two countries | Helped pupils to full scholarships | Reads your lesson plan beforehand | "
        "Left teaching and came back",
        "No primary school | Not for exam tuition | State schools only | Scholarships in Europe only",
        "Your first school year | A timetable or a lesson plan | A week you can survive",
    ),
    _field(
        "money",
        "Finance director | Auditor | Investment analyst | Payments lead",
        "Copperfield Mutual | Ledger and Sons | Baobab Capital | Teeka Pay",
        "corporate-finance | accounting | investment | fintech | salary-negotiation",
        "I read balance sheets so that you can sleep. | From auditor to finance director. | Banks, then sense.",
        "Made partner and left | Interviews analysts twice a year | Explains a balance sheet in ten minutes | "
        "Negotiated for a whole team",
        "No personal investment advice | No crypto | Large firms only | Not for tax returns",
        "Mock interview, finance | The job post | Notes as the panel would write them",
    ),
    _field(
        "law",
        "Employment lawyer | Refugee lawyer | In-house counsel | Policy officer",
        "Chambers of the Square | Open Door Legal Aid | Meridian Air | Ministry of Labour",
        "law | human-rights-law | public-service | non-profit-work | career-change",
        "Law is listening with footnotes. | From a big firm to legal aid. | I write rules people can read.",
        "Left a large firm for legal aid | Sat on both sides of the table | Reads applications to chambers | "
        "Qualified in two countries",
        "Not legal advice | No criminal law | Common law countries only | Answers after court hours",
        "Which way in law | Your question in three sentences | Two doors to knock at",
    ),
    _field(
        "words",
        "Editor | Reporter | Screenwriter | Literary translator | Documentary maker",
        "The Long Column | Night Desk | Fieldnote Films | Own practice",
        "journalism | content-writing | fiction-writing | film-making | translation",
        "I cut for a living. | Two films, one of them good. | Reported from nine countries.",
        "Read slush piles for six years | Pitches to editors every week | Pays attention to your first page | "
        "Won a prize and lost a job the same month",
        "No poetry | No contracts, no agents | English and one more language | Not for school essays",
        "Your first pages | Five pages or a pitch | Marks on every line",
    ),
    _field(
        "venture",
        "Founder | Head of growth | Shop owner | Sales lead | Cooperative manager",
        "Tiny Harvest | Loom and Lane | Second Kettle | Fieldnote",
        "founding-a-company | small-business | marketing | sales | hiring",
        "Sold one company, closed another. | A shop, a website and no investors. | Growth without tricks.",
        "Closed a company without debts | Started with one market stall | Sold to the first hundred customers | "
        "Hired the first ten people",
        "No venture capital contacts | No legal forms | Consumer goods only | Not for pitch decks",
        "One decision you put off | The numbers you have | The next step, with a date",
    ),
    _field(
        "science",
        "Postdoctoral researcher | Field biologist | Laboratory lead | Professor of ecology",
        "Institute for Coastal Life | University of the North | Greenhouse Biotech | Museum of Soils",
        "research-career | biology-lab-work | ecology | academic-writing | scholarships",
        "Counting birds, writing grants. | From bench to biotech. | Reviewed more papers than I wrote.",
        "Wrote grants that were refused, then one that was not | Left academia and kept publishing | "
        "Supervised twelve theses | Reads a draft before you meet",
        "No medicine | Natural sciences only | Rarely free in field season | Not for statistics homework",
        "Thesis or industry | A page on where you stand | Both roads, side by side",
    ),
    _field(
        "guests",
        "Head chef | Hotel manager | Event lead | Cabin crew trainer",
        "The Copper Pan | Hotel Meridiana | Big Tent Events | Meridian Air",
        "professional-cooking | hospitality | event-management | customer-support | first-leadership-role",
        "Started washing dishes. | Two hundred rooms, one night at a time. | I run kitchens without shouting.",
        "Worked up from the dish room | Opened two restaurants | Trains people who never led before | "
        "Knows what a good rota looks like",
        "No pastry | Large houses only | Busy in summer | Not for franchise questions",
        "First time in charge | Your team on one page | Three habits to begin with",
    ),
    _field(
        "people",
        "Talent lead | Career counsellor | Psychologist | Customer success lead",
        "Harbour Lines | Office of Second Chances | Lumen Health | Quiet Cloud",
        "hiring | human-resources | psychology | mock-interviews | returning-to-work | salary-negotiation",
        "I have read ten thousand CVs. | Back to work after a long break, twice. | I ask the question under it.",
        "Recruited for hospitals and start-ups | Returned after six years at home | Reads the job post with you | "
        "Practises the hard sentence with you",
        "Not therapy | No executive roles | Recruits in Europe mostly | Short sessions only",
        "Offer and pay talk | The offer as written | The sentence to say",
    ),
)  # fmt: skip

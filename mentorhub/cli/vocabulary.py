"""The words of expertise the product starts with, each with the other words people use for it."""

from sqlmodel import Session, select

from mentorhub.domain.catalog.models import ExpertiseTag
from mentorhub.domain.common.words import slug_of

VOCABULARY = """
Product management: pm, product manager, product owner, apm, associate product manager
Product discovery: user interviews, customer discovery
Product operations: product ops
Project management: delivery manager, scrum master, pmo
Software engineering: software developer, programmer, coding, swe
Backend engineering: backend developer, apis, server side
Frontend engineering: frontend developer, web developer, react
Mobile development: android, ios, mobile developer
Platform engineering: devops, sre, site reliability, cloud
Security engineering: infosec, cybersecurity, appsec
Software testing: qa, test engineer, quality assurance
Engineering management: engineering manager, tech lead, leading engineers
System design: architecture interviews, distributed systems
Data science: data scientist, statistics, ml
Machine learning: ai, deep learning, ml engineer
Data engineering: data pipelines, etl, analytics engineer
Data analysis: analyst, sql, dashboards, business intelligence
Product design: ux, ui, ux designer, interaction design
User research: ux research, usability, researcher
Graphic design: visual design, branding, illustration
Game development: games, game designer, unity
CV and portfolio: cv, resume, portfolio, cover letter
Mock interviews: interview practice, interview preparation, case interview
Career change: switching careers, quereinstieg, new career
First 90 days: onboarding, new job, starting a job
First leadership role: new manager, leading people, first time manager
Salary negotiation: negotiation, pay, offer negotiation
Working abroad: relocation, moving abroad, migration
Returning to work: career break, parental leave, return
Remote work: working remotely, distributed teams
Public speaking: presentations, talks, speaking
Academic writing: papers, thesis, publications
Scholarships: grants, studying abroad, phd applications
Research career: phd, postdoc, academia
Biology lab work: wet lab, molecular biology, biotech
Intensive care: icu, critical care, intensive care nursing
Nursing: nurse, ward, registered nurse
General medicine: doctor, physician, junior doctor
Public health: epidemiology, health policy
Physiotherapy: physio, rehabilitation
Psychology: counselling, psychologist, therapy training
Architecture: architect, building design
Opening a practice: own studio, own practice, freelance architect
Urban planning: city planning, town planner
Civil engineering: structural engineer, bridges, construction
Mechanical engineering: machines, manufacturing engineer, cad
Electrical engineering: power systems, grids, electronics
Renewable energy: solar, wind, energy transition
Climate policy: sustainability, esg, carbon
Agriculture: farming, agritech, food systems
Law: lawyer, solicitor, barrister
Human rights law: refugee law, legal aid
Public service: civil service, government, public administration
Non-profit work: ngo, charity, development work
Teaching: teacher, classroom, pedagogy
School leadership: headteacher, principal
Accounting: accountant, audit, bookkeeping
Corporate finance: finance, fp&a, cfo
Investment: venture capital, private equity, banking
Fintech: payments, digital banking
Founding a company: startup, founder, entrepreneurship
Small business: shop owner, self employed, sole trader
Sales: account executive, business development
Marketing: growth, brand, digital marketing
Content writing: copywriting, content design, ux writing
Journalism: reporter, editor, newsroom
Film making: director, documentary, cinematography
Music: musician, composer, producer
Fiction writing: novel, author, publishing
Photography: photographer
Hospitality: hotel, restaurant manager, tourism
Professional cooking: chef, kitchen, pastry
Event management: events, conferences
Human resources: hr, people operations, recruiting
Hiring: recruiter, talent acquisition
Customer support: support, customer success, service desk
Supply chain: logistics, procurement, operations
Aviation: pilot, airline, cabin crew
Shipping: maritime, harbour, ports
Sports coaching: coach, athletics, football
Translation: interpreter, localisation
Health technology: healthtech, medtech, digital health
Education technology: edtech, learning design
Urban transport: mobility, rail, public transport
Ecology: conservation, biodiversity, field biology
"""


def words() -> list[tuple[str, tuple[str, ...]]]:
    """Every word of the vocabulary as (name, synonyms)."""
    lines = (line.partition(":") for line in VOCABULARY.strip().splitlines())
    return [(name.strip(), tuple(word.strip() for word in others.split(","))) for name, _, others in lines]


def teach_words(db: Session) -> None:
    """Put the vocabulary into a database that has none; mentors choose their areas from it."""
    if db.exec(select(ExpertiseTag.slug).limit(1)).first() is None:
        for name, synonyms in words():
            db.add(ExpertiseTag(slug=slug_of(name), name=name, synonyms="|".join(synonyms)))
        db.flush()

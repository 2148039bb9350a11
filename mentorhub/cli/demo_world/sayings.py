"""What mentees of the demo write: before a session, and after one that took place."""

OPENINGS = (
    "Clear and kind.", "Direct, in a good way.", "Worth every minute.", "Exactly what I needed.", "Very well prepared.",
    "I was nervous and did not have to be.", "No small talk, straight to the point.", "Honest, which I came for.",
    "I expected advice and got questions.", "Warm and precise.", "We laughed, and then we worked.", "Patient with me.",
)  # fmt: skip

DETAILS = {
    "": (
        "We went through {thing} line by line and rewrote the part I was ashamed of.",
        "{first} had read {thing} before we met and knew where to begin.",
        "Half an hour on one question, and now I know what the question is.",
        "I left with three things to do and have done two of them.",
        "{first} told me what would make them say no, and how to change that.",
        "We practised the difficult sentence until I could say it.",
        "The notes we wrote together are open on my desk every morning.",
        "I had two plans. After the talk I have one.",
        "{first} drew the way from here to there, with dates.",
        "It saved me from applying to the wrong place.",
        "I did not agree with everything, and that was useful too.",
        "I now know what to leave out.",
        "The example from {first}'s own start helped more than any course.",
        "We found out that I was asking for the wrong job title.",
    ),
    "care": (
        "{first} asked what my ward was like at four in the morning. Nobody in any interview had.",
        "We wrote my first-week plan while we talked, and I still use it.",
        "I know now what to say at handover, and what to ask.",
    ),
    "building": (
        "My fee proposal had no line for site visits. It has one now.",
        "We moved two drawings to the front and cut six.",
        "I learned to say what a change costs before I draw it.",
    ),
    "software": (
        "I can draw the whole system on one page now.",
        "We read my own code together, which was painful and exactly right.",
    ),
    "product": (
        "{first} read my CV out loud, which was painful and exactly right.",
        "We rewrote four lines; two weeks later I had three first interviews.",
        "I was describing service design, not product, and got two names to talk to.",
    ),
}  # fmt: skip

CLOSINGS = (
    "", "", "", "I will book again.", "Thank you.", "Recommended.", "More time would have been good.",
    "I start on Monday.",
    "I would have liked more on money.", "Two weeks later I got the interview.", "Still unsure, but less.",
)  # fmt: skip

MIXED = (
    "Good talk, though we spent long on my background and short on my question.",
    "Helpful, but half an hour was short for what I brought.",
    "Fine, a bit general. The notes afterwards were better than the talk.",
    "Sensible advice; I had hoped for more on my own country.",
    "We began late and did not get to the end of my list.",
)

THINGS = (
    "my CV", "my portfolio", "my plan", "the job post", "my draft", "my list", "my application", "my question",
)  # fmt: skip

ASKS = (
    "I have two offers and cannot tell which is the better start. I would like to go through both.",
    "My CV lists tasks. I want it to show what I decided, and why.",
    "I finish my studies in summer and do not know which first job leads where I want to go.",
    "I was refused three times after the second interview and would like to know what I do wrong there.",
    "I want to change fields at thirty-four and need an honest opinion whether my plan holds.",
    "I start in a new team in four weeks. What should I have asked by the end of the first?",
)

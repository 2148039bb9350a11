"""`/mailbox`: the demo's mails, readable like a mailbox."""

import reflex as rx

from mentorhub.components.button import button
from mentorhub.components.empty import empty
from mentorhub.components.sections.mailbox import mail_line, open_mail
from mentorhub.pages.frame import framed, loading
from mentorhub.pages.route import Route
from mentorhub.state.mailbox import MailboxState, MailLine


def _line(mail: rx.Var[MailLine]) -> rx.Component:
    return mail_line(
        href=f"/mailbox?mail={mail.mail_id}",
        subject=mail.subject,
        to=mail.recipient,
        sent=mail.sent,
        is_open=mail.mail_id == MailboxState.open_id,
    )


def _mails() -> rx.Component:
    opened = open_mail(
        subject=MailboxState.subject,
        to=MailboxState.recipient,
        sent=MailboxState.sent,
        pieces=MailboxState.pieces,
        html=MailboxState.html,
        calendar=MailboxState.calendar,
    )
    choose = rx.el.p("Choose a mail to read it.", class_name="muted")
    return rx.el.div(
        rx.el.nav(
            rx.el.ul(rx.foreach(MailboxState.mails, _line), class_name="stack gap-1"), aria_label="Mails, newest first"
        ),
        rx.cond(MailboxState.open_id != "", opened, choose),
        class_name="mailbox",
    )


def page() -> rx.Component:
    """List and open mail side by side, one below the other on a phone."""
    nothing = empty("No mail yet", "What the product writes to people lands here.", icon_name="mail")
    none_here = empty("There is no mailbox here", "Mail goes out to the people it is for.", icon_name="mail")
    body = rx.cond(MailboxState.closed, none_here, rx.cond(MailboxState.mails.length() > 0, _mails(), nothing))
    head = rx.el.div(
        rx.el.div(
            rx.el.h1("Mailbox"),
            rx.el.p("Every mail of this demo, whoever it is for. Nothing leaves the machine.", class_name="muted"),
            class_name="stack gap-2",
        ),
        button("Look again", icon_name="refresh-cw", on_click=MailboxState.load),
        class_name="spread",
    )
    return framed(
        rx.el.div(head, loading(is_loaded=MailboxState.loaded, content=body), class_name="page stack gap-6 pt-8")
    )


ROUTE = Route(
    page=page,
    path="/mailbox",
    title="Mailbox | MentorHub",
    description="The mails of this demo, readable in the browser.",
    on_load=(MailboxState.load,),
)

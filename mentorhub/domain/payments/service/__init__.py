"""Verbs of the money: open a payment, record what the provider says, owe and record refunds, post the ledger.

Every verb may be repeated: a payment is captured once, a refund is owed once per key, a cause is posted once.
The provider itself is called by the edge, outside any transaction.
"""

from mentorhub.domain.payments.service.authorisations import (
    CAPTURE_TOPIC,
    VOID_TOPIC,
    Order,
    authorised_payment_of,
    order_of,
    owe_capture,
    owe_void,
    payment_at_provider,
    record_authorisation,
    record_void,
    untold,
)
from mentorhub.domain.payments.service.checkouts import (
    Bill,
    captured_payment_of,
    checkout_to_ask,
    heard_of_each,
    of_checkout,
    open_checkout_of,
    open_payment,
    payment_of_checkout,
    pending_payment_of,
    record_capture,
    record_checkout,
    record_failure,
    unanswered,
)
from mentorhub.domain.payments.service.earnings import (
    release_earnings,
)
from mentorhub.domain.payments.service.ledger import (
    post,
)
from mentorhub.domain.payments.service.notices import (
    NOTICE_TOPIC,
    keep_notice,
    notice_handled,
    notice_of,
)
from mentorhub.domain.payments.service.refunds import (
    REFUND_TOPIC,
    WRONG_SUM,
    RefundOrder,
    owe_refund,
    record_refund,
    refund_order,
    refunded_of,
)
from mentorhub.domain.payments.service.rows import (
    parts_of,
)

__all__ = [
    "CAPTURE_TOPIC",
    "NOTICE_TOPIC",
    "REFUND_TOPIC",
    "VOID_TOPIC",
    "WRONG_SUM",
    "Bill",
    "Order",
    "RefundOrder",
    "authorised_payment_of",
    "captured_payment_of",
    "checkout_to_ask",
    "heard_of_each",
    "keep_notice",
    "notice_handled",
    "notice_of",
    "of_checkout",
    "open_checkout_of",
    "open_payment",
    "order_of",
    "owe_capture",
    "owe_refund",
    "owe_void",
    "parts_of",
    "payment_at_provider",
    "payment_of_checkout",
    "pending_payment_of",
    "post",
    "record_authorisation",
    "record_capture",
    "record_checkout",
    "record_failure",
    "record_refund",
    "record_void",
    "refund_order",
    "refunded_of",
    "release_earnings",
    "unanswered",
    "untold",
]

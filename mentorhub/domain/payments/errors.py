"""Refusals of the money, each a sentence for a person."""

from mentorhub.domain.common.errors import DomainError


class PaymentProviderUnavailable(DomainError):
    """The provider did not answer in time, or answered that it is broken or busy; try again later."""

    message = "The payment provider did not answer. Nothing was charged twice; please try again in a moment."


class PaymentRefused(DomainError):
    """The provider understood and said no; repeating the same call would not help."""

    message = "The payment provider refused this. Nothing was changed."


class CheckoutNotFound(PaymentRefused):
    """The provider does not know that checkout or payment."""

    message = "The payment provider does not know this payment."


class CheckoutClosed(PaymentRefused):
    """The checkout is already paid or expired and can no longer be changed."""

    message = "This checkout is already closed."


class RefundTooLarge(PaymentRefused):
    """More was to be given back than was paid and not yet given back."""

    message = "That is more than was paid and not yet given back."


class NoticeForged(DomainError):
    """A notice did not carry the provider's signature, or carried an old one."""

    message = "This notice does not come from the payment provider."


class CurrencyNotOffered(DomainError):
    """No card rate is known for the currency, so nothing can be sold in it."""

    message = "Sessions cannot be sold in this currency yet."


class PaymentNotPending(DomainError):
    """The payment was already captured or given up."""

    message = "This payment is already closed."


class PriceTooSmall(DomainError):
    """A paid session must cost at least what makes a card payment worth while."""

    message = "That price is too small for a card payment; make it free or ask for more."

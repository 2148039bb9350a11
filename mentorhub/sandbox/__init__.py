"""The payment sandbox: a provider for a machine without keys, speaking the part of Stripe's HTTP API we use.

It imports nothing of the product and is reached by address only, so that going live changes an address
and two secrets and no code. Money here is test money; card numbers other than the test cards are declined.
"""

from mentorhub.sandbox.app import create_app

__all__ = ["create_app"]

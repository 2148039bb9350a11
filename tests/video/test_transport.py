"""The private names of aiortc and aioice that forwarding stands on are still there."""

import aioice.ice
import pytest
from aiortc import RTCDtlsTransport

from mentorhub.video import transport


async def test_the_installed_libraries_keep_the_contract() -> None:
    transport.check_contract()


async def test_a_moved_name_is_told_before_anything_is_served(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(RTCDtlsTransport, "_handle_rtcp_data")
    monkeypatch.setattr(aioice.ice.StunProtocol, "datagram_received", lambda self, data: None)

    with pytest.raises(transport.ContractBroken) as broken:
        transport.check_contract()

    assert "RTCDtlsTransport._handle_rtcp_data" in str(broken.value)
    assert "StunProtocol.datagram_received" in str(broken.value)


def test_only_the_addresses_that_were_chosen_are_offered() -> None:
    transport.offer_addresses(["192.0.2.7"], loopback=True)

    assert aioice.ice.get_host_addresses(use_ipv4=True, use_ipv6=True) == ["192.0.2.7", "127.0.0.1"]


def test_the_loopback_stays_private_unless_asked_for() -> None:
    transport.offer_addresses()

    assert "127.0.0.1" not in aioice.ice.get_host_addresses(use_ipv4=True, use_ipv6=False)

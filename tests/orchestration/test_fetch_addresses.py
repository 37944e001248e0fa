"""Private networks are refused where the connection is made, whatever led there."""

import pytest

from orchestration.fetch.addresses import Network, is_public
from tests.orchestration.origin import behaviours as b

PUBLIC = "93.184.215.14"


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.8.8",
        "10.0.0.1",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "100.127.255.255",
        "0.0.0.0",
        "0.1.2.3",
        "192.0.2.1",
        "198.18.0.1",
        "224.0.0.1",
        "239.1.1.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "fd12:3456::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "2002:7f00:1::",
        "2002:c0a8:101::",
        "64:ff9b::10.0.0.1",
        "64:ff9b:1::1",
        "::127.0.0.1",
        "2001:db8::1",
        "not an address",
    ],
)
def test_an_address_that_is_not_of_the_open_internet_is_refused(address):
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", [PUBLIC, "8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:2800:21f::1"]
)
def test_an_address_of_the_open_internet_is_public(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "0177.0.0.1", "127.1", "0"]
)
def test_loopback_is_refused_however_it_is_written(reader, host):
    reader.follow("feed", b.feed(), url=reader.origin.url("/feed", host), allow_private=False)
    attempt = reader.run()["feed"]
    assert attempt.outcome == "refused_address"
    assert "allow_private = true" in attempt.reason
    assert reader.origin.log == []


def test_a_redirect_to_a_private_address_is_refused(reader, internet):
    reader.follow("feed", b.redirects(reader.origin.url("/secret", "internal.test")))
    reader.origin.behaviours["/secret"] = b.feed()
    addresses = {"public.test": [PUBLIC], "internal.test": ["10.0.0.7"]}
    reader.network = Network(resolve=lambda host, port: addresses[host], backend=internet)
    url = reader.origin.url("/feed", "public.test")
    reader.follow("feed", reader.origin.behaviours["/feed"], url=url, allow_private=False)
    attempt = reader.run()["feed"]
    assert (attempt.outcome, attempt.http_status) == ("refused_address", 301)
    assert "internal.test is at 10.0.0.7" in attempt.reason
    assert internet.connected == [PUBLIC]


def test_the_address_that_was_checked_is_the_one_connected(reader, internet):
    """A name server that says a public address first and loopback the next time is asked once."""
    answers = [[PUBLIC], ["127.0.0.1"]]
    reader.network = Network(resolve=lambda host, port: answers.pop(0), backend=internet)
    url = reader.origin.url("/feed", "rebind.test")
    reader.follow("feed", b.feed(), url=url, allow_private=False)
    assert reader.run()["feed"].outcome == "ok"
    assert internet.connected == [PUBLIC]
    assert answers == [["127.0.0.1"]]


def test_of_mixed_addresses_only_public_ones_are_connected(reader, internet):
    mixed = ["10.0.0.1", "::1", PUBLIC, "192.168.0.1"]
    reader.network = Network(resolve=lambda host, port: mixed, backend=internet)
    url = reader.origin.url("/feed", "mixed.test")
    reader.follow("feed", b.feed(), url=url, allow_private=False)
    assert reader.run()["feed"].outcome == "ok"
    assert internet.connected == [PUBLIC]


def test_a_dead_first_address_leaves_time_for_the_next(reader):
    reader.network = Network(resolve=lambda host, port: ["127.0.0.99", "127.0.0.1"])
    reader.follow("feed", b.feed(), url=reader.origin.url("/feed", "two.test"))
    assert reader.run()["feed"].outcome == "ok"

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.urls import (
    MAX_URL_CHARS,
    absolute_url,
    canonical_url,
    domain_of,
    host_of,
    identity_url,
    split_urls,
)


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("https://A.Example/Path/", "https://a.example/Path"),
        ("HTTP://a.example", "http://a.example/"),
        ("https://a.example:443/x", "https://a.example/x"),
        ("https://a.example:8443/x", "https://a.example:8443/x"),
        ("https://user:secret@a.example/x", "https://a.example/x"),
        ("https://a.example./x", "https://a.example/x"),
        ("https://a.example/x#part", "https://a.example/x"),
        ("https://a.example/#!/page", "https://a.example/#!/page"),
        ("https://a.example/x?utm_source=n&id=1&utm_medium=email", "https://a.example/x?id=1"),
        ("https://a.example/x?id=1&fbclid=2&mc_eid=3&_hsenc=4", "https://a.example/x?id=1"),
        ("https://a.example/x?a=%E4&b=a+b&gclid=1", "https://a.example/x?a=%E4&b=a+b"),
        ("https://a.example/x?&&a", "https://a.example/x?a"),
        ("https://n.example/p/slug?r=1a2b&j=eyJ1IjoiMSJ9.x&s=r", "https://n.example/p/slug"),
        ("https://n.example/redirect/2-abc?j=eyJ1IjoiNDU2Nzg5", "https://n.example/redirect/2-abc"),
        ("https://a.example/shop?r=1", "https://a.example/shop?r=1"),
        ("https://a.example/x?token=eyJhbGciOiJIUzI1NiJ9.e30", "https://a.example/x"),
        ("https://medium.com/p/1?source=rss----0c2---4", "https://medium.com/p/1"),
        ("https://a.example/x?source=docs", "https://a.example/x?source=docs"),
        ("https://x.com/a/status/1?s=20&t=abc", "https://x.com/a/status/1"),
        ("https://youtu.be/abc?si=xyz&t=60", "https://youtu.be/abc?t=60"),
        ("https://a.example/ä b", "https://a.example/%C3%A4%20b"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("http://[2001:db8::1]:80/x", "http://[2001:db8::1]/x"),
        (" https://a.example/x\n", "https://a.example/x"),
        ("mailto:ann@a.example", "mailto:ann@a.example"),
        ("https://a.example:99999/x", "https://a.example:99999/x"),
        ("https://[broken/x", "https://[broken/x"),
        ("", ""),
    ],
)
def test_a_canonical_address_holds_only_what_tells_pages_apart(url, canonical):
    assert canonical_url(url) == canonical


@pytest.mark.parametrize(
    "other",
    [
        "http://a.example/post",
        "https://www.a.example/post/",
        "https://a.example/post?utm_source=rss#comments",
        "HTTPS://A.example:443/post",
    ],
)
def test_flips_of_scheme_slash_and_tracking_have_one_identity(other):
    assert identity_url(other) == identity_url("https://a.example/post")


def test_addresses_of_different_pages_have_different_identities():
    assert identity_url("https://a.example/?p=1") != identity_url("https://a.example/?p=2")


@pytest.mark.parametrize(
    ("url", "pieces"),
    [
        ("https://a.example/x", ["https://a.example/x"]),
        ("https://a.example/onehttps://b.example/two", ["https://a.example/one", "https://b.example/two"]),
        ("https://a.example/1https://a.example/1https://a.example/2", ["https://a.example/1", "https://a.example/2"]),
        ("https://a.example/ https://b.example/", ["https://a.example/", "https://b.example/"]),
        ("https://a.example/,https://b.example/", ["https://a.example/", "https://b.example/"]),
        ("https://a.example/?q=1https://b.example/", ["https://a.example/?q=1", "https://b.example/"]),
        ("https://archive.example/2020/https://b.example/", ["https://archive.example/2020/https://b.example/"]),
        ("https://go.example/?u=https://b.example/", ["https://go.example/?u=https://b.example/"]),
        ("https://go.example/?https://b.example/", ["https://go.example/?https://b.example/"]),
        ("https://go.example/?u=1,https://b.example/", ["https://go.example/?u=1,https://b.example/"]),
        ("https://go.example/https%3A%2F%2Fb.example", ["https://go.example/https%3A%2F%2Fb.example"]),
        ("mailto:a@b.example", ["mailto:a@b.example"]),
    ],
)  # fmt: skip
def test_addresses_glued_together_are_split_and_nested_ones_are_not(url, pieces):
    assert list(split_urls(url)) == pieces


@pytest.mark.parametrize(
    ("url", "base", "absolute"),
    [
        ("/a", "https://x.example/b/c", "https://x.example/a"),
        ("a", "https://x.example/b/c", "https://x.example/b/a"),
        ("//y.example/a", "https://x.example/", "https://y.example/a"),
        ("https://y.example/a", "https://x.example/", "https://y.example/a"),
        ("mailto:a@b.example", "https://x.example/", "mailto:a@b.example"),
        ("a", None, "a"),
        (" https://y.example/\n a", None, "https://y.example/ a"),
        ("  ", "https://x.example/", None),
        (None, "https://x.example/", None),
        ("//[", "https://x.example/", "//["),
    ],
)
def test_a_link_is_made_absolute_against_its_base(url, base, absolute):
    assert absolute_url(url, base) == absolute


@pytest.mark.parametrize(
    ("url", "host", "domain"),
    [
        ("https://blog.a.co.uk/x", "blog.a.co.uk", "a.co.uk"),
        ("HTTPS://News.Example.COM", "news.example.com", "example.com"),
        ("http://127.0.0.1:8000/", "127.0.0.1", "127.0.0.1"),
        ("http://localhost/", "localhost", "localhost"),
        ("mailto:a@b.example", None, None),
        ("https://[broken", None, None),
    ],
)
def test_host_and_registrable_domain_are_told_offline(url, host, domain):
    assert host_of(url) == host
    assert domain_of(host_of(url)) == domain


URLS = st.text() | st.builds(
    "http{}://{}{}".format,
    st.sampled_from(["", "s"]),
    st.sampled_from(["a.example", "A.B:80", "u@h:81", "[::1]", "ü.example", "h..", "x_y"]),
    st.text(st.sampled_from("/?#&=+%:;@! aé~|[]utm_srcjr\\")),
)


@given(URLS)
def test_a_canonical_address_is_canonical(url):
    once = canonical_url(url)

    assert canonical_url(once) == once


@given(URLS, URLS)
def test_no_text_makes_an_address_function_fail(url, base):
    identity_url(url)
    host_of(url)
    domain_of(host_of(url))
    absolute_url(url, base)
    assert "".join(split_urls(url)).strip() or not url.strip()


def test_an_endless_address_is_left_as_it_is():
    url = "https://a.example/?utm_source=" + "x" * MAX_URL_CHARS

    assert canonical_url(url) == url

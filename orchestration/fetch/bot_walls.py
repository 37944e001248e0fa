"""Telling a wall against robots from a page, an outage or a refusal: by its own marks.

A wall says 403, 429, 503 or even 200, so the status alone tells nothing.
"""

import re

from orchestration.fetch.client import Answer

_HEADER_MARKS: tuple[tuple[str, str, str], ...] = (
    # (header, pattern its value must match, who put it there)
    ("cf-mitigated", r"challenge|block", "Cloudflare"),
    ("x-vercel-mitigated", r"challenge|deny", "Vercel"),
    ("x-amzn-waf-action", r"challenge|captcha", "AWS WAF"),
    ("x-datadome", r".", "DataDome"),
    ("x-sucuri-block", r".", "Sucuri"),
    ("x-px-block", r".", "HUMAN (PerimeterX)"),
    ("sg-captcha", r"challenge", "SiteGround"),
)
_BODY_MARKS: tuple[tuple[str, str], ...] = (
    # (pattern in the page, whose wall it is); phrases that no article page carries
    (r"cdn-cgi/challenge-platform|cf-chl-|cf_chl_opt|<title>just a moment", "Cloudflare"),
    (r"attention required! \| cloudflare|error code: 10(?:05|09|10|15|20)\b", "Cloudflare"),
    (r"captcha-delivery\.com", "DataDome"),
    (r"_incapsula_resource|incapsula incident id", "Imperva"),
    (r"px-captcha|perimeterx", "HUMAN (PerimeterX)"),
    (r"awswafcookiedomainlist|token\.awswaf\.com", "AWS WAF"),
    (r"<title>pardon our interruption", "Imperva"),
    (r"making sure you(?:'|&#39;|\u2019)re not a bot", "Anubis"),
    (r"ddos protection by|ddos-guard", "DDoS protection"),
    (r"checking your browser before accessing|verif\w+ (?:that )?you are (?:a )?human", "bot wall"),
    (r"vercel security checkpoint", "Vercel"),
    (r"sgcaptcha|sg-captcha", "SiteGround"),
    (r"sucuri website firewall", "Sucuri"),
    (r"access denied.{0,400}reference(?:&#32;| )(?:&#35;|#)", "Akamai"),
)
_HEADERS = tuple(
    (name, re.compile(mark, re.IGNORECASE), owner) for name, mark, owner in _HEADER_MARKS
)
_BODIES = tuple((re.compile(mark, re.IGNORECASE | re.DOTALL), owner) for mark, owner in _BODY_MARKS)
_HEAD_BYTES = 65_536
_STATUSES_WITH_BODY_MARKS = frozenset({200, 202, 401, 403, 405, 406, 429, 503})
"""Where a page may be the wall itself; a 404 page may embed a captcha for its search form."""


def find_bot_wall(answer: Answer) -> str | None:
    """Return whose wall an answer is; None when it is none. Not meant for feeds."""
    for name, pattern, owner in _HEADERS:
        if pattern.search(answer.headers.get(name, "")):
            return owner
    if answer.status not in _STATUSES_WITH_BODY_MARKS:
        return None
    page = answer.body[:_HEAD_BYTES].decode("utf-8", "replace")
    return next((owner for pattern, owner in _BODIES if pattern.search(page)), None)

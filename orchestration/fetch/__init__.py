"""Asking hosts for feeds: politely, within bounds, and with a story of every attempt."""

from orchestration.fetch.addresses import Network, is_public
from orchestration.fetch.check import FeedCheck, check_feed
from orchestration.fetch.discovery import DiscoveryError, FoundFeed, discover_feeds
from orchestration.fetch.fetching import fetch_feeds, plan_feeds
from orchestration.fetch.outcomes import SUCCESSES
from orchestration.fetch.schedule import Plan, plan_feed
from orchestration.fetch.settings import FetchSettings

__all__ = [
    "SUCCESSES",
    "DiscoveryError",
    "FeedCheck",
    "FetchSettings",
    "FoundFeed",
    "Network",
    "Plan",
    "check_feed",
    "discover_feeds",
    "fetch_feeds",
    "is_public",
    "plan_feed",
    "plan_feeds",
]

"""Asking hosts for feeds: politely, within bounds, and with a story of every attempt."""

from orchestration.fetch.addresses import Network, is_public
from orchestration.fetch.check import FeedCheck, check_feed
from orchestration.fetch.discovery import DiscoveryError, FoundFeed, discover_feeds
from orchestration.fetch.fetching import fetch_feeds, plan_feeds
from orchestration.fetch.memory import brought_new_body
from orchestration.fetch.outcomes import SUCCESSES
from orchestration.fetch.politeness import HostTurns
from orchestration.fetch.schedule import Plan, plan_feed
from orchestration.fetch.settings import FetchSettings, SettingsError, settings_from

__all__ = [
    "SUCCESSES",
    "DiscoveryError",
    "FeedCheck",
    "FetchSettings",
    "FoundFeed",
    "HostTurns",
    "Network",
    "Plan",
    "SettingsError",
    "brought_new_body",
    "check_feed",
    "discover_feeds",
    "fetch_feeds",
    "is_public",
    "plan_feed",
    "plan_feeds",
    "settings_from",
]

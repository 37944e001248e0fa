"""Companies: who is the subject, who is only named, which words are no companies."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.companies import find_companies
from transforms.lexicons import load_lexicons
from transforms.publishers import Publication, find_publisher, publisher_name

NEWSLETTER = Publication(feed_title="Plain Systems Newsletter")


def found(title, text, publication=NEWSLETTER, kind="deep_dive"):
    return {
        each.company_name: (each.role, each.mention_count)
        for each in find_companies(title, (), text, publication, load_lexicons(), kind=kind)
    }


def subjects(title, text, publication=NEWSLETTER, kind="deep_dive"):
    companies = found(title, text, publication, kind)
    return {name for name, (role, _) in companies.items() if role == "subject"}


@pytest.mark.parametrize(
    ("title", "company"),
    [
        ("How DoorDash Built a Testing System", "DoorDash"),
        ("How Grab is Using AI Agents", "Grab"),
        ("Why did Amazon Prime Video Move Back to a Monolith?", "Amazon"),
        ("Nextdoor’s Database Evolution: A Scaling Ladder", "Nextdoor"),
        ("High Performance Rate Limiting at Databricks", "Databricks"),
        ("100X in Two Years: How Figma Scaled Its Databases", "Figma"),
        ("Counting Clicks at Canva: Three Attempts", "Canva"),
        ("The Architecture Behind Discord’s Voice Channels", "Discord"),
        ("Lessons from Spotify on Small Teams", "Spotify"),
        ("The Scaling Journey of LinkedIn", "LinkedIn"),
        ("Shopify Tech Stack", "Shopify"),
        ("Netflix: What Happens When You Press Play", "Netflix"),
        ("How Snapchat Serves a Billion Predictions", "Snap"),
        ("How CockroachDB Built Vector Indexing", "Cockroach Labs"),
        ("Inside Uber's Chat", "Uber"),
    ],
)
def test_titles_put_their_subject_in_known_places(title, company):
    text = f"Every morning the team at {company} reads the charts. The {company} engineers act."
    assert subjects(title, text) == {company}


@pytest.mark.parametrize(
    "title",
    [
        "Moving From AWS to a Cupboard",
        "Building Dashboards with Databricks",
        "AWS vs. Azure",
        "Python vs Java",
        "How MongoDB Stores a Document",
        "How Engineers Debug",
        "Queries at Scale",
        "Target Tracking with Filters",
        "You Are Not Google",
        "What’s New in Java 25",
    ],
)
def test_a_company_elsewhere_in_a_title_is_no_subject(title):
    text = "Engineers debug and queries scale. We moved from AWS and tried MongoDB and Databricks."
    assert subjects(title, text) == set()


def test_a_digest_is_about_no_company():
    assert subjects("How Uber Built It", "At Uber it was built.", kind="digest") == set()


def test_an_unlisted_company_needs_the_text_to_bear_it_out():
    title = "How Tariffly Cut Its Bill"
    assert subjects(title, "Engineers at Tariffly read the bill.") == {"Tariffly"}
    assert subjects(title, "Nobody is named here.") == set()


def test_a_name_of_two_words_is_read_from_the_text():
    text = "Blue Harbor books places. The Blue Harbor team has a blue boat."
    assert subjects("How Blue Harbor Cut Its Bill", text) == {"Blue Harbor"}


def test_a_person_in_a_title_is_no_company():
    text = "In 1956 Dijkstra, a mathematician, was young. It took Dijkstra twenty minutes."
    assert subjects("How Dijkstra Solved the Shortest Path", text) == set()


def test_the_credited_engineers_name_the_subject_where_the_title_is_lost():
    text = (
        "One index served all.\nDisclaimer: The details in this post have been derived from the "
        "articles of the Airtable Engineering Team. All credit goes to them."
    )
    assert subjects(None, text) == {"Airtable"}


def test_two_credited_companies_are_both_subjects():
    text = "Disclaimer: details have been derived from the Uber and Lyft engineering teams."
    assert subjects(None, text) == {"Uber", "Lyft"}


def test_a_companys_blog_is_about_the_company_when_it_names_it():
    blog = Publication(feed_title="Lyft Engineering", company_id="lyft")
    assert subjects("Scaling the Matcher", "Lyft matches in each city.", blog) == {"Lyft"}
    assert subjects("Three Tricks for Vim", "Map one key to save.", blog) == set()


def test_a_recap_in_a_companys_blog_is_not_about_the_company():
    blog = Publication(feed_title="Criteo Tech Blog", company_id="criteo")
    text = "I work at Criteo. The talks were good."
    assert subjects("Highlights of StackBeach", text, blog) == set()


def test_an_unlisted_companys_blog_gives_its_name():
    blog = Publication(feed_title="Parcelo Engineering", company_id="parcelo")
    assert subjects("Our New Search", "At Parcelo we search by door.", blog) == {"Parcelo"}


def test_a_newsletter_is_never_a_company_of_its_own_articles():
    publication = Publication(feed_title="ByteByteGo Newsletter")
    assert found("News of ByteByteGo", "At ByteByteGo we draw.", publication) == {}


def test_nor_is_one_whose_name_the_lexicon_knows_in_several_words():
    publication = Publication(feed_title="The Pragmatic Engineer")
    text = "At The Pragmatic Engineer we draw, and Netflix reads."
    assert found("News of the week", text, publication) == {"Netflix": ("mention", 1)}


def test_namings_are_counted():
    text = "Netflix and Spotify. Netflix again, and Netflix's boxes."
    assert found("Two Services", text) == {"Netflix": ("mention", 3), "Spotify": ("mention", 1)}


def test_products_count_for_their_company():
    assert found("Phones", "They asked ChatGPT and OpenAI.") == {"OpenAI": ("mention", 2)}


def test_open_source_software_is_no_mention_of_its_maker():
    assert found("Storage", "We run MongoDB and CockroachDB, then Milvus.") == {}


def test_a_common_word_counts_once_a_company_is_meant():
    company = "Linear engineers agreed. When Linear grew, the linear order went."
    assert found("Order", company) == {"Linear": ("mention", 2)}
    assert found("Order", "Linear models are honest. A Linear fit is a line.") == {}


@pytest.mark.parametrize(
    ("feed_title", "domain", "company_id"),
    [
        ("Pinterest Engineering Blog - Medium", None, "pinterest"),
        ("The Airbnb Tech Blog", "medium.com", "airbnb"),
        ("Deezer I/O", None, "deezer"),
        ("Engineering at Meta", "fb.com", "meta"),
        ("Parcelo Engineering", None, "parcelo"),
        ("AWS Architecture Blog", "amazon.com", "amazon"),
        ("Notes on Code", "slack.engineering", "slack"),
        ("ByteByteGo Newsletter", "bytebytego.com", None),
        ("Anna’s Tech Blog", None, None),
        ("JavaScript Weekly", "javascriptweekly.com", None),
        ("Engineering Leadership", "substack.com", None),
        ("AI Engineering", None, None),
        (None, None, None),
    ],
)
def test_a_blog_is_a_companys_by_its_title_or_home(feed_title, domain, company_id):
    assert find_publisher(feed_title, domain, load_lexicons()) == company_id


def test_a_blogs_title_without_its_blog_words_is_the_publisher():
    assert publisher_name("Quillbase Engineering Blog - Medium") == "Quillbase"


@given(st.text(max_size=120), st.text(max_size=400), st.text(max_size=40))
def test_any_text_gives_each_company_once(title, text, feed_title):
    publication = Publication(feed_title=feed_title)
    companies = find_companies(title, (), text, publication, load_lexicons())
    assert len({each.company_id for each in companies}) == len(companies)
    assert all(each.mention_count > 0 for each in companies)

"""The lexicons: complete, consistent, and quick to search."""

import re
from collections import Counter

import pytest

from transforms.lexicons import lexicon_version, load_lexicons
from transforms.lexicons.company_lexicon import parse_companies
from transforms.lexicons.technology_lexicon import parse_technologies
from transforms.lexicons.topic_lexicon import parse_topics
from transforms.terms import Term, build_term_index, find_terms, fold

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
PROMISED_TOPICS = (
    "ai-agents llm-inference llm-evaluation rag-and-search vector-databases "
    "recommendation-systems machine-learning-platforms databases caching distributed-systems "
    "microservices event-driven-architecture api-design rate-limiting security-and-auth "
    "observability data-pipelines stream-processing data-warehouses ci-cd-and-release testing "
    "infrastructure-and-cloud containers-and-orchestration networking frontend-and-mobile "
    "developer-tools system-design-basics fraud-detection experimentation career-and-culture "
    "context-engineering reliability multi-tenancy education multimodal-ai model-serving "
    "performance open-source graphics conference-recap enterprise-ai software-architecture "
    "api-versioning causal-inference optimization prompt-engineering document-extraction"
).split()


def index_of(*terms):
    return build_term_index(terms)


def term(phrase, vocabulary="technologies", **fields):
    return Term(vocabulary=vocabulary, owner_id=phrase.lower(), phrase=phrase, **fields)


def phrases(matches):
    return [match[2].phrase for match in matches]


def test_the_taxonomy_has_two_levels_and_every_promised_topic():
    topics = load_lexicons().topics
    ids = {topic.topic_id for topic in topics.topics}
    areas = {area.topic_id for area in topics.areas}
    assert len(ids) >= 60
    assert set(PROMISED_TOPICS) <= ids
    assert {topic.parent_topic_id for topic in topics.topics} == areas
    assert not ids & areas


def test_a_topic_says_a_phrase_once():
    for topic in load_lexicons().topics.topics:
        counts = Counter(" ".join(fold(each.phrase).split()) for each in topic.terms)
        assert [phrase for phrase, count in counts.items() if count > 1] == [], topic.topic_id


def test_every_topic_has_strong_terms_of_its_own():
    strong = Counter(each.phrase for each in load_lexicons().topics.terms() if each.weight == 4.0)
    for topic in load_lexicons().topics.topics:
        own = [t.phrase for t in topic.terms if t.weight == 4.0 and strong[t.phrase] == 1]
        assert len(own) >= 4, topic.topic_id


def test_ids_are_slugs_and_names_are_not_empty():
    lexicons = load_lexicons()
    companies, technologies = lexicons.companies.companies, lexicons.technologies.technologies
    assert len(companies) >= 600
    assert len(technologies) >= 400
    assert all(SLUG.fullmatch(each) for each in [*companies, *technologies])
    assert all(entry.company_name for entry in companies.values())


def test_a_domain_belongs_to_one_company_and_has_no_scheme():
    domains = load_lexicons().companies.by_domain
    assert all(re.fullmatch(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+", domain) for domain in domains)


def test_a_name_claimed_twice_is_refused_with_both_companies():
    data = {
        "version": "1",
        "not_names": [],
        "companies": {"x": {"one": {"name": "Same"}, "two": {"name": "Same"}}},
    }
    with pytest.raises(ValueError, match=r"'two': 'same' belongs to 'one'"):
        parse_companies(data)


def test_a_topic_in_no_area_is_refused_by_name():
    data = {"version": "1", "areas": {}, "topics": {"lost": {"name": "Lost", "area": "nowhere"}}}
    with pytest.raises(ValueError, match=r"'lost'.*'nowhere'"):
        parse_topics(data)


def test_an_unknown_context_is_refused_by_name():
    data = {"version": "1", "technologies": {"x": {"odd": {"name": "Odd", "context": "maybe"}}}}
    with pytest.raises(ValueError, match=r"'odd'.*'maybe'"):
        parse_technologies(data)


def test_the_longest_of_nested_terms_stands():
    index = index_of(term("vector database"), term("database"), term("vector"))
    assert phrases(find_terms("A vector database.", index).technologies) == ["vector database"]


def test_a_capital_in_a_term_binds_its_case():
    index = index_of(term("RAG"), term("kafka"))
    assert phrases(find_terms("rag RAG KAFKA kafka", index).technologies) == [
        "RAG",
        "kafka",
        "kafka",
    ]


def test_terms_do_not_reach_over_line_ends():
    index = index_of(term("message queue"))
    assert find_terms("a message\nqueue", index).technologies == []


def test_offsets_lead_to_the_words_as_written_whatever_letters_stand_before():
    index = index_of(term("Redis"))
    for before in ("", "café ", "İstanbul ", "🚀 ", "“quoted” — ", "\n\n", "你好 "):
        found = find_terms(f"{before}Redis!", index)
        ((start, end, _),) = found.technologies
        assert found.raw[start:end] == "Redis"


def test_folding_keeps_the_length_of_any_text():
    for text in ("İ", "ß", "ﬁ", "🚀", "\u2028", "a\tb\r\n", "ǅ"):
        assert len(fold(text)) == len(text)


def test_the_version_is_known_without_compiling_the_lexicons():
    assert lexicon_version() == load_lexicons().version

"""Companies as data: names, products, projects and domains, grouped by market."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from transforms.terms import Term


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyEntry:
    """A company: an alias is itself, a product its system, a project its open-source software."""

    company_id: str
    company_name: str
    aliases: tuple[str, ...]
    words: tuple[str, ...]  # further aliases that are common words
    products: tuple[str, ...]
    projects: tuple[str, ...]
    domains: tuple[str, ...]
    category: str
    is_word: bool  # its name is a common word: it counts in company contexts only
    is_project: bool  # its name is that of open-source software too
    is_host: bool  # others publish on its domain


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyLexicon:
    """Companies by id, by name in any case, and by registrable domain."""

    version: str
    companies: Mapping[str, CompanyEntry]
    by_name: Mapping[str, str]
    by_domain: Mapping[str, str]
    not_names: frozenset[str]  # words of titles that are no company, in small letters

    def terms(self) -> Iterator[Term]:
        """Yield the names of all companies; a term's role says which kind of name it is."""
        for company in self.companies.values():
            usual = "project" if company.is_project else "name"
            yield _term(company, company.company_name, "word" if company.is_word else usual)
            yield from (_term(company, alias, usual) for alias in company.aliases)
            yield from (_term(company, word, "word") for word in company.words)
            yield from (_term(company, product, "product") for product in company.products)
            yield from (_term(company, project, "project") for project in company.projects)


def parse_companies(data: Mapping[str, Any]) -> CompanyLexicon:
    """Return the companies of companies.toml; ValueError names a name or domain given twice."""
    entries = {
        company_id: _read_company(company_id, category, fields)
        for category, group in data["companies"].items()
        for company_id, fields in group.items()
    }
    by_name: dict[str, str] = {}
    by_domain: dict[str, str] = {}
    for entry in entries.values():
        for name in (
            entry.company_name,
            *entry.aliases,
            *entry.words,
            *entry.products,
            *entry.projects,
        ):
            _claim(by_name, name.lower(), entry.company_id)
        for domain in entry.domains:
            _claim(by_domain, domain, entry.company_id)
    return CompanyLexicon(
        version=str(data["version"]),
        companies=entries,
        by_name=by_name,
        by_domain=by_domain,
        not_names=frozenset(data["not_names"]),
    )


def _claim(claimed: dict[str, str], key: str, company_id: str) -> None:
    if claimed.setdefault(key, company_id) != company_id:
        message = f"company {company_id!r}: {key!r} belongs to {claimed[key]!r} already"
        raise ValueError(message)


def _read_company(company_id: str, category: str, fields: Mapping[str, Any]) -> CompanyEntry:
    return CompanyEntry(
        company_id=company_id,
        company_name=fields["name"],
        aliases=tuple(fields.get("aliases", ())),
        words=tuple(fields.get("words", ())),
        products=tuple(fields.get("products", ())),
        projects=tuple(fields.get("projects", ())),
        domains=tuple(fields.get("domains", ())),
        category=category,
        is_word=fields.get("is_word", False),
        is_project=fields.get("is_project", False),
        is_host=fields.get("is_host", False),
    )


def _term(company: CompanyEntry, phrase: str, role: str) -> Term:
    return Term(vocabulary="companies", owner_id=company.company_id, phrase=phrase, role=role)

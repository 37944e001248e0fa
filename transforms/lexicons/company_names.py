"""The company lexicon as sponsor naming asks it: by any spelling, by landing domain."""

from transforms.lexicons.company_lexicon import CompanyEntry, CompanyLexicon
from transforms.lexicons.sponsor_lexicon import name_key


class CompanyNames:
    """Canonical names of companies by spelling (letters and digits only) and by domain."""

    def __init__(self, lexicon: CompanyLexicon) -> None:
        """Index the lexicon's names, aliases and products."""
        self._lexicon = lexicon
        self._by_key = {
            name_key(name): company
            for company in lexicon.companies.values()
            for name in (*company.products, *company.aliases, company.company_name)
        }

    def canonical_name(self, spelling: str) -> str | None:
        """Return the canonical name of a spelling, or None."""
        company = self._by_key.get(name_key(spelling))
        return company.company_name if company else None

    def name_of_domain(self, domain: str) -> str | None:
        """Return the canonical name of a registrable domain's owner, or None."""
        company_id = self._lexicon.by_domain.get(domain)
        return self._lexicon.companies[company_id].company_name if company_id else None

    def entry(self, name: str) -> CompanyEntry | None:
        """Return the company of a spelling, or None."""
        return self._by_key.get(name_key(name))

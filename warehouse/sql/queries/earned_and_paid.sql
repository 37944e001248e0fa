-- Which companies are written about, and which pay?
-- param: rows = 20  How many companies to show
select
    company_name as company,
    subject_count as subject,
    mention_count as mentioned,
    sponsored_count as sponsored,
    round(100 * earned_share, 1) as earned_percent
from marts.company_coverage
order by earned_count + sponsored_count desc, company
limit $rows

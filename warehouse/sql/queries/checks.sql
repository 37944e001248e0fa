-- What did the checks of the last load find?
select
    check_name,
    severity,
    failing_count as failing,
    description
from core.check_results
order by failing_count desc, check_name

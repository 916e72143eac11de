from tests.reports import test_labor_book as t
from tests.reports.test_labor_book import PERIODS, histories, HealthCheck, settings, given, prepare, pytest
import tests.reports.histories as h
from shopterm.db.queries import labour as rows
from hypothesis import event
stat={}
orig=rows.out_of_order
def spy(read, w):
    odd=orig(read,w); 
    n=len({r[0] for r in read(f"select distinct person_id from attendance where start>={w.since} and start<{w.until} and voided=0")})
    k=(n,len(odd)); stat[k]=stat.get(k,0)+1
    return odd
@settings(max_examples=3000, suppress_health_check=list(HealthCheck))
@given(history=histories(), period=PERIODS)
def test_soak(sqlite_shop, history, period):
    rows.out_of_order=spy
    t.test_the_same_minutes.hypothesis.inner_test(sqlite_shop, history, period)
def test_print(): print(sorted(stat.items()))
@pytest.fixture(autouse=True)
def prep(sqlite_shop):
    try: sqlite_shop.write(lambda: prepare(sqlite_shop))
    except Exception as e: print(e)

"""Which day it is, for checks: no date of a record may be after it."""

import os
from datetime import UTC, date, datetime


def this_day() -> date:
    """Today, or the day of SOURCE_DATE_EPOCH, so that a build can be made again just so."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC).date() if epoch.isdigit() else date.today()

"""The list of rules, the most useful first."""

from __future__ import annotations

from .clock import hour_that_came_twice, hour_that_never_was, midnight, summer_shift
from .ends import ends_early, future, incomplete_last
from .fillers import defaults, nearly_empty, piled, placeholders, test_rows
from .gaps import gaps
from .names import spellings, unmatched
from .people import one_voice
from .rates import odd_counts, over_hundred, percent_as_written
from .repeats import repeated_rows, repeated_texts
from .scales import mixed_scales, wrong_scale
from .selection import cut_by_closing
from .sites import changed_size, ended, started_late
from .suspicion import Rule

OURS = "a choice of this product"

RULES: tuple[Rule, ...] = (
    Rule(
        "cut_by_closing",
        "a journey log that holds cases closed within a window, whenever they began",
        "the 1st percentile of case ends is 30 days and three median durations or more after that of case "
        "beginnings, and cases of the first quarter last at least twice as long as those of the last",
        "length-biased sampling (Cox 1969, in New Developments in Survey Sampling); thresholds: " + OURS,
        cut_by_closing,
    ),
    Rule(
        "wrong_unit",
        "percentages written 0 to 100 where shares are read; targets written as shares",
        "over half of the values of a measure in percent are above 1.5; a target in percent is 1 or less",
        OURS,
        percent_as_written,
    ),
    Rule(
        "wrong_scale",
        "columns in another unit than their own",
        "the median handle time is under 30 seconds or over 4 hours; no percent_done is above 1; years in "
        "post are above 60",
        OURS,
        wrong_scale,
    ),
    Rule(
        "mixed_units",
        "one site in another unit than the rest",
        "its median is 60, 100 or 1,000 times that of the other sites, or that part of it, give or take a "
        "factor of 1.5; three sites or more",
        OURS,
        mixed_scales,
    ),
    Rule(
        "over_hundred",
        "numerators greater than their denominators",
        "any row of a measure in percent without a target of 100 or more",
        "arithmetic",
        over_hundred,
    ),
    Rule(
        "future",
        "what happened later than data_as_of",
        "any row of a table of what happened",
        "arithmetic",
        future,
    ),
    Rule(
        "repeated_rows",
        "rows that repeat an earlier one in all but their id",
        "two rows or more, and 0.1 % of them where rows have an id; four columns filled",
        OURS,
        repeated_rows,
    ),
    Rule(
        "site_ends",
        "a site that ends before the rest, and where its work seems to have gone",
        "two periods or more before the last; taken over: a site that grows by as much, within 1.5, six "
        "periods all above the six before",
        "the six: once in 924 places by chance (ways to choose 6 of 12); the rest: " + OURS,
        ended,
    ),
    Rule(
        "size_changes",
        "a site that grows or shrinks at a stroke and stays so",
        "by half or more, six periods all above (or below) the six before, a median of 30 or more",
        "as above",
        changed_size,
    ),
    Rule(
        "site_starts_late",
        "a site that begins later than the rest",
        "three periods or more after the first",
        OURS,
        started_late,
    ),
    Rule(
        "gap",
        "periods missing between the first and the last of a site",
        "any period of a count; of single events where the site usually has 10 or more a period",
        "Poisson's law: ten expected and none seen, once in 22,000 periods",
        gaps,
    ),
    Rule(
        "incomplete_last",
        "a last period that is too small",
        "under two thirds of the median of the six before, and below each of them; single events by three "
        "standard deviations, too",
        OURS,
        incomplete_last,
    ),
    Rule(
        "ends_early",
        "a table that ends long before data_as_of",
        "two whole periods or more",
        OURS,
        ends_early,
    ),
    Rule(
        "summer_shift",
        "times that run an hour earlier or later in summer",
        "the day's profile from May to September and from November to February differ by 0.10 or more as "
        "they are, and by less than half of it an hour apart; 200 times in each",
        "total variation distance; thresholds: " + OURS,
        summer_shift,
    ),
    Rule(
        "hour_that_never_was",
        "times in the hour that summer time leaves out",
        "any, in the zone of 'schedule', else London's where the currency is GBP",
        "IANA time zone database",
        hour_that_never_was,
    ),
    Rule(
        "midnight",
        "times of day that are all midnight, or oddly often",
        "95 % or more; or 1 % and 20 or more, ten times as many as each minute of 23:00 to 01:00 has",
        OURS,
        midnight,
    ),
    Rule(
        "test_rows",
        "rows made to try a system",
        "a name that is test, dummy, asdf and the like; an id of 0s, of four 9s or more, or test, that "
        "is not one of a row of numbers",
        OURS,
        test_rows,
    ),
    Rule(
        "defaults",
        "dates and numbers that systems write where they know none",
        "1900-01-01, 1970-01-01, 2099-12-31 and the like, five years from the median; 99, 999, 9999 and the "
        "like at three times all others; -1, -99, -999 where no other is negative",
        OURS,
        defaults,
    ),
    Rule(
        "piled",
        "numbers that pile up at their greatest or smallest value",
        "1 % and 5 or more of 50 values, 30 of them different, five times as many as at each of ten beside",
        OURS,
        piled,
    ),
    Rule(
        "placeholders",
        "names that say there is none",
        "n/a, unknown, -, tbc, #REF! and the like as a site, team, contract, agent, channel or reason",
        OURS,
        placeholders,
    ),
    Rule(
        "spellings",
        "one name written in two ways",
        "alike but for case, spaces and marks; or one letter different (two of ten or more), without digits, "
        "one at most a twentieth as frequent as the other",
        "edit distance with exchanges (optimal string alignment); thresholds: " + OURS,
        spellings,
    ),
    Rule(
        "unmatched",
        "ids that what they refer to does not have",
        "any, where the other table or list is there",
        "arithmetic",
        unmatched,
    ),
    Rule(
        "odd_counts",
        "counts that are negative, out of nought, or missing altogether",
        "any row of kpis",
        "arithmetic",
        odd_counts,
    ),
    Rule(
        "one_voice",
        "people with far more remarks than others",
        "10 or more and beyond the outer fence (upper quartile and three quartile ranges), or a fifth of all "
        "remarks; five people or more, groups left out",
        "Tukey 1977, Exploratory Data Analysis",
        one_voice,
    ),
    Rule(
        "repeated_texts",
        "texts with the same words",
        "5 % of them and 10 or more; or two of 60 letters or more",
        OURS,
        repeated_texts,
    ),
    Rule(
        "nearly_empty",
        "columns that are nearly empty",
        "5 % of the rows or fewer filled in, of 50 or more",
        OURS,
        nearly_empty,
    ),
    Rule(
        "hour_that_came_twice",
        "customers with several steps in the hour that comes twice",
        "any, in the zone as above",
        "IANA time zone database",
        hour_that_came_twice,
    ),
)
"""Every rule, the most useful first."""

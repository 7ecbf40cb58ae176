"""Numbers and dates read as they are seen, with every digit that is stored; and back again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.documents.formats.excel_numbers import (
    builtin_format,
    show,
    stored_number,
    to_number,
)

ACCOUNTING = '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ '


@pytest.mark.parametrize(
    ("stored", "number_format", "text"),
    [
        # with the zeros that are shown, without separators of thousands
        ("704.7", "0.00", "704.70"),
        ("704.7", "General", "704.7"),
        ("1234.5", "#,##0.00", "1234.50"),
        ("-3", "0", "-3"),
        ("0", "0.00", "0.00"),
        ("7", "000", "007"),
        ("0.5", "#.##", "0.5"),
        ("3.1", "0.0#", "3.1"),
        ("12", "@", "12"),
        # percentages
        ("0.9714", "0.00%", "97.14%"),
        ("0.97", "0%", "97%"),
        ("0.05", "0.0%", "5.0%"),
        # more digits than are shown are kept; the noise of a float is not a digit
        ("704.725", "0.00", "704.725"),
        # what calculating leaves behind the digits that are shown
        ("504.7199999999", "0.00", "504.72"),
        ("-504.7200000001", "0.00_);(0.00)", "-504.72"),
        ("34.9999999999", "0", "35"),
        ("0.97139999999", "0.00%", "97.14%"),
        ("504.71999", "0.00", "504.71999"),
        ("504.7199999999", "General", "504.7199999999"),
        ("0.00000001", "0.00", "0.00000001"),  # nothing is hidden
        ("1e40", "0.00", "1" + "0" * 40 + ".00"),
        ("0.9714", "0%", "97.14%"),
        ("704.7199999999999", "0.00", "704.72"),
        ("704.71999999999991", "0.00", "704.72"),
        ("0.30000000000000004", "General", "0.3"),
        # without exponent
        ("1E+21", "General", "1000000000000000000000"),
        ("1.5E-7", "General", "0.00000015"),
        ("1500", "0.00E+00", "1500"),
        ("35.0", "General", "35"),
        ("123456789012345678", "0", "123456789012345678"),
        # negative numbers, however they are drawn
        ("-1234.5", "#,##0.00_);(#,##0.00)", "-1234.50"),
        ("-1234.5", "#,##0.00_);[Red]\\(#,##0.00\\)", "-1234.50"),
        ("-5", "0.00;[Red]0.00", "-5.00"),
        ("-1234.5", ACCOUNTING, "-1234.50"),
        # zero drawn as a dash is 0, hidden it is not seen, a word is seen
        ("0", ACCOUNTING, "0"),
        ("0", "0.00;-0.00;;@", ""),
        ("0", "#", ""),
        ("0", '0;-0;"无"', "无"),
        ("5", ";;;", "5"),
        # words are seen; signs of currency say nothing new
        ("35", '0"人"', "35人"),
        ("35", 'General"人"', "35人"),
        ("35", 'G/通用格式"人"', "35人"),
        ("5", '"第"0"号"', "第5号"),
        ("1234.5", '"¥"#,##0.00', "1234.50"),
        ("-1234.5", "[$¥-804]#,##0.00;[$¥-804]-#,##0.00", "-1234.50"),
        ("5551234", "000-0000", "555-1234"),
        ("20230506", '0000"年"00"月"00"日"', "2023年05月06日"),
        # shown in thousands and ten thousands
        ("7047234", "0.00,", "7047.234"),
        ("7047000", "#,##0,", "7047"),
        ("70472", "0!.0000", "7.0472"),
        ("7047200", "0!.0,", "704.72"),
        ("7040000", "0\\.0,", "704.0"),
        # what is not drawn with these digits
        ("0.5", "# ?/?", "0.5"),
        ("12345", "[DBNum2][$-804]General", "12345"),
        ("5", '[>3]"大";"小"', "5"),
        ("5", "", "5"),
    ],
)
def test_numbers_as_they_are_seen(stored: str, number_format: str, text: str) -> None:
    assert show(stored_number(stored), number_format) == text


@pytest.mark.parametrize(
    ("stored", "number_format", "text"),
    [
        ("45052", "yyyy/m/d", "2023年5月6日"),
        ("45052", "mm-dd-yy", "2023年5月6日"),
        ("45052", 'yyyy"年"m"月"d"日";@', "2023年5月6日"),
        ("45052", "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "2023年5月6日"),
        ("45052", '[DBNum1][$-804]yyyy"年"m"月"d"日"', "2023年5月6日"),
        ("45052", "[$-804]aaaa;@", "2023年5月6日"),
        ("45052", "yyyy/m/d h:mm", "2023年5月6日"),
        ("45052.4375", "yyyy/m/d h:mm", "2023年5月6日 10:30"),
        ("45052.4375", "yyyy/m/d", "2023年5月6日 10:30"),
        ("45052.43767361111", "yyyy/m/d h:mm:ss", "2023年5月6日 10:30:15"),
        # a day or year that nobody wrote is not made up
        ("45047", 'yyyy"年"m"月"', "2023年5月"),
        ("45047", "mmm-yy", "2023年5月"),
        ("44927", "yyyy", "2023年"),
        ("45052", 'm"月"d"日"', "5月6日"),
        # times
        ("0.4375", "h:mm", "10:30"),
        ("0.4375", '上午/下午h"时"mm"分"', "10:30"),
        ("45052.4375", "h:mm AM/PM", "10:30"),
        ("1.5", "[h]:mm:ss", "36:00"),
        # figures that are no dates
        ("0", "yyyy/m/d", "0"),
        ("-1", "yyyy/m/d", "-1"),
        ("99999999", "yyyy/m/d", "99999999"),
    ],
)
def test_dates_as_they_are_seen(stored: str, number_format: str, text: str) -> None:
    assert show(stored_number(stored), number_format) == text


def test_dates_counted_from_1904() -> None:
    assert show(stored_number("43590"), "yyyy/m/d", from_1904=True) == "2023年5月6日"


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "45052"),
        (2, "45052.00"),
        (14, "2023年5月6日"),
        (31, "2023年5月6日"),
        (57, "2023年5月"),
        (999, "45052"),
    ],
)
def test_formats_that_have_only_a_number(number: int, text: str) -> None:
    assert show(stored_number("45052"), builtin_format(number)) == text


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("704.70", (704.7, "0.00")),
        ("0", (0, "0")),
        ("-3", (-3, "0")),
        ("0.00", (0, "0.00")),
        ("97.14%", (0.9714, "0.00%")),
        ("100%", (1, "0%")),
        ("0.1%", (0.001, "0.0%")),
        ("123456789012345", (123456789012345, "0")),
    ],
)
def test_texts_that_are_numbers(text: str, number: tuple[float, str]) -> None:
    assert to_number(text) == number


@pytest.mark.parametrize(
    "text",
    [
        *("", "-", "007", "00", "-0", "-0.00", "-0%", "+3", "1,234.50", "1e5", "5.", ".5", " 5"),
        *("5\n", "３", "五", "35人", "1234567890123456", "0.1234567890123456", "nan", "1_000"),
    ],
)
def test_texts_that_a_number_would_change(text: str) -> None:
    assert to_number(text) is None


@given(
    st.from_regex(r"-?(0|[1-9][0-9]{0,8})(\.[0-9]{1,5})?%?", fullmatch=True),
)
def test_a_number_shows_what_was_written(text: str) -> None:
    number = to_number(text)
    if number is None:
        assert text.startswith("-")
        assert not text.strip("-0.%")
    else:
        figure, number_format = number
        assert show(stored_number(f"{figure:.16g}"), number_format) == text


@given(st.decimals(-(10**9), 10**9, places=4), st.sampled_from(["General", "0.00", "#,##0", "0%"]))
def test_no_digit_is_lost(value: object, number_format: str) -> None:
    text = show(stored_number(float(str(value))), number_format)
    shown = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    assert f"{shown:.15g}" == f"{float(str(value)):.15g}"

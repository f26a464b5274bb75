//! The little arithmetic a result row needs, in integers: the browser does it too, and floating point
//! printing would cost it twenty kilobytes.

/// A decimal as an integer and the number of digits behind the point.
fn decimal(text: &str) -> Option<(i64, u32)> {
    let text = text.trim();
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, behind) = digits.split_once('.').unwrap_or((digits, ""));
    if whole.is_empty() && behind.is_empty() || behind.len() > 6 {
        return None;
    }
    let mut value: i64 = 0;
    for c in whole.chars().chain(behind.chars()) {
        value = value.checked_mul(10)?.checked_add(i64::from(c.to_digit(10)?))?;
    }
    Some((if negative { -value } else { value }, behind.len() as u32))
}

/// How much stricter `own` is than `baseline`, in tenths of a percent, rounded half away from zero;
/// none for a baseline of zero or below, a direction without better and worse, or text that is no decimal.
#[must_use]
pub fn strictness(direction: &str, own: &str, baseline: &str) -> Option<i64> {
    let ((own, a), (baseline, b)) = (decimal(own)?, decimal(baseline)?);
    let scale = a.max(b);
    let own = own.checked_mul(10_i64.checked_pow(scale - a)?)?;
    let baseline = baseline.checked_mul(10_i64.checked_pow(scale - b)?)?;
    if baseline <= 0 {
        return None;
    }
    let gain = match direction {
        "lower_better" => baseline.checked_sub(own)?,
        "higher_better" => own.checked_sub(baseline)?,
        _ => return None,
    };
    let twice = gain.checked_mul(2000)?.checked_div(baseline)?;
    Some(if twice >= 0 { (twice + 1) / 2 } else { (twice - 1) / 2 })
}

/// Days since 1970-01-01 as a date in the proleptic Gregorian calendar (Howard Hinnant's algorithm
/// `civil_from_days`).
#[must_use]
pub fn from_days(days: i64) -> String {
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let day = doy - (153 * mp + 2) / 5 + 1;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    let year = yoe + era * 400 + i64::from(month <= 2);
    let two = |n: i64| format!("{}{}", n / 10, n % 10);
    format!("{}{}-{}-{}", two(year / 100), two(year % 100), two(month), two(day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strictness_follows_the_direction_and_rounds_once() {
        assert_eq!(strictness("lower_better", "0.40", "0.55"), Some(273));
        assert_eq!(strictness("higher_better", "1800", "1300"), Some(385));
        assert_eq!(strictness("higher_better", "10", "10.0"), Some(0));
        assert_eq!(strictness("lower_better", "0.6", "0.5"), Some(-200));
        assert_eq!(strictness("within", "1", "2"), None);
        assert_eq!(strictness("lower_better", "1", "0"), None);
        assert_eq!(strictness("lower_better", "≤1", "2"), None);
        assert_eq!(strictness("higher_better", "99999999999999999", "1"), None);
    }

    #[test]
    fn a_day_number_is_the_date_chrono_says() {
        let epoch = chrono::NaiveDate::from_ymd_opt(1970, 1, 1).unwrap();
        for days in (-30_000..60_000).step_by(97) {
            let date = epoch + chrono::Duration::days(days);
            assert_eq!(from_days(days), date.format("%Y-%m-%d").to_string());
        }
    }
}

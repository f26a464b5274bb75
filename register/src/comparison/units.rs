//! Units of measured indicators and exact factors between them.
//!
//! Names are those the lists print; UCUM names of the same units are understood too. Factors are
//! exact by definition (SI Brochure, 9th edition; international yard and pound of 1959). Degrees
//! Celsius and Fahrenheit have different zeros and do not convert by a factor, so they do not convert.

use super::Ratio;

/// Unit, its dimension, and its size in the dimension's base unit as numerator and denominator.
type Unit = (&'static str, &'static str, i64, i64);

const UNITS: &[Unit] = &[
    // energy per time; a year is 365 days, as energy labels count it
    ("kW·h/d", "energy rate", 365, 1),
    ("kW·h/a", "energy rate", 1, 1),
    ("kW·h/24h", "energy rate", 365, 1),
    // energy
    ("J", "energy", 1, 1),
    ("kJ", "energy", 1000, 1),
    ("MJ", "energy", 1_000_000, 1),
    ("W·h", "energy", 3600, 1),
    ("kW·h", "energy", 3_600_000, 1),
    // power
    ("W", "power", 1, 1),
    ("kW", "power", 1000, 1),
    ("mW", "power", 1, 1000),
    // force, pressure
    ("N", "force", 1, 1),
    ("kN", "force", 1000, 1),
    ("mN", "force", 1, 1000),
    ("Pa", "pressure", 1, 1),
    ("kPa", "pressure", 1000, 1),
    ("MPa", "pressure", 1_000_000, 1),
    ("GPa", "pressure", 1_000_000_000, 1),
    ("bar", "pressure", 100_000, 1),
    ("N/mm²", "pressure", 1_000_000, 1),
    // length, area, volume
    ("m", "length", 1, 1),
    ("km", "length", 1000, 1),
    ("cm", "length", 1, 100),
    ("mm", "length", 1, 1000),
    ("μm", "length", 1, 1_000_000),
    ("nm", "length", 1, 1_000_000_000),
    ("in", "length", 254, 10_000),
    ("ft", "length", 3048, 10_000),
    ("m²", "area", 1, 1),
    ("cm²", "area", 1, 10_000),
    ("mm²", "area", 1, 1_000_000),
    ("m³", "volume", 1000, 1),
    ("L", "volume", 1, 1),
    ("mL", "volume", 1, 1000),
    ("ft³", "volume", 28_316_846_592, 1_000_000_000),
    // mass, concentration
    ("t", "mass", 1_000_000, 1),
    ("kg", "mass", 1000, 1),
    ("g", "mass", 1, 1),
    ("mg", "mass", 1, 1000),
    ("μg", "mass", 1, 1_000_000),
    ("lb", "mass", 45_359_237, 100_000),
    ("g/L", "concentration", 1_000_000, 1),
    ("mg/L", "concentration", 1000, 1),
    ("μg/L", "concentration", 1, 1),
    ("mg/m³", "concentration", 1, 1),
    ("μg/m³", "concentration", 1, 1000),
    ("g/kg", "mass fraction", 1_000_000, 1),
    ("mg/kg", "mass fraction", 1000, 1),
    ("μg/kg", "mass fraction", 1, 1),
    // shares
    ("%", "share", 1, 100),
    ("‰", "share", 1, 1000),
    ("1", "share", 1, 1),
    ("ppm", "share", 1, 1_000_000),
    // time, frequency, speed, flow
    ("s", "time", 1, 1),
    ("ms", "time", 1, 1000),
    ("min", "time", 60, 1),
    ("h", "time", 3600, 1),
    ("d", "time", 86_400, 1),
    ("Hz", "frequency", 1, 1),
    ("kHz", "frequency", 1000, 1),
    ("MHz", "frequency", 1_000_000, 1),
    ("m/s", "speed", 1, 1),
    ("km/h", "speed", 1000, 3600),
    ("L/min", "flow", 60, 1),
    ("L/h", "flow", 1, 1),
    ("m³/h", "flow", 1000, 1),
    ("m³/min", "flow", 60_000, 1),
    // electricity
    ("V", "voltage", 1, 1),
    ("kV", "voltage", 1000, 1),
    ("mV", "voltage", 1, 1000),
    ("A", "current", 1, 1),
    ("mA", "current", 1, 1000),
    ("μA", "current", 1, 1_000_000),
    ("Ω", "resistance", 1, 1),
    ("kΩ", "resistance", 1000, 1),
    ("MΩ", "resistance", 1_000_000, 1),
    // cycles
    ("次", "count", 1, 1),
    ("万次", "count", 10_000, 1),
];

/// Other ways to write the same unit.
const SPELLINGS: &[(&str, &str)] = &[
    ("kWh/d", "kW·h/d"),
    ("kWh/day", "kW·h/d"),
    ("kW.h/d", "kW·h/d"),
    ("kWh/24h", "kW·h/24h"),
    ("kWh/yr", "kW·h/a"),
    ("kWh/year", "kW·h/a"),
    ("kWh/a", "kW·h/a"),
    ("kW·h/yr", "kW·h/a"),
    ("kW.h/a", "kW·h/a"),
    ("kWh", "kW·h"),
    ("kW.h", "kW·h"),
    ("Wh", "W·h"),
    ("l", "L"),
    ("升", "L"),
    ("ml", "mL"),
    ("um", "μm"),
    ("ug", "μg"),
    ("ug/L", "μg/L"),
    ("mg/l", "mg/L"),
    ("ug/m3", "μg/m³"),
    ("m2", "m²"),
    ("cm2", "cm²"),
    ("mm2", "mm²"),
    ("m3", "m³"),
    ("cu ft", "ft³"),
    ("ft3", "ft³"),
    ("N/mm2", "N/mm²"),
    ("m3/h", "m³/h"),
    ("m3/min", "m³/min"),
    ("Ohm", "Ω"),
    ("[in_i]", "in"),
    ("[lb_av]", "lb"),
    ("[ppm]", "ppm"),
];

/// The factor that turns a value in `from` into one in `to`; `None` where they measure different
/// things or one is not in the table. A unit always converts into itself, known or not.
#[must_use]
pub fn factor(from: &str, to: &str) -> Option<Ratio> {
    let (from, to) = (spelling(from), spelling(to));
    if from == to {
        return (!from.is_empty()).then_some(Ratio::whole(1));
    }
    let (_, dimension, numerator, denominator) = find(&from)?;
    let (_, same, other_numerator, other_denominator) = find(&to)?;
    if dimension != same {
        return None;
    }
    let size = Ratio::new((*numerator).into(), (*denominator).into())?;
    size.over(Ratio::new((*other_numerator).into(), (*other_denominator).into())?)
}

fn find(unit: &str) -> Option<&'static Unit> {
    UNITS.iter().find(|(name, ..)| *name == unit)
}

/// One way to write a unit: no spaces round it, one micro sign, one middle dot, one percent sign.
fn spelling(unit: &str) -> String {
    let mut out = String::new();
    for c in unit.trim().chars() {
        match c {
            'µ' => out.push('μ'),
            '•' | '⋅' | '∙' | '・' => out.push('·'),
            '％' => out.push('%'),
            '／' => out.push('/'),
            'Ω' => out.push('Ω'),
            c => out.push(c),
        }
    }
    SPELLINGS.iter().find(|(other, _)| *other == out).map_or(out, |(_, unit)| (*unit).to_owned())
}

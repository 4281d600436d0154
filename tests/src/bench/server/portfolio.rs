//! An invented portfolio as import files, of any size: six properties, a water meter in every fourth unit, gas in some.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use anyhow::Result;
use shared::period::Period;

use super::seed::first_period;

const PROPERTIES: [(&str, &str, &str); 6] = [
    ("GC A", "Pacific/Guam", "residential"),
    ("GCB", "Pacific/Guam", "residential"),
    ("HV", "Pacific/Guam", "residential"),
    ("MKT", "Pacific/Guam", "commercial"),
    ("PLZ", "America/Bogota", "residential"),
    ("WHS", "Europe/Dublin", "commercial"),
];

/// How large it is.
#[derive(Debug, Clone, Copy)]
pub(in crate::bench) struct Portfolio {
    pub(in crate::bench) units: usize,
    /// Months with a reading of each meter.
    pub(in crate::bench) months: usize,
    /// The last of them.
    pub(in crate::bench) last: Period,
}

impl Portfolio {
    /// The large one of the measurements: 52,000 meter points, as every fourth unit has a second meter and some a third.
    pub(super) fn large() -> Self {
        Self {
            units: 40_000,
            months: 36,
            last: first_period().previous(),
        }
    }

    /// Writes the five files.
    pub(in crate::bench) fn write(self, folder: &Path) -> Result<()> {
        let mut files = Files::new();
        let periods: Vec<Period> = self.periods();
        let unit_count = self.units.div_ceil(PROPERTIES.len());
        for index in 0..self.units {
            let (property, number) = (PROPERTIES[index / unit_count], index % unit_count);
            files.unit(property, number, index)?;
            files.meter(property.0, number, "electricity", 5, index, &periods)?;
            if index.is_multiple_of(4) {
                files.meter(property.0, number, "water", 5, index, &periods)?;
            }
            if property.0 == "WHS" && index.is_multiple_of(3) {
                files.meter(property.0, number, "gas", 6, index, &periods)?;
            }
        }
        files.store(folder)
    }

    fn periods(self) -> Vec<Period> {
        let mut periods: Vec<Period> = std::iter::successors(Some(self.last), |it| Some(it.previous()))
            .take(self.months)
            .collect();
        periods.reverse();
        periods
    }
}

struct Files {
    properties: String,
    units: String,
    meters: String,
    tenancies: String,
    readings: String,
}

impl Files {
    fn new() -> Self {
        let mut properties = String::from("property_code,name,timezone,kind\n");
        for (code, zone, kind) in PROPERTIES {
            properties.push_str(&format!("{code},Property {code},{zone},{kind}\n"));
        }
        Self {
            properties,
            units: "property_code,building,unit_no,unit_type,route_seq,access_note\n".into(),
            meters: "serial,property_code,building,unit_no,utility,dials,decimals,multiplier,installed_on,\
                     initial_value,removed_on,final_value\n"
                .into(),
            tenancies: "tenant_code,tenant_name,property_code,building,unit_no,move_in,move_out\n".into(),
            readings: "serial,period,kind,value,read_at,read_by,remarks\n".into(),
        }
    }

    fn unit(&mut self, property: (&str, &str, &str), number: usize, index: usize) -> Result<()> {
        let code = property.0;
        writeln!(
            self.units,
            "{code},,{},2 BR,{},Key at the office",
            number + 101,
            number + 1
        )?;
        writeln!(
            self.tenancies,
            "T{index:06},Tenant {index},{code},,{},2015-03-14,",
            number + 101
        )?;
        Ok(())
    }

    fn meter(
        &mut self,
        code: &str,
        number: usize,
        utility: &str,
        dials: u32,
        index: usize,
        periods: &[Period],
    ) -> Result<()> {
        let serial = format!("{}{index:08}", utility[..1].to_uppercase());
        // Months of different use, so that the mean of the checks has something to do.
        let start = index * 37 % 30_000;
        writeln!(
            self.meters,
            "{serial},{code},,{},{utility},{dials},0,1,2015-01-31,{start},,",
            number + 101
        )?;
        for (month, period) in periods.iter().enumerate() {
            let value = start + (month + 1) * (90 + index % 60);
            let hour = 8 + index % 9;
            writeln!(
                self.readings,
                "{serial},{period},regular,{value},{period}-27T{hour:02}:30:00,ana,"
            )?;
        }
        Ok(())
    }

    fn store(&self, folder: &Path) -> Result<()> {
        fs::create_dir_all(folder)?;
        for (name, text) in [
            ("properties.csv", &self.properties),
            ("units.csv", &self.units),
            ("meters.csv", &self.meters),
            ("tenancies.csv", &self.tenancies),
            ("readings.csv", &self.readings),
        ] {
            fs::write(folder.join(name), text)?;
        }
        Ok(())
    }
}

//! A customer small enough to see through: two properties, three units, four meters.

use server::import::ImportFiles;

pub(crate) const PROPERTIES: &str = "property_code,name,timezone,kind\n\
GC A,\"Garden Court, Block A\",Pacific/Guam,residential\n\
WHS,Dockside Warehouses,Europe/Dublin,commercial\n";

pub(crate) const UNITS: &str = "property_code,building,unit_no,unit_type,route_seq,access_note\n\
GC A,,101,Studio,1,\n\
GC A,,102,1 BR,2,Meter behind the stairs\n\
WHS,,W-1,Shop,1,\n";

pub(crate) const METERS: &str = "serial,property_code,building,unit_no,utility,dials,decimals,multiplier,installed_on,initial_value,removed_on,final_value\n\
E1,GC A,,101,electricity,5,0,1,2024-07-28,45000,,\n\
W1,GC A,,101,water,5,3,1,2024-07-28,10.5,,\n\
E2,GC A,,102,electricity,5,0,1,2024-07-28,99000,,\n\
E3,WHS,,W-1,electricity,5,0,10,2024-07-28,0,,\n";

pub(crate) const TENANCIES: &str = "tenant_code,tenant_name,property_code,building,unit_no,move_in,move_out\n\
T1,Ines O'Dowd,GC A,,101,2024-08-29,2026-10-31\n\
T2,Viktor Okafor,GC A,,101,2026-11-01,\n\
T3,Chidi Nguyễn,GC A,,102,2025-02-21,\n";

pub(crate) const READINGS: &str = "serial,period,kind,value,read_at,read_by,remarks\n\
E1,2026-09,regular,46074,2026-09-28T14:27:00,ana,\n\
E1,2026-10,regular,46211,2026-10-31T23:30:00,ben,\n\
E2,2026-10,regular,99986,2026-10-29T09:00:00,ana,gate was open\n\
E3,2026-10,regular,100,2026-10-30T10:00:00,ben,\n";

/// All five files.
pub(crate) fn files() -> ImportFiles {
    let mut files = ImportFiles::default();
    files.add("properties.csv", PROPERTIES);
    files.add("units.csv", UNITS);
    files.add("meters.csv", METERS);
    files.add("tenancies.csv", TENANCIES);
    files.add("readings.csv", READINGS);
    files
}

/// All five files, one of them with other content.
pub(crate) fn files_with(name: &'static str, content: impl Into<Vec<u8>>) -> ImportFiles {
    let mut files = files();
    files.add(name, content);
    files
}

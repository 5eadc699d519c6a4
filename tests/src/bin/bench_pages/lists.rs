//! Master data as files, imported by the hub's own import.

use countersign_hub::Hub;
use countersign_hub::import::Options;
use countersign_hub::master::book;

use crate::amounts::Amounts;

/// Words of parts in the four languages.
const PARTS: [[&str; 4]; 10] = [
    ["Shaft seal", "Retén de eje", "轴封", "軸封"],
    ["Oil filter", "Filtro de aceite", "机油滤芯", "機油濾芯"],
    ["Hydraulic hose", "Manguera hidráulica", "液压软管", "液壓軟管"],
    ["Drive belt", "Correa de transmisión", "传动皮带", "傳動皮帶"],
    ["Limit switch", "Final de carrera", "限位开关", "限位開關"],
    ["Spindle bearing", "Rodamiento de husillo", "主轴轴承", "主軸軸承"],
    ["Pressure gauge", "Manómetro", "压力表", "壓力錶"],
    ["Solenoid valve", "Electroválvula", "电磁阀", "電磁閥"],
    ["Fuse", "Fusible", "熔断器", "熔斷器"],
    ["Gasket set", "Juego de juntas", "垫片组", "墊片組"],
];
const GROUPS: [&str; 5] = ["wear", "consumable", "standard", "tool", "auxiliary"];
const TOWNS: [&str; 6] = ["Valencia", "Zaragoza", "Kaohsiung", "Suzhou", "Lyon", "Bradford"];

/// What the customer at this place is called: one in four in Chinese, some with quotes or in Arabic.
fn customer_name(place: usize) -> String {
    match place % 8 {
        0 => format!("华东泵业有限公司 {place}"),
        1 => format!("Acme Farm {place}"),
        2 => format!("Talleres \"{}\" {place}", TOWNS[place % TOWNS.len()]),
        3 => format!("{} Machining {place}", TOWNS[place % TOWNS.len()]),
        4 => format!("苏州精密机械厂 {place}"),
        5 => format!("O'Brien & Sons {place}"),
        6 => format!("مضخات النيل {place}"),
        _ => format!("Harvest Works {place}"),
    }
}

/// The serial number of the machine at this place.
pub fn serial(place: usize) -> String {
    format!("H7-{place:06}")
}

fn quoted(cell: &str) -> String {
    format!("\"{}\"", cell.replace('"', "\"\""))
}

/// Imports every list.
pub fn import(hub: &Hub, amounts: &Amounts) {
    import_one(hub, "models", "code,name_en,name_zh-Hans,meter_unit", 40, |place| {
        format!("MX-{place:02},Press MX {place},液压机 MX {place},h")
    });
    import_one(hub, "customers", "number,name,class,address,phone,language", amounts.customers, |place| {
        let language = ["en", "es", "zh-Hans", "zh-Hant"][place % 4];
        let town = TOWNS[place % TOWNS.len()];
        format!(
            "C-{place:06},{},,\"Mill road {place}\n{town}\",+34 600 {place:06},{language}",
            quoted(&customer_name(place))
        )
    });
    import_one(hub, "sites", "customer,name,address", amounts.customers, |place| {
        format!("C-{place:06},North hall {},Mill road {place}", place % 7)
    });
    import_one(hub, "contacts", "customer,name,position,phone", amounts.customers, |place| {
        format!("C-{place:06},Lin {place},厂长,+34 611 {place:06}")
    });
    import_one(
        hub,
        "parts",
        "code,name_en,name_es,name_zh-Hans,name_zh-Hant,group,unit,price",
        amounts.parts,
        |place| {
            let [en, es, hans, hant] = PARTS[place % PARTS.len()];
            let size = place / PARTS.len();
            let group = GROUPS[place % GROUPS.len()];
            let (euros, cents) = (3 + place % 900, place % 100);
            format!("P-{place:06},{en} {size},{es} {size},{hans} {size},{hant} {size},{group},pcs,{euros}.{cents:02}")
        },
    );
    import_one(
        hub,
        "machines",
        "serial,model,customer,site,warranty_until,contract,meter",
        amounts.customers,
        |place| {
            let year = 2025 + place % 3;
            let contract = if place % 5 == 0 { format!("K-{place}") } else { String::new() };
            format!(
                "{},MX-{:02},C-{place:06},North hall {},{year}-06-30,{contract},{}",
                serial(place),
                place % 40,
                place % 7,
                100 + place % 900
            )
        },
    );
}

fn import_one(hub: &Hub, path: &str, heads: &str, count: usize, line: impl Fn(usize) -> String) {
    let book = book(path).expect("a book of the hub");
    let mut text = format!("{heads}\n");
    for place in 0..count {
        text.push_str(&line(place));
        text.push('\n');
    }
    let mut told = 0;
    let mut hear = |done: usize, total: usize| {
        if done / 20_000 > told {
            told = done / 20_000;
            eprintln!("{path}: {done} of {total}");
        }
    };
    let report = hub.import(&hub.system(), book, text.as_bytes(), &Options::default(), &mut hear).expect("a list");
    let first: Vec<_> = report.findings.iter().take(3).collect();
    assert!(report.is_clean() && report.new == count, "{path}: {} of {count} new, {first:?}", report.new);
}

//! The sample price list: wear parts, consumables and standard parts, named in four languages.

use countersign_model::LocalText;
use countersign_model::entity::Part;
use countersign_model::money::Money;

use crate::error::Outcome;
use crate::hub::Hub;

/// Code, cents, wears, names in en, es, zh-Hans, zh-Hant.
type Line = (&'static str, i64, bool, [&'static str; 4]);

const PARTS: &[Line] = &[
    (
        "SEAL-0042",
        18_500,
        true,
        ["Mechanical seal, SiC/carbon", "Cierre mecánico, SiC/carbono", "机械密封，碳化硅/碳", "機械軸封，碳化矽/碳"],
    ),
    ("SEAL-0051", 2_480, true, ["Shaft seal ring 45 mm", "Retén de eje 45 mm", "45 毫米轴封圈", "45 公釐軸封圈"]),
    ("ORNG-0110", 1_240, true, ["O-ring set", "Juego de juntas tóricas", "O 形圈组", "O 形環組"]),
    (
        "BRG-6308",
        4_120,
        true,
        ["Deep groove ball bearing 6308", "Rodamiento de bolas 6308", "6308 深沟球轴承", "6308 深溝滾珠軸承"],
    ),
    (
        "BRG-6310",
        5_360,
        true,
        ["Deep groove ball bearing 6310", "Rodamiento de bolas 6310", "6310 深沟球轴承", "6310 深溝滾珠軸承"],
    ),
    (
        "FLT-0201",
        3_190,
        true,
        ["Hydraulic return filter", "Filtro hidráulico de retorno", "液压回油滤芯", "液壓回油濾芯"],
    ),
    ("FLT-0202", 2_690, true, ["Air filter cartridge", "Cartucho de filtro de aire", "空气滤芯", "空氣濾芯"]),
    ("FLT-0203", 1_980, true, ["Fuel filter", "Filtro de combustible", "燃油滤清器", "燃油濾清器"]),
    (
        "BELT-0301",
        7_450,
        true,
        ["Drive belt 2240 mm", "Correa de transmisión 2240 mm", "2240 毫米传动带", "2240 公釐傳動帶"],
    ),
    (
        "BELT-0302",
        4_980,
        true,
        ["V-belt SPB 1800", "Correa trapezoidal SPB 1800", "SPB 1800 三角带", "SPB 1800 三角皮帶"],
    ),
    ("KNF-0401", 6_820, true, ["Cutter blade", "Cuchilla de corte", "割刀片", "割刀片"]),
    ("KNF-0402", 890, true, ["Blade bolt set", "Juego de tornillos de cuchilla", "刀片螺栓组", "刀片螺栓組"]),
    (
        "HOSE-0501",
        5_570,
        false,
        ["High-pressure hose 1.2 m", "Manguera de alta presión 1,2 m", "1.2 米高压软管", "1.2 公尺高壓軟管"],
    ),
    (
        "HOSE-0502",
        3_240,
        false,
        ["Suction hose 0.8 m", "Manguera de aspiración 0,8 m", "0.8 米吸油管", "0.8 公尺吸油管"],
    ),
    ("VLV-0601", 21_400, false, ["Pressure relief valve", "Válvula limitadora de presión", "溢流阀", "溢流閥"]),
    ("VLV-0602", 17_900, false, ["Solenoid valve 24 V", "Electroválvula 24 V", "24 伏电磁阀", "24 伏電磁閥"]),
    ("PMP-0701", 86_000, false, ["Hydraulic gear pump", "Bomba hidráulica de engranajes", "液压齿轮泵", "液壓齒輪泵"]),
    ("IMP-0702", 34_500, true, ["Impeller 210 mm", "Impulsor 210 mm", "210 毫米叶轮", "210 公釐葉輪"]),
    ("CPL-0703", 9_650, true, ["Coupling insert", "Inserto de acoplamiento", "联轴器弹性体", "聯軸器彈性體"]),
    (
        "SEN-0801",
        12_300,
        false,
        ["Pressure sensor 0–250 bar", "Sensor de presión 0–250 bar", "0–250 巴压力传感器", "0–250 巴壓力感測器"],
    ),
    (
        "SEN-0802",
        8_450,
        false,
        ["Temperature sensor Pt100", "Sensor de temperatura Pt100", "Pt100 温度传感器", "Pt100 溫度感測器"],
    ),
    ("SEN-0803", 6_900, false, ["Proximity switch M18", "Detector inductivo M18", "M18 接近开关", "M18 近接開關"]),
    ("ELC-0901", 15_800, false, ["Contactor 40 A", "Contactor 40 A", "40 安接触器", "40 安接觸器"]),
    ("ELC-0902", 2_150, false, ["Fuse set", "Juego de fusibles", "熔断器组", "保險絲組"]),
    (
        "ELC-0903",
        48_900,
        false,
        ["Frequency inverter 5.5 kW", "Variador de frecuencia 5,5 kW", "5.5 千瓦变频器", "5.5 千瓦變頻器"],
    ),
    (
        "OIL-1001",
        980,
        false,
        ["Hydraulic oil HLP 46, 1 l", "Aceite hidráulico HLP 46, 1 l", "HLP 46 液压油，1 升", "HLP 46 液壓油，1 公升"],
    ),
    (
        "OIL-1002",
        1_460,
        false,
        ["Lithium grease EP 2, 400 g", "Grasa de litio EP 2, 400 g", "EP 2 锂基脂，400 克", "EP 2 鋰基潤滑脂，400 克"],
    ),
    ("TOL-1101", 5_200, false, ["Seal mounting sleeve", "Casquillo de montaje de retenes", "密封安装套", "軸封安裝套"]),
];

/// Standard rate of the sample company in basis points (21 %).
const TAX: i64 = 2_100;

/// Saves the price list.
pub(super) fn fill(hub: &Hub) -> Outcome {
    for (code, cents, wear, names) in PARTS {
        let part = Part {
            code: (*code).to_owned(),
            name: LocalText::four(*names),
            price: Money::new(*cents, "EUR"),
            tax_basis_points: TAX,
            wear: *wear,
            ..Part::default()
        };
        hub.save(&hub.system(), hub.new_id()?, &part)?;
    }
    Ok(())
}

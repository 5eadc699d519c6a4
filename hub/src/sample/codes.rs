//! The sample company's code lists, in four languages: symptoms, causes, remedies, customer classes, standard remarks.

use countersign_model::LocalText;
use countersign_model::entity::{Code, code_id, code_list};

use crate::error::Outcome;
use crate::hub::Hub;
use crate::service::Actor;

/// Code and name in English, Spanish, Simplified and Traditional Chinese.
type Entry = (&'static str, [&'static str; 4]);

const SYMPTOMS: &[Entry] = &[
    ("leak", ["Leaks", "Fuga", "泄漏", "洩漏"]),
    ("noise", ["Unusual noise", "Ruido anormal", "异响", "異音"]),
    ("vibration", ["Vibration", "Vibración", "振动", "振動"]),
    ("overheats", ["Overheats", "Se sobrecalienta", "过热", "過熱"]),
    ("no-start", ["Does not start", "No arranca", "无法启动", "無法啟動"]),
    ("low-pressure", ["Pressure too low", "Presión insuficiente", "压力不足", "壓力不足"]),
    ("alarm", ["Alarm shown", "Alarma en pantalla", "报警", "警報"]),
    ("inaccurate", ["Inaccurate work", "Trabajo impreciso", "加工精度差", "加工精度差"]),
];

const CAUSES: &[Entry] = &[
    ("wear", ["Wear", "Desgaste", "磨损", "磨損"]),
    ("dirt", ["Dirt", "Suciedad", "污物", "髒污"]),
    ("loose", ["Loose connection", "Conexión floja", "连接松动", "連接鬆動"]),
    ("electrical", ["Electrical fault", "Avería eléctrica", "电气故障", "電氣故障"]),
    ("operation", ["Wrong operation", "Uso incorrecto", "操作不当", "操作不當"]),
    ("maker", ["Maker's fault", "Defecto de fábrica", "制造缺陷", "製造缺陷"]),
    ("lack-of-oil", ["Lack of oil", "Falta de aceite", "缺油", "缺油"]),
];

const REMEDIES: &[Entry] = &[
    ("replaced", ["Part replaced", "Pieza sustituida", "更换配件", "更換零件"]),
    ("adjusted", ["Adjusted", "Ajustado", "调整", "調整"]),
    ("cleaned", ["Cleaned", "Limpiado", "清洁", "清潔"]),
    ("tightened", ["Tightened", "Apretado", "紧固", "鎖緊"]),
    ("instructed", ["Operator instructed", "Operador instruido", "指导操作人员", "指導操作人員"]),
    ("updated", ["Software updated", "Software actualizado", "更新软件", "更新軟體"]),
    ("provisional", ["Provisional repair", "Reparación provisional", "临时修复", "臨時修復"]),
];

const CLASSES: &[Entry] = &[
    ("comprehensive", ["Comprehensive service", "Servicio integral", "全面服务", "全面服務"]),
    ("special", ["Special service", "Servicio especial", "特别服务", "特別服務"]),
    ("appropriate", ["Appropriate service", "Servicio adecuado", "适当服务", "適當服務"]),
];

const REMARKS: &[Entry] = &[
    (
        "photo-missing",
        ["A photo as left is missing", "Falta una foto del estado final", "缺少离开时的照片", "缺少離開時的照片"],
    ),
    (
        "value-unusual",
        [
            "This value is unusual: say why",
            "Este valor es inusual: explique por qué",
            "此数值异常，请说明原因",
            "此數值異常，請說明原因",
        ],
    ),
    (
        "time-implausible",
        [
            "The times do not fit the work",
            "Los tiempos no corresponden al trabajo",
            "工时与工作内容不符",
            "工時與工作內容不符",
        ],
    ),
    (
        "part-batch",
        [
            "Give batch or serial of the part",
            "Indique lote o serie de la pieza",
            "请填写配件批号或序列号",
            "請填寫零件批號或序號",
        ],
    ),
];

/// Adds every list.
pub(super) fn add(hub: &Hub, system: &Actor) -> Outcome {
    let lists = [
        (code_list::SYMPTOM, SYMPTOMS),
        (code_list::CAUSE, CAUSES),
        (code_list::REMEDY, REMEDIES),
        (code_list::CUSTOMER_CLASS, CLASSES),
        (code_list::REMARK, REMARKS),
    ];
    for (list, entries) in lists {
        for (code, names) in entries {
            let body = Code {
                list: list.to_owned(),
                code: (*code).to_owned(),
                name: LocalText::four(*names),
                ..Code::default()
            };
            hub.save(system, code_id(list, code), &body)?;
        }
    }
    Ok(())
}

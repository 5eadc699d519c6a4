//! A voucher in each language, with photos, parts, charges and signatures that the repository makes itself.
#![allow(dead_code, reason = "each test program uses a part of these samples")]

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use countersign_evidence::Orientation;
use countersign_evidence::samples::{SampleClaims, sample_photo, sample_png, sample_signature};
use countersign_model::document::*;
use countersign_model::entity::{Ink, Shape, Spot, next_place};
use countersign_model::money::{Line, Money, totals};
use countersign_model::time::TimeRecord;
use countersign_model::trust::{Credential, PrivateKey, TenantKey, TrustChain};
use countersign_model::{Digest, Id, Language};

/// 2026-11-20T13:30:00Z.
pub const PREPARED: i64 = 1_795_181_400_000;

/// The words of one language's sample.
pub struct Words {
    pub language: Language,
    pub zone: &'static str,
    pub company: [&'static str; 3],
    pub customer: [&'static str; 3],
    pub site: [&'static str; 2],
    pub machine: [&'static str; 3],
    pub fault: &'static str,
    pub people: [&'static str; 2],
    pub form: &'static str,
    pub sections: [&'static str; 2],
    pub questions: [[&'static str; 2]; 8],
    pub captions: [&'static str; 3],
    pub parts: [&'static str; 2],
    pub charges: [&'static str; 2],
    pub currency: &'static str,
    /// Label and number.
    pub tax: [&'static str; 2],
    pub remarks: &'static str,
    pub signer: &'static str,
}

pub fn words(language: Language) -> Words {
    match language {
        Language::English => Words {
            language,
            zone: "Europe/London",
            company: ["Northfield Machine Service Ltd", "14 Foundry Lane\nSheffield S3 8GA", "+44 114 496 0000"],
            customer: ["Acme Farm Machinery", "North barn, Mill Road\nBakewell DE45 1AA", "+44 1629 555 010"],
            site: ["North barn", "Mill Road, Bakewell"],
            machine: ["Harvester H7", "3391", "Bay 2, next to the grain drier"],
            fault: "Oil leaks at the hydraulic pump; pressure falls after ten minutes of work. Machine stopped since this morning.",
            people: ["Ana Morales", "Tom Reed"],
            form: "Hydraulics inspection",
            sections: ["Hydraulics", "Work done"],
            questions: [
                ["Oil pressure at idle (bar)", "184"],
                ["Leak seen at", "Pump, shaft seal"],
                ["Oil level before work", "Below the lower mark"],
                ["Condition of the filter", ""],
                [
                    "What was done",
                    "Removed the pump, replaced the shaft seal and both O-rings, flushed the return line, filled 14.5 l of HLP 46 and bled the circuit. Ran the machine for thirty minutes under load: no leak, pressure steady.",
                ],
                ["Oil pressure after work (bar)", "176"],
                ["Test run finished without a finding", "Yes"],
                ["Next inspection due", "20 May 2027"],
            ],
            captions: [
                "Leak at the pump's shaft seal",
                "New seal fitted, dry after the test run",
                "Film of the test run",
            ],
            parts: ["Shaft seal kit with O-rings", "Hydraulic oil HLP 46, litre"],
            charges: ["Labour", "Travel"],
            currency: "GBP",
            tax: ["VAT", "GB 123 4567 89"],
            remarks: "The noise at the left wheel remains; please look at it on the next visit.",
            signer: "Margaret Hale",
        },
        Language::Spanish => Words {
            language,
            zone: "Europe/Madrid",
            company: ["Servicio Técnico Ibáñez, S. L.", "C/ Peñuelas 12\n28005 Madrid", "+34 91 555 01 20"],
            customer: ["Cooperativa Agrícola La Vega", "Ctra. de Toledo km 18\n28981 Parla", "+34 91 555 77 00"],
            site: ["Nave norte", "Ctra. de Toledo km 18, Parla"],
            machine: ["Cosechadora H7", "3391", "Puesto 2, junto al secadero"],
            fault: "Fuga de aceite en la bomba hidráulica; la presión cae a los diez minutos. La máquina está parada desde esta mañana.",
            people: ["Íñigo Núñez", "Lucía Peña"],
            form: "Inspección hidráulica",
            sections: ["Hidráulica", "Trabajo realizado"],
            questions: [
                ["Presión de aceite al ralentí (bar)", "184"],
                ["Fuga observada en", "Bomba, retén del eje"],
                ["Nivel de aceite antes del trabajo", "Por debajo de la marca inferior"],
                ["Estado del filtro", ""],
                [
                    "Qué se hizo",
                    "Se desmontó la bomba, se sustituyeron el retén del eje y las dos juntas tóricas, se limpió la línea de retorno, se cargaron 14,5 l de HLP 46 y se purgó el circuito. Prueba de treinta minutos con carga: sin fugas y presión estable.",
                ],
                ["Presión de aceite después (bar)", "176"],
                ["Prueba terminada sin incidencias", "Sí"],
                ["Próxima inspección", "20 may 2027"],
            ],
            captions: [
                "Fuga en el retén del eje de la bomba",
                "Retén nuevo, seco después de la prueba",
                "Vídeo de la prueba",
            ],
            parts: ["Juego de retén con juntas tóricas", "Aceite hidráulico HLP 46, litro"],
            charges: ["Mano de obra", "Desplazamiento"],
            currency: "EUR",
            tax: ["IVA", "ESB12345674"],
            remarks: "Sigue el ruido en la rueda izquierda; revísenlo en la próxima visita.",
            signer: "María José Gutiérrez",
        },
        Language::SimplifiedChinese => Words {
            language,
            zone: "Asia/Shanghai",
            company: ["华北农机服务有限公司", "北京市丰台区南四环西路188号", "+86 10 5555 0120"],
            customer: ["绿源农业合作社", "河北省保定市清苑区东吕乡", "+86 312 555 7700"],
            site: ["北仓库", "清苑区东吕乡北仓库"],
            machine: ["H7 型联合收割机", "3391", "二号机位，烘干机旁"],
            fault: "液压泵处漏油，工作十分钟后压力下降，今早起设备已停机。",
            people: ["陈晓骨", "林志远"],
            form: "液压系统检查表",
            sections: ["液压系统", "处理情况"],
            questions: [
                ["怠速油压（bar）", "184"],
                ["漏油部位", "液压泵轴封"],
                ["作业前油位", "低于下限"],
                ["滤芯状况", ""],
                [
                    "处理内容",
                    "拆下液压泵，更换轴封和两只O形圈，冲洗回油管路，加注HLP 46液压油14.5升并排气；带载试车三十分钟，无渗漏，压力稳定。建议三个月后复检，并备妥“轴封组件”一套。",
                ],
                ["处理后油压（bar）", "176"],
                ["试车正常", "是"],
                ["下次检查日期", "2027年5月20日"],
            ],
            captions: ["液压泵轴封漏油", "更换轴封，试车后无渗漏", "试车录像"],
            parts: ["轴封组件（含O形圈）", "HLP 46 液压油（升）"],
            charges: ["人工费", "差旅费"],
            currency: "CNY",
            tax: ["增值税", "91110106MA01ABCD2X"],
            remarks: "左轮仍有异响，请下次服务时检查。",
            signer: "王建国",
        },
        Language::TraditionalChinese => Words {
            language,
            zone: "Asia/Taipei",
            company: ["北區農機服務股份有限公司", "臺北市信義區市府路1號3樓", "+886 2 5555 0120"],
            customer: ["綠源農業合作社", "桃園市大溪區復興路2段88號", "+886 3 555 7700"],
            site: ["北倉庫", "大溪區復興路北倉庫"],
            machine: ["H7 型聯合收穫機", "3391", "二號機位，乾燥機旁"],
            fault: "油壓泵漏油，作業十分鐘後壓力下降，今早起設備已停機。",
            people: ["林怡君", "陳志遠"],
            form: "油壓系統檢查表",
            sections: ["油壓系統", "處理情形"],
            questions: [
                ["怠速油壓（bar）", "184"],
                ["漏油部位", "油壓泵軸封"],
                ["作業前油位", "低於下限"],
                ["濾芯狀況", ""],
                [
                    "處理內容",
                    "拆下油壓泵，更換軸封及兩只O型環，沖洗回油管路，加注HLP 46液壓油14.5公升並排氣；帶載試車三十分鐘，無滲漏，壓力穩定。建議三個月後複檢，並備妥「軸封組」庫存一套，骨架油封亦請留意。",
                ],
                ["處理後油壓（bar）", "176"],
                ["試車正常", "是"],
                ["下次檢查日期", "2027年5月20日"],
            ],
            captions: ["油壓泵軸封漏油", "更換軸封，試車後無滲漏", "試車錄影"],
            parts: ["軸封組（含O型環）", "HLP 46 液壓油（公升）"],
            charges: ["工資", "差旅費"],
            currency: "TWD",
            tax: ["營業稅", "12345675"],
            remarks: "左輪仍有異音，請下次服務時檢查。",
            signer: "王小明",
        },
    }
}

fn at(minutes_before: i64, verified: bool) -> TimeRecord {
    let wall = PREPARED - minutes_before * 60_000;
    match verified {
        true => TimeRecord { wall, hub_offset: Some(0), hub_uncertainty: Some(2_000), ..TimeRecord::default() },
        false => TimeRecord { wall, ..TimeRecord::default() },
    }
}

fn party(words: &[&str]) -> Party {
    let text = |index: usize| words.get(index).copied().unwrap_or_default().to_owned();
    Party { name: text(0), address: text(1), phone: text(2) }
}

pub fn photo(seed: u64) -> Vec<u8> {
    let claims = SampleClaims {
        taken: None,
        offset: None,
        position: None,
        orientation: Orientation::Upright,
        make: "Sample".to_owned(),
        model: "Camera".to_owned(),
    };
    let (width, height) = if seed.is_multiple_of(2) { (640, 480) } else { (480, 640) };
    sample_photo(seed, width, height, &claims)
}

/// The company's logo.
pub fn logo() -> Vec<u8> {
    sample_png(4, 180, 60)
}

/// The picture of the company stamp.
pub fn stamp() -> Vec<u8> {
    photo(6)
}

/// The pictures that the sample content and its sign-offs show.
pub fn media() -> BTreeMap<Digest, Vec<u8>> {
    (0..2).map(photo).chain([logo(), stamp()]).map(|bytes| (Digest::of(&bytes), bytes)).collect()
}

/// The device that captured the sample's photos.
pub fn capturing_device() -> Id {
    Id::derived("sample", &[b"phone"])
}

fn visit() -> Id {
    Id::derived("sample", &[b"visit"])
}

/// Gives each photo its place in the set, in their order.
pub fn chained(mut evidence: Vec<EvidenceShown>) -> Vec<EvidenceShown> {
    for index in 0..evidence.len() {
        let known: Vec<_> = evidence[..index].iter().filter_map(EvidenceShown::set_member).collect();
        evidence[index].set = Some(next_place(visit(), capturing_device(), &known));
    }
    evidence
}

/// The content with the sets that its photos make.
pub fn with_sets(mut content: Content) -> Content {
    let by = content.engineers.first().cloned().unwrap_or_default();
    content.sets = content.sets_found().into_iter().map(|found| SetShown::of(found, by.clone())).collect();
    content
}

/// What somebody drew over the first photo.
fn drawing(words: &Words) -> LayerShown {
    let spot = |x, y| Spot { x, y };
    LayerShown {
        by: words.people[1].to_owned(),
        shapes: vec![
            Shape::Arrow { from: spot(1_000, 1_000), to: spot(4_600, 3_900), ink: Ink::Red },
            Shape::Circle { middle: spot(5_200, 4_300), radius: 900, ink: Ink::Yellow },
            Shape::Line {
                points: (0..40).map(|x| spot(6_000 + x * 80, 6_500 - x % 2 * 200)).collect(),
                ink: Ink::White,
            },
            Shape::Text { at: spot(700, 500), text: words.captions[0].to_owned(), ink: Ink::Red },
        ],
    }
}

fn evidence(words: &Words) -> Vec<EvidenceShown> {
    let stages = [Stage::Found, Stage::Left, Stage::Neither];
    let shown = |index: usize| {
        let bytes = photo(index as u64);
        let picture = index < 2;
        EvidenceShown {
            sha256: Digest::of_parts(&[b"original", &bytes]),
            bytes: 4_812_345 + index as u64,
            media_type: if picture { "image/jpeg" } else { "video/mp4" }.to_owned(),
            name: format!("20261120_1{index}0512.{}", if picture { "jpg" } else { "mp4" }),
            stage: stages[index].clone(),
            preview: picture.then(|| Digest::of(&bytes)),
            time: at(180 - index as i64 * 60, index != 1),
            caption: words.captions[index].to_owned(),
            set: None,
            layers: Vec::new(),
            duration_ms: None,
        }
    };
    let mut evidence: Vec<EvidenceShown> = (0..3).map(shown).collect();
    evidence[0].layers.push(drawing(words));
    evidence[2].duration_ms = Some(65_000);
    chained(evidence)
}

fn answers(words: &Words, range: std::ops::Range<usize>, section: usize) -> Vec<AnswerShown> {
    let provenances = [
        Provenance::Measured,
        Provenance::Typed,
        Provenance::Copied,
        Provenance::Default,
        Provenance::Typed,
        Provenance::Measured,
        Provenance::Scanned,
        Provenance::Calculated,
    ];
    let answer = |index: usize| AnswerShown {
        number: format!("{section}.{}", index + 1),
        reference: format!("/data/q{index}"),
        question: words.questions[index][0].to_owned(),
        value: words.questions[index][1].to_owned(),
        display: words.questions[index][1].to_owned(),
        provenance: provenances[index].clone(),
        media: if index == 1 { vec![Digest::of_parts(&[b"original", &photo(0)])] } else { Vec::new() },
    };
    range.map(answer).collect()
}

fn line(minor: i64, currency: &str) -> Line {
    Line::new(Money::new(minor, currency), 2100).unwrap()
}

pub fn content(language: Language) -> Content {
    let words = words(language);
    let currency = words.currency;
    let oil = Money::new(890, currency).times("14.5").unwrap();
    let parts = vec![
        PartShown {
            code: "SEAL-0042".to_owned(),
            name: words.parts[0].to_owned(),
            quantity: "1".to_owned(),
            unit_price: Some(Money::new(18_500, currency)),
            line: Some(line(18_500, currency)),
            batch: "L26-0311".to_owned(),
            ..PartShown::default()
        },
        PartShown {
            code: "OIL-HLP46".to_owned(),
            name: words.parts[1].to_owned(),
            quantity: "14.5".to_owned(),
            unit_price: Some(Money::new(890, currency)),
            line: Some(line(oil.minor, currency)),
            batch: String::new(),
            ..PartShown::default()
        },
    ];
    let charges = vec![
        ChargeShown {
            description: words.charges[0].to_owned(),
            line: line(14_000, currency),
            ..ChargeShown::default()
        },
        ChargeShown {
            description: words.charges[1].to_owned(),
            line: line(124_860, currency),
            ..ChargeShown::default()
        },
    ];
    let lines: Vec<Line> = parts
        .iter()
        .filter_map(|part| part.line.clone())
        .chain(charges.iter().map(|charge| charge.line.clone()))
        .collect();
    with_sets(Content {
        kind: "voucher".to_owned(),
        number: "V-26-0142".to_owned(),
        language,
        zone: words.zone.to_owned(),
        class: VoucherClass::Paid,
        company: party(&words.company),
        customer: Some(party(&words.customer)),
        site: Some(party(&words.site)),
        machine: Some(MachineShown {
            model: words.machine[0].to_owned(),
            serial: words.machine[1].to_owned(),
            place: words.machine[2].to_owned(),
        }),
        job: Id::derived("sample", &[b"job"]),
        visit: visit(),
        letterhead: Some(Letterhead {
            tax_label: words.tax[0].to_owned(),
            tax_number: words.tax[1].to_owned(),
            email: "service@example.com".to_owned(),
            currency: currency.to_owned(),
            logo: Some(Digest::of(&logo())),
        }),
        fault: words.fault.to_owned(),
        engineers: words.people.iter().map(|name| (*name).to_owned()).collect(),
        steps: [("travel", 290), ("arrive", 265), ("leave", 5)]
            .map(|(step, before)| StepShown { step: step.to_owned(), time: at(before, true) })
            .to_vec(),
        form: Some(FormShown { title: words.form.to_owned(), sha256: Digest::of(b"form") }),
        sections: vec![
            SectionShown { title: words.sections[0].to_owned(), answers: answers(&words, 0..4, 1) },
            SectionShown { title: words.sections[1].to_owned(), answers: answers(&words, 4..8, 2) },
        ],
        evidence: evidence(&words),
        parts,
        charges,
        times: vec![
            TimeShown {
                person: words.people[0].to_owned(),
                kind: "travel".to_owned(),
                minutes: 25,
                kilometres: Some(31),
            },
            TimeShown { person: words.people[0].to_owned(), kind: "work".to_owned(), minutes: 260, kilometres: None },
            TimeShown { person: words.people[1].to_owned(), kind: "waiting".to_owned(), minutes: 60, kilometres: None },
        ],
        totals: totals(&lines).unwrap(),
        prices_shown: true,
        amendment: None,
        prepared: at(0, true),
        ..Content::default()
    })
}

pub fn amendment(language: Language) -> Content {
    let base = content(language);
    let words = words(language);
    Content {
        kind: "amendment".to_owned(),
        number: format!("{}-A1-K3", base.number),
        amendment: Some(AmendmentShown {
            amends: vec![Digest::of(b"first")],
            of_number: base.number.clone(),
            reason: words.questions[0][0].to_owned(),
            remarks: vec![words.remarks.to_owned(), words.fault.to_owned()],
            changes: vec![
                ChangeShown {
                    what: words.questions[0][0].to_owned(),
                    before: "148".to_owned(),
                    after: "184".to_owned(),
                },
                ChangeShown { what: words.parts[0].to_owned(), before: String::new(), after: "1".to_owned() },
            ],
        }),
        ..base
    }
}

/// The least that a content may hold: little to draw, so that tests of every byte stay quick.
pub fn small() -> Content {
    Content {
        customer: None,
        site: None,
        machine: None,
        fault: String::new(),
        engineers: vec!["Ana".to_owned()],
        steps: Vec::new(),
        form: None,
        sections: Vec::new(),
        evidence: Vec::new(),
        sets: Vec::new(),
        letterhead: None,
        parts: Vec::new(),
        charges: Vec::new(),
        times: Vec::new(),
        totals: None,
        prices_shown: false,
        class: VoucherClass::Internal,
        company: Party { name: "Acme".to_owned(), ..Party::default() },
        ..content(Language::English)
    }
}

/// Keys, chain and credential of a sample company and device.
pub struct Issuer {
    pub device_key: PrivateKey,
    pub credential: Credential,
    pub chain: TrustChain,
}

pub fn issuer(seed: u8) -> Issuer {
    let tenant_key = PrivateKey::from_bytes(&[seed; 32]).unwrap();
    let next_key = PrivateKey::from_bytes(&[seed + 1; 32]).unwrap();
    let device_key = PrivateKey::from_bytes(&[seed + 2; 32]).unwrap();
    let tenant = Id::derived("tenant", &[&[seed]]);
    let keys = vec![
        TenantKey::first(tenant, &tenant_key).unwrap(),
        TenantKey::next(tenant, 1, &next_key, &tenant_key).unwrap(),
    ];
    let credential = Credential {
        tenant,
        device: Id::derived("device", &[&[seed]]),
        person: Id::derived("person", &[&[seed]]),
        person_name: "Ana Morales".to_owned(),
        code: "K3".to_owned(),
        key: device_key.public(),
        issued: PREPARED,
        key_number: 1,
        signature: String::new(),
    }
    .signed(&next_key)
    .unwrap();
    Issuer { device_key, credential, chain: TrustChain { tenant, keys } }
}

/// The engineer's and the customer's word over a document.
pub fn sign_offs(sealed: Digest, language: Language) -> Vec<SignOff> {
    let words = words(language);
    let strokes = |seed| STANDARD.encode(sample_signature(seed).pack());
    let sign_off = |role, name: &str, outcome, seed| SignOff {
        sealed_sha256: sealed,
        role,
        name: name.to_owned(),
        outcome,
        remarks: String::new(),
        satisfaction: None,
        aspects: Default::default(),
        strokes: strokes(seed),
        stamp: None,
        stamp_preview: None,
        time: at(-2, true),
    };
    vec![
        sign_off(SignerRole::Engineer, words.people[0], Outcome::Accepted, 1),
        SignOff {
            remarks: words.remarks.to_owned(),
            satisfaction: Some(4),
            aspects: ASPECTS
                .iter()
                .zip([5, 4, 5, 5, 3, 5])
                .map(|(aspect, score)| ((*aspect).to_owned(), score))
                .collect(),
            stamp: Some(Digest::of(b"stamp")),
            stamp_preview: Some(Digest::of(&stamp())),
            ..sign_off(SignerRole::Customer, words.signer, Outcome::Remarks, 2)
        },
    ]
}

/// A document with everything that belongs to it.
pub struct Document {
    pub shown: Vec<u8>,
    pub sealed: Sealed,
    pub sign_offs: Vec<SignOff>,
    pub attestation: Attestation,
    pub issuer: Issuer,
    /// Where the pictures of stamps come from.
    pub media: BTreeMap<Digest, Vec<u8>>,
}

/// Seals a content, signs it off and attests it.
pub fn document(content: Content, issuer: Issuer, fonts: &countersign_documents::Fonts) -> Document {
    let shown = countersign_documents::render_shown(&content, &media(), fonts).unwrap();
    let language = content.language;
    let internal = content.class == VoucherClass::Internal;
    let renderer = countersign_documents::RENDERER.to_owned();
    let sealed = Sealed { content, shown_sha256: Digest::of(&shown), renderer };
    let digest = sealed.digest().unwrap();
    let mut sign_offs = sign_offs(digest, language);
    if internal {
        sign_offs.truncate(1);
    }
    let attestation = attest(digest, &sign_offs, &issuer);
    Document { shown, sealed, sign_offs, attestation, issuer, media: media() }
}

pub fn attest(sealed: Digest, sign_offs: &[SignOff], issuer: &Issuer) -> Attestation {
    let (device, time) = (issuer.credential.device, at(-3, true));
    let sign_offs_sha256 = sign_offs_digest(sign_offs).unwrap();
    let statement = Attestation::statement(sealed, sign_offs_sha256, device, &time).unwrap();
    let signature = issuer.device_key.sign(&statement);
    Attestation { sealed_sha256: sealed, sign_offs_sha256, device, time, signature }
}

impl Document {
    pub fn layers(&self) -> countersign_documents::VoucherLayers<'_> {
        countersign_documents::VoucherLayers {
            shown: &self.shown,
            sealed: &self.sealed,
            sign_offs: &self.sign_offs,
            attestation: &self.attestation,
            credential: &self.issuer.credential,
            trust: &self.issuer.chain,
            media: &self.media,
        }
    }

    pub fn voucher(&self, fonts: &countersign_documents::Fonts) -> Vec<u8> {
        let unsigned = countersign_documents::UnsignedVoucher::prepare(&self.layers(), fonts).unwrap();
        let signature = self.issuer.device_key.sign(unsigned.statement());
        unsigned.finish(&signature).unwrap()
    }

    pub fn bundle(&self, voucher: &[u8], media: &BTreeMap<Digest, Vec<u8>>) -> Vec<u8> {
        let bundle = countersign_documents::verify_bundle(&self.layers(), voucher, media).unwrap();
        let signature = self.issuer.device_key.sign(&bundle.statement().unwrap());
        let (device, key) = (self.issuer.credential.device, self.issuer.device_key.public());
        let signature = countersign_documents::BundleSignature { device, key, signature };
        bundle.signed(signature).unwrap().write().unwrap()
    }
}

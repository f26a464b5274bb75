//! Blank lists: a workbook with the heads, one example row and a sheet of rules; or a CSV.

use register::Kind;
use register::kinds::{Field, Type};
use register::lang::Lang;
use rust_xlsxwriter::{Color, Format, FormatAlign, Workbook, XlsxError};

use super::forms::{Column, columns};

/// A blank list as an XLSX file. Required heads are red; the sheet 填写说明 says what may stand where.
///
/// # Errors
/// The writer's.
pub fn xlsx(kind: Kind) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // The same list twice is the same bytes.
    let fixed = rust_xlsxwriter::ExcelDateTime::from_ymd(2026, 1, 1)?;
    book.set_properties(&rust_xlsxwriter::DocProperties::new().set_creation_datetime(&fixed));
    let head = Format::new()
        .set_bold()
        .set_background_color(Color::RGB(0xE8_EEF7))
        .set_align(FormatAlign::Left);
    let required = head.clone().set_font_color(Color::RGB(0xB0_0020));
    // Text cells keep leading zeros and do not turn codes into dates.
    let text = Format::new().set_num_format("@");
    let sheet = book.add_worksheet();
    sheet.set_name(kind.label(Lang::ZhHans).replace(['/', '（', '）'], ""))?;
    let all = columns(kind);
    for (column, i) in all.iter().zip(0_u16..) {
        let format = if column.required { &required } else { &head };
        sheet.write_with_format(0, i, column.heads[0], format)?;
        sheet.write_with_format(1, i, column.example.as_str(), &text)?;
        sheet.set_column_format(i, &text)?;
        let width = column.heads[0].chars().count().max(column.example.chars().count() / 2 + 2);
        sheet.set_column_width(i, (width.clamp(6, 30) * 2) as f64)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    let rules = book.add_worksheet();
    rules.set_name("填写说明")?;
    for (title, i) in
        ["列名", "是否必填", "填写要求", "示例", "也可写作", "Field"].into_iter().zip(0_u16..)
    {
        rules.write_with_format(0, i, title, &head)?;
        rules.set_column_width(i, [24.0, 10.0, 60.0, 36.0, 30.0, 20.0][i as usize])?;
    }
    for (column, row) in all.iter().zip(1_u32..) {
        rules.write(row, 0, column.heads[0])?;
        rules.write(row, 1, if column.required { "必填" } else { "选填" })?;
        rules.write(row, 2, rule(column))?;
        rules.write_with_format(row, 3, column.example.as_str(), &text)?;
        rules.write(row, 4, column.heads[1..].join("、"))?;
        rules.write(row, 5, column.field.map_or("", |f| f.name))?;
    }
    let after = all.len() as u32 + 2;
    for (line, row) in [
        "第一行为表头，列的顺序不限；第二行为示例，填写前请删除。",
        "整份名单相同的内容（如名录名称、公告机关）在命令行导入时可用 --set 一次给出；在发布台上传时每行都要填写。",
        "同一单元格有多项时，用分号“；”隔开。“/”和“—”表示空。",
        "请勿填写身份证号、手机号、住址等个人信息：含有这些列的文件会被退回。",
    ]
    .into_iter()
    .zip(after..)
    {
        rules.write(row, 0, line)?;
    }
    book.save_to_buffer()
}

/// A blank list as CSV: the heads and the example row. UTF-8 with a mark, as office programs want.
pub fn csv(kind: Kind) -> String {
    let quoted = |cell: &str| {
        if cell.contains([',', '"', '\n']) {
            format!("\"{}\"", cell.replace('"', "\"\""))
        } else {
            cell.to_owned()
        }
    };
    let all = columns(kind);
    let line = |cells: Vec<String>| format!("{}\r\n", cells.join(","));
    let heads = line(all.iter().map(|c| quoted(c.heads[0])).collect());
    let example = line(all.iter().map(|c| quoted(&c.example)).collect());
    format!("\u{feff}{heads}{example}")
}

fn rule(column: &Column) -> String {
    match column.field {
        Some(field) => of_type(field, &field.ty),
        None => match column.heads[0] {
            "统一社会信用代码" => "18位统一社会信用代码".to_owned(),
            "不合格项目║检验结果║标准值" => {
                "每项三段，以“║”隔开；多项以分号隔开；空为合格".to_owned()
            }
            "标准水平" | "质量稳定" | "科技创新" | "效益提升" | "满分" | "实测值" => {
                "数值".to_owned()
            }
            "国家标准限值" | "国际标准限值" | "国外标准限值" => {
                "数值，与“单位”相同".to_owned()
            }
            "方法是否等同" => "是、否、不明".to_owned(),
            "核对日期" | "决定日期" => "日期，如2023-10-12".to_owned(),
            "生产日期/批号" => "日期或批号".to_owned(),
            "检验结果" => "合格、不合格、复检".to_owned(),
            "编号" => "小写字母、数字和连字符；确定后不再更改".to_owned(),
            _ => "文字，不超过500字".to_owned(),
        },
    }
}

fn of_type(field: &Field, ty: &Type) -> String {
    if let Some(choices) = field.choices() {
        return choices.iter().map(|c| c.zh).collect::<Vec<_>>().join("、");
    }
    match ty {
        Type::Text { max } => format!("文字，不超过{max}字"),
        Type::Uscc => "18位统一社会信用代码".to_owned(),
        Type::Gtin => "8、12、13或14位商品条码".to_owned(),
        Type::StandardNumber | Type::Key(Kind::Standard) => {
            "标准编号，如GB/T 19001-2016".to_owned()
        }
        Type::DivisionCode => "6位行政区划代码".to_owned(),
        Type::PlaceOrCountry | Type::Key(Kind::Place) => {
            "6位行政区划代码，或国家代码（如US）".to_owned()
        }
        Type::Date => "日期，如2023-10-12".to_owned(),
        Type::Int => match field.column {
            "有效期（年）" => "年数".to_owned(),
            "罚款金额（万元）" => "万元，最多六位小数".to_owned(),
            _ => "整数".to_owned(),
        },
        Type::Decimal => "数值".to_owned(),
        Type::Bool => "是、否".to_owned(),
        Type::Url => "以https://开头的网址".to_owned(),
        Type::Sha256 => "64位十六进制数字".to_owned(),
        Type::Bytes => "Base64".to_owned(),
        Type::Enum(_) => String::new(),
        Type::Key(Kind::Enterprise) => "18位统一社会信用代码，境外企业为N-国家代码-名称".to_owned(),
        Type::Key(Kind::Scheme) => "名录名称或编号".to_owned(),
        Type::Key(kind) => format!("{}的编号", kind.label(Lang::ZhHans)),
        Type::KeyOrText(kind) => format!("{}的编号，或文字", kind.label(Lang::ZhHans)),
        Type::System => "制度编号".to_owned(),
        Type::Subject => "对象".to_owned(),
        Type::List(inner) => format!("{}；多项以分号隔开", of_type(field, inner)),
        Type::Struct(fields) => {
            let parts: Vec<&str> = fields.iter().map(|f| f.label[0]).collect();
            format!("依次为：{}，以空格隔开", parts.join("、"))
        }
        Type::Regex => "正则表达式".to_owned(),
    }
}

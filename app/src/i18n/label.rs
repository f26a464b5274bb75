//! Words on printed labels and label sheets.

use super::words;

words! {
    TITLE: "质量信用码", "質量信用碼", "Quality credit code";
    STATEMENT: "签名声明，可离线核验", "簽名聲明，可離線核驗", "Signed, can be checked offline";
    MINIMUM: "码图边长不小于 {n} 毫米", "碼圖邊長不小於 {n} 毫米", "Print {n} mm wide or larger";
    SPOKEN: "二维码，质量信用码 {code}，在 {host} 查验", "二維碼，質量信用碼 {code}，在 {host} 查驗", "QR code, quality credit code {code}, check it at {host}";
    SHEET: "质量信用码标签", "質量信用碼標籤", "Quality credit code labels";
    SHEET_HINT: "A4 纸，打印时选“实际大小”，不要缩放；沿四角的细线裁切。", "A4 紙，列印時選「實際大小」，不要縮放；沿四角的細線裁切。", "A4 paper. Print at actual size, without scaling; cut along the thin corner lines.";
    SHEET_COUNT: "{n} 张标签，{pages} 页", "{n} 張標籤，{pages} 頁", "{n} labels on {pages} pages";
}

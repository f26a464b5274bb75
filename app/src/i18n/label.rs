//! Words on printed labels and label sheets.

use super::words;

words! {
    TITLE: "质量信用码", "質量信用碼", "Quality credit code";
    STATEMENT: "签名声明，可离线核验", "簽名聲明，可離線核驗", "Signed, can be checked offline";
    MINIMUM: "码图边长不小于 {n} 毫米", "碼圖邊長不小於 {n} 毫米", "Print {n} mm wide or larger";
    SPOKEN: "二维码，质量信用码 {code}，在 {host} 查验", "二維碼，質量信用碼 {code}，在 {host} 查驗", "QR code, quality credit code {code}, check it at {host}";
    PAGE: "标签图样", "標籤圖樣", "Label artwork";
    PAGE_LEAD: "印在包装上的就是这张图：二维码、标志、编码和域名。扫不出来的人可以照着字输入。", "印在包裝上的就是這張圖：QR 碼、標誌、編碼和網域。掃不出來的人可以照著字輸入。", "What goes on the pack: the QR code, the mark, the code and the domain. Whoever cannot scan it can type it.";
    NO_ORIGIN: "还没有设置本站对外的网址（启动时的 --origin），所以画不出标签。", "還沒有設定本站對外的網址（啟動時的 --origin），所以畫不出標籤。", "This portal’s public address is not set (--origin when it is started), so no label can be drawn.";
    F_URL: "码里的网址", "碼裡的網址", "Address in the symbol";
    F_SYMBOL: "码图", "碼圖", "Symbol";
    F_SYMBOL_V: "QR，{n}×{n} 个模块，纠错等级 {e}", "QR，{n}×{n} 個模組，容錯等級 {e}", "QR, {n}×{n} modules, error correction {e}";
    F_SIZE: "最小印刷尺寸", "最小列印尺寸", "Least printed size";
    F_SIZE_V: "整张 {w} × {h} 毫米", "整張 {w} × {h} 毫米", "{w} × {h} mm in all";
    SHEET: "质量信用码标签", "質量信用碼標籤", "Quality credit code labels";
    SHEET_HINT: "A4 纸，打印时选“实际大小”，不要缩放；沿四角的细线裁切。", "A4 紙，列印時選「實際大小」，不要縮放；沿四角的細線裁切。", "A4 paper. Print at actual size, without scaling; cut along the thin corner lines.";
    SHEET_COUNT: "{n} 张标签，{pages} 页", "{n} 張標籤，{pages} 頁", "{n} labels on {pages} pages";
}

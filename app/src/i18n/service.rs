//! Words of the services.

use super::words;

words! {
    KIND: "质量服务", "質量服務", "Quality service";
    MEANS: "这类服务是什么", "這類服務是什麼", "What kind of service this is";
    RUN_BY: "由 {o} 提供", "由 {o} 提供", "Run by {o}";
    HOW: "怎么办理", "怎麼辦理", "How to use it";
    SITE: "它的网站", "它的網站", "Its website";
    WHO: "凭什么办理", "憑什麼辦理", "What entitles to it";
    WHO_TEXT: "有下面任何一项登记的，可以办理：", "有下面任何一項登記的，可以辦理：", "Any one of these listings entitles to it:";
    WHO_ALL: "来源没有要求先列入哪个名录。", "來源沒有要求先列入哪個名錄。", "The source asks for no listing.";
    SAME: "同类的其他服务", "同類的其他服務", "Other services of this kind";
    SAME_ALL: "看全部同类服务", "看全部同類服務", "See all services of this kind";
    SAME_NONE: "登记簿里没有其他同类的、现在开放的服务。", "登記簿裡沒有其他同類的、現在開放的服務。", "The register holds no other open service of this kind.";
    NOT_PROMISE: "开放时间和费用以提供单位为准；这里写的是来源公布的。", "開放時間和費用以提供單位為準；這裡寫的是來源公布的。", "Hours and cost are the operator's to say; what stands here is what the source published.";

    BRINGS: "这项登记可以凭着办什么", "這項登記可以憑著辦什麼", "What this listing entitles to";
    BRINGS_BY: "凭：", "憑：", "By: ";
    BRINGS_SRC: "服务写明凭哪个名录、哪种状态办理，登记符合的列在这里。", "服務寫明憑哪個名錄、哪種狀態辦理，登記符合的列在這裡。", "Services name the directory and the status that entitle; those a listing here fits are shown.";
    OF_SCHEME: "列入后可以办理的服务", "列入後可以辦理的服務", "Services open to those listed";
}

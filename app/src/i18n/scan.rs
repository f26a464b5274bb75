//! Words of the scan page.

use super::words;

words! {
    TITLE: "扫码核验", "掃碼核驗", "Scan a code";
    DESCRIPTION: "用相机、照片或手输编码，查一个质量信用码。", "用相機、照片或手輸編碼，查一個質量信用碼。", "Look up a quality credit code with the camera, with a photo, or by typing it.";
    H1: "查一个编码", "查一個編碼", "Look up a code";
    LEAD: "不用注册。三种办法，哪种方便用哪种。用微信或手机相机扫，也会直接打开结果。", "不用註冊。三種辦法，哪種方便用哪種。用微信或手機相機掃，也會直接打開結果。", "No account needed. Three ways; use the one that suits you. The camera app of your phone opens the result as well.";
    CAMERA: "对准二维码", "對準二維碼", "Point at the code";
    CAMERA_OFF: "相机还没有打开", "相機還沒有打開", "The camera is off";
    CAMERA_OPEN: "打开相机", "打開相機", "Open the camera";
    CAMERA_LOCAL: "画面只在您的手机上识别，不上传", "畫面只在您的手機上識別，不上傳", "Pictures are read on your phone and not uploaded";
    CAMERA_BYTES: "识别程序约 {n} KB，点“打开相机”以后才下载。", "識別程式約 {n} KB，點「打開相機」以後才下載。", "The reading program, about {n} KB, is downloaded only after you tap “Open the camera”.";
    CAMERA_FOREIGN: "扫到别的网站的码，我们会把网址写给您看，不会自动打开。", "掃到別的網站的碼，我們會把網址寫給您看，不會自動打開。", "A code that leads to another site is written out for you and never opened by itself.";
    TYPE: "输入编码", "輸入編碼", "Type the code";
    TYPE_FIELD: "标签上的 12 位编码，或 13 位条码数字", "標籤上的 12 位編碼，或 13 位條碼數字", "The 12 characters on the label, or the 13 digits under the bar code";
    TYPE_HELP: "大小写、空格、短横都可以。字母 O 当作数字 0，字母 I 当作数字 1。", "大小寫、空格、短橫都可以。字母 O 當作數字 0，字母 I 當作數字 1。", "Upper or lower case, spaces and hyphens do not matter. The letter O is read as 0, the letter I as 1.";
    PHOTO: "传一张照片", "傳一張照片", "Send a photo";
    PHOTO_FIELD: "拍下或选一张带二维码的照片", "拍下或選一張帶二維碼的照片", "Take or choose a photo with the code in it";
    PHOTO_HELP: "JPEG、PNG 或 WebP，不超过 {n} MB。照片识别后马上删除。", "JPEG、PNG 或 WebP，不超過 {n} MB。照片識別後馬上刪除。", "JPEG, PNG or WebP, at most {n} MB. The photo is deleted as soon as it has been read.";
    PHOTO_SEND: "识别照片", "識別照片", "Read the photo";
    TIPS: "扫不出来？", "掃不出來？", "It does not scan?";
    TIP_DISTANCE: "手机离远一点，15 厘米左右最清楚。", "手機離遠一點，15 公分左右最清楚。", "Hold the phone a little further away; about 15 cm is sharpest.";
    TIP_LENS: "擦一擦镜头，避开反光。", "擦一擦鏡頭，避開反光。", "Wipe the lens and avoid glare.";
    TIP_TYPE: "码破损了，就输入编码。", "碼破損了，就輸入編碼。", "If the code is damaged, type it.";

    FOUND: "照片里的码", "照片裡的碼", "Codes in the photo";
    FOUND_NONE: "照片里没有找到码", "照片裡沒有找到碼", "No code was found in the photo";
    FOUND_NONE_TEXT: "没有找到不等于是假的。请离近一点、拍清楚一点再试，或者把标签上的编码输进去。", "沒有找到不等於是假的。請離近一點、拍清楚一點再試，或者把標籤上的編碼輸進去。", "That does not make it false. Try again closer and sharper, or type the code on the label.";
    REFUSED: "这张照片没有识别", "這張照片沒有識別", "The photo was not read";
    IS_OWN: "本站的码", "本站的碼", "A code of this site";
    OWN_OPEN: "看结果", "看結果", "See the result";
    IS_CODE: "质量信用码 {c}", "質量信用碼 {c}", "Quality credit code {c}";
    CODE_OPEN: "在本站查这个编码", "在本站查這個編碼", "Look this code up here";
    IS_GOODS: "商品条码 {c}", "商品條碼 {c}", "Bar code {c}";
    GOODS_NONE: "登记簿里没有产品写着这个条码。没有登记不等于不合格。", "登記簿裡沒有產品寫著這個條碼。沒有登記不等於不合格。", "No product in the register states this bar code. Not being registered does not mean failing.";
    GOODS_SEARCH: "在产品目录里查", "在產品目錄裡查", "Search the products";
    GOODS_MANY: "有 {n} 款产品写着这个条码", "有 {n} 款產品寫著這個條碼", "{n} products state this bar code";
    IS_FOREIGN: "别的网站：{d}", "別的網站：{d}", "Another site: {d}";
    FOREIGN_TEXT: "这个码不是通往本站的，我们没有打开它。要不要去，请您看清网址再决定。", "這個碼不是通往本站的，我們沒有打開它。要不要去，請您看清網址再決定。", "This code does not lead to this site and was not opened. Look at the address before you decide whether to go there.";
    FOREIGN_DOMAIN: "本站的标签只通往 {d}。", "本站的標籤只通往 {d}。", "Labels of this site lead to {d} only.";
    FOREIGN_CODE: "网址里写着编码 {c}", "網址裡寫著編碼 {c}", "The address holds the code {c}";
    IS_TEXT: "一段文字", "一段文字", "Plain text";
    TEXT_TEXT: "不是编码，也不是商品条码。下面照原样写出。", "不是編碼，也不是商品條碼。下面照原樣寫出。", "Neither a code nor a bar code of goods. It is written out below as it is.";
    CUT: "（后面还有，没有写全）", "（後面還有，沒有寫全）", "(there is more, not shown)";

    SAY_OPENING: "正在打开相机…", "正在打開相機…", "Opening the camera…";
    SAY_LOADING: "正在下载识别程序…", "正在下載識別程式…", "Downloading the reading program…";
    SAY_LOOKING: "把码放进框里，离 15 厘米左右。", "把碼放進框裡，離 15 公分左右。", "Put the code inside the frame, about 15 cm away.";
    SAY_FOUND: "看到了，正在打开结果…", "看到了，正在打開結果…", "Found; opening the result…";
    SAY_SEVERAL: "画面里有这些码：", "畫面裡有這些碼：", "Codes in view:";
    SAY_PAUSED: "相机已关。", "相機已關。", "The camera is off.";
    SAY_DENIED: "浏览器没有允许使用相机。可以在浏览器的网站设置里允许，再点一次；也可以传一张照片，或者输入编码。", "瀏覽器沒有允許使用相機。可以在瀏覽器的網站設定裡允許，再點一次；也可以傳一張照片，或者輸入編碼。", "The browser did not allow the camera. Allow it in the browser’s settings for this site and tap again, or send a photo, or type the code.";
    SAY_ABSENT: "这台设备上没有找到相机。请传一张照片，或者输入编码。", "這台設備上沒有找到相機。請傳一張照片，或者輸入編碼。", "No camera was found on this device. Send a photo or type the code.";
    SAY_BUSY: "相机打不开，可能正被别的程序使用。关掉那个程序再试，或者传一张照片。", "相機打不開，可能正被別的程式使用。關掉那個程式再試，或者傳一張照片。", "The camera cannot be opened; another program may be using it. Close that program and try again, or send a photo.";
    SAY_UNABLE: "这个浏览器不能在网页里用相机。请传一张照片，或者输入编码。", "這個瀏覽器不能在網頁裡用相機。請傳一張照片，或者輸入編碼。", "This browser cannot use the camera in a page. Send a photo or type the code.";
    SAY_FAILED: "识别程序没有打开，可能是网络断了。请再试一次，或者输入编码。", "識別程式沒有打開，可能是網路斷了。請再試一次，或者輸入編碼。", "The reading program could not be started; the network may be down. Try again, or type the code.";
    SAY_HUNG: "识别程序没有反应。请传一张照片，或者输入编码；也可以再点一次打开相机。", "識別程式沒有反應。請傳一張照片，或者輸入編碼；也可以再點一次打開相機。", "The reading program does not answer. Send a photo, or type the code; or tap again to open the camera.";
    BUTTON_STOP: "关闭相机", "關閉相機", "Close the camera";
    BUTTON_LIGHT: "开灯", "開燈", "Light on";
    BUTTON_DARK: "关灯", "關燈", "Light off";
    ZOOM: "放大", "放大", "Zoom";
}

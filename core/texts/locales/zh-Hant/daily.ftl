# Texts of the console's daily work: the board's plan, photos, review, attention, audit, policies, sign-ins.

## The board's views and filters
console-view-week = 每人一週
console-kept-views = 已存檢視
console-kept-none = 您儲存的檢視會顯示在這裡。
console-view-name = 此檢視的名稱
console-view-opens = 看板以此檢視開啟
console-view-keep = 儲存檢視
console-view-forget = 移除檢視
console-view-first = 首先開啟
console-view-share = 本頁網址包含全部篩選條件，可以傳給同事。
console-filter-text = 文字
console-filter-text-hint = 編號、故障、序號、客戶
console-filter-branch = 分支機構
console-more-filters = 更多篩選
console-clear-filters = 清除篩選
console-only-machine = 僅設備 { $serial }
console-only-customer = 僅 { $name }
console-only-clear = 顯示全部
console-board-none-fit = 沒有符合篩選條件的工單。

## The board's plan
console-day = 日期
console-today = 今天
console-earlier = 更早
console-later = 更晚
console-weekday-1 = 週一
console-weekday-2 = 週二
console-weekday-3 = 週三
console-weekday-4 = 週四
console-weekday-5 = 週五
console-weekday-6 = 週六
console-weekday-7 = 週日
console-weekday-day = { $weekday } { $day }日
console-weekday-date = { $date } { $weekday }
console-no-appointment = 尚無預約
console-appoint = 安排
console-plan-empty = 外出服務的人員會按列顯示在這裡。
console-plan-hint = 將到場服務拖到其他人或其他時間，或選擇「移動」。變更之前會先顯示後果。
console-overlaps = 與另一次服務時間重疊
console-move = 移動
console-move-title = 移動 { $number } 的到場服務
console-move-now = 目前情況
console-move-follows = 後果
console-move-somebody = 其他人
console-move-reassigns = 更換負責人：{ $from } 的服務將關閉，並為 { $to } 安排一次新編號的服務。已完成的工作保留在原服務上。
console-move-appoints = 更改時間：預約會變更，工程師的手機在下次連線時顯示。請通知客戶。
console-keep-as-is = 保持不變

## Keys
console-key-next-voucher = 下一張服務單
console-key-previous-voucher = 上一張服務單
console-key-move = 移動服務

## Photos
console-gallery-title = 照片與檔案 · { $number } · { $customer }
console-gallery = 全部照片與檔案
console-stage = 階段
console-as-found = 到場時
console-as-left = 離場時
console-other-photos = 其他照片與檔案
console-photo-next = 下一張
console-photo-previous = 上一張
console-side-by-side = 並排
console-slide = 用滑桿比較
console-photo-facts = 資訊
console-photo-download = 下載原始檔

## Review
console-previous-review = 上一張服務單
console-standard-remark = 標準意見
console-remark-before = 第 { $round } 輪要求：{ $text }
console-unchanged-answers = { $count } 個未變的回答
console-since-you-looked = 您檢視之後收到：{ $value }
console-change-line = { $what }：{ $before } → { $after }
console-finding-late = { $count } 筆記錄在簽字之後到達，不在文件內

## Attention
console-attention-sorts = 類別
console-attention-all-of-them = 顯示全部 { $count } 項
console-sort-all = 全部
console-sort-refused = 已拒絕
console-sort-refused-lead = 規則未接受。已傳送的內容保留，但不生效。
console-sort-quarantine = 暫扣
console-sort-quarantine-lead = 等待人工確認或駁回。
console-sort-conflict = 兩個回答
console-sort-conflict-lead = 兩人回答了同一問題，兩個回答都已保留。
console-sort-flag = 需要檢視
console-sort-flag-lead = 規則發現了需要人工判斷的情況。
console-sort-media = 缺少檔案
console-sort-media-lead = 這些工單的照片或檔案尚未送達辦公室。
console-sort-silent = 失聯裝置
console-sort-silent-lead = 這些手機已一週沒有連線，請詢問使用者。
console-sort-waiting = 等待中
console-sort-waiting-lead = 等待另一裝置尚未傳送的內容。
console-sort-parked = 較新的應用程式
console-sort-parked-lead = 較新應用程式的工作等待本伺服器升級。
console-keep-as-note = 儲存為備註
console-kept-as-note = 已作為備註儲存在工單上
console-reject-quarantine = 駁回
console-two-amendments-what = 請附上意見退回服務單，或請工程師處理：下一份更正單會取代這兩份。
console-held-of-device = 暫扣：{ $name } 的裝置 { $code }
console-held-together = 該裝置有 { $count } 筆記錄等待確認，逐筆列於下方。
console-confirm-together = 全部確認（{ $count }）
console-reject-together = 全部駁回（{ $count }）
console-would-change = 確認後將變更：{ $what }。
console-would-nothing = 確認後不會變更任何內容。
console-would-refuse = 確認後將被拒絕：{ $why }。
console-would-wait = 確認後將等待尚未送達的內容。
console-kind-counted = { $name }（{ $count }）
console-conflict-title = 兩個回答：{ $question }
console-answer-current = 目前值，{ $name }
console-answer-kept = 另行保留，{ $name }
console-keep-current = 保留目前值
console-take-other = 採用 { $name } 的回答
console-other-taken = 已採用另一回答
console-conflict-signed = 服務單已簽字：如需變更回答，請附意見退回。
console-silent = 失聯
console-silent-title = { $name } 的「{ $device }」
console-silent-visits = { $count } 次未完成的服務
console-open-person = 開啟人員
console-media-missing = 缺少檔案
console-media-count = { $count } 個檔案不在辦公室

## What a command carried
console-sent-text = 文字
console-sent-value = 值
console-sent-reason = 原因
console-sent-fault = 故障
console-sent-caller = 來電人
console-sent-name = 名稱
console-sent-path = 問題
console-sent-code = 代碼
console-sent-quantity = 數量
console-sent-description = 說明
console-sent-minutes = 分鐘
console-sent-kilometres = 公里
console-sent-serial = 序號
console-sent-lead = 負責人
console-sent-person = 人員
console-sent-outcome = 結果
console-sent-priority = 優先順序
console-sent-number = 編號
console-sent-filter = 篩選
console-sent-way = 方式
console-sent-kind = 類型
console-sent-phone = 電話
console-sent-address = 地址

## Kinds of records
console-kind-company = 公司
console-kind-branch = 分支機構
console-kind-person = 人員
console-kind-customer = 客戶
console-kind-contact = 聯絡人
console-kind-site = 場所
console-kind-model = 機型
console-kind-machine = 設備
console-kind-part = 零件
console-kind-form = 表單
console-kind-policy = 政策
console-kind-code = 代碼
console-kind-price = 價格
console-kind-depot = 倉庫
console-kind-movement = 庫存異動
console-kind-stock = 庫存
console-kind-call = 來電
console-kind-job = 工單
console-kind-visit = 到場服務
console-kind-voucher = 服務單
console-kind-fill = 已填表單
console-kind-answer = 回答
console-kind-item = 條目
console-kind-evidence = 照片或檔案
console-kind-part-use = 已用零件
console-kind-charge = 費用
console-kind-time-entry = 工時
console-kind-meter-reading = 儀錶讀數
console-kind-note = 備註
console-kind-document = 已簽文件
console-kind-amendment = 更正單
console-kind-review = 審核
console-kind-flag = 提示
console-kind-device = 裝置
console-kind-series = 編號序列
console-kind-cash-receipt = 現金收據

## Audit log
console-audit = 稽核記錄
console-audit-time = 時間
console-audit-who = 誰
console-audit-what = 內容
console-audit-about = 對象
console-audit-outcome = 結果
console-audit-from = 來源
console-audit-details = 詳情
console-audit-record = 工單、服務單或記錄編號
console-day-from = 起始日期
console-day-to = 截止日期
console-audit-export = 匯出為 CSV
console-audit-empty = 人員和裝置的操作會顯示在這裡。
console-audit-no-record = 沒有工單、服務單或記錄使用此編號。
console-audit-cut = 匯出內容過長，到此為止：請縮小時間範圍以取得其餘部分。
console-audit-undecided = 尚未決定
console-from-session = 主控台，工作階段 { $session }
console-from-address = 位址 { $address }
console-from-session-at = 主控台，工作階段 { $session }，位址 { $address }
console-office-session-begin = 登入
console-office-session-refused = 登入被拒絕
console-office-session-end = 登出
console-office-session-end-one = 結束其他處的登入
console-office-session-end-all = 在所有位置登出
console-office-app-place = 已放置手機應用程式
console-office-link-make = 建立密碼連結
console-office-password-set = 設定密碼
console-office-invite-make = 邀請裝置
console-office-quarantine-confirm = 確認暫扣內容
console-office-quarantine-reject = 駁回暫扣內容
console-office-audit-export = 匯出稽核記錄

## Policies
console-policies = 政策
console-policies-empty = 政策會顯示在這裡。
console-policy-default = 通用政策
console-policy-name = 政策
console-policy-means = 含義
console-policy-history = 變更
console-policy-reserve = 拍攝前的剩餘空間
console-policy-reserve-mib = 開啟相機前必須保留的空間（MiB）
console-policy-reserve-hint = 低於此值手機拒絕拍攝，以確保先前拍攝的內容仍可儲存。不少於 16。
console-policy-grace = 手機保留時間
console-policy-grace-days = 辦公室收到照片後在手機上保留的天數
console-policy-grace-hint = 適用於未公布已驗證備份的情況。7 至 3650。
console-policy-days = { $count } 天
console-policy-prices = 對客戶隱藏價格
console-policy-prices-all = 無
console-policy-prices-hint = 勾選類別的服務單不列印價格，簽字文件會記錄這一點。
console-policy-says-reserve = 手機剩餘空間達到 { $size } 時才開啟相機。
console-policy-says-grace = 辦公室收到照片後，手機再保留 { $count } 天。
console-policy-says-all-prices = 所有服務單都向客戶顯示價格。
console-policy-says-prices = { $classes } 類服務單不向客戶顯示價格。

## Sign-ins
console-account = 我的登入和密碼
console-sign-ins = 登入
console-sign-ins-of = { $name } 的登入
console-sign-ins-lead = 此人目前登入的位置。有不認識的？請結束並更換密碼。
console-sign-ins-none = 沒有登入。
console-session-program = { $system } 上的 { $browser }
console-session-unknown = 其他程式
console-session-begun = 開始於 { $time }
console-session-used = 最近使用約 { $time }
console-session-from = 來自 { $address }
console-session-here = 此瀏覽器
console-session-end = 結束
console-sign-out-everywhere = 在所有位置登出
console-change-password = 更換密碼
console-present-password = 目前密碼
console-no-password-yet = 您還沒有密碼。請向管理員索取連結。

## What was just done
console-done-moved = 服務已移動
console-done-view-kept = 檢視已儲存
console-done-views-full = 未儲存：您已有 50 個檢視，請先移除一個
console-done-view-forgotten = 檢視已移除
console-done-rejected = 已駁回
console-done-taken = 現採用另一回答
console-done-sign-in-ended = 登入已結束
console-done-signed-out = 已在所有位置登出
console-done-changed = 工單已變更

## Errors
console-trouble-present-password-what = 目前密碼不正確
console-trouble-present-password-safe = 沒有任何變更。
console-trouble-present-password-todo = 請重新輸入，或向管理員索取連結。
console-trouble-policy-name-what = 需要名稱
console-trouble-policy-name-safe = 沒有任何變更。
console-trouble-policy-name-todo = 請填寫政策名稱。
console-trouble-policy-reserve-what = 剩餘空間數值不合適
console-trouble-policy-reserve-safe = 沒有任何變更。
console-trouble-policy-reserve-todo = 請填寫不小於 16 的整數（MiB）。
console-trouble-policy-grace-what = 天數不合適
console-trouble-policy-grace-safe = 沒有任何變更。
console-trouble-policy-grace-todo = 請填寫 7 至 3650 的整數。

## Search
console-found-documents = 已簽文件
console-found-models = 機型
console-found-archived = 已封存
console-found-more = 更多
console-search-everything = 搜尋全部
console-search-all = 顯示全部結果
console-search-lead = 請輸入編號、序號、名稱、零件或文件雜湊的開頭。

## Changing a job
console-change-job = 變更工單
console-link-machine = 連結設備
console-link-machine-hint = 已登記設備的序號。
console-class-reason = 變更類別的原因
console-set-class = 變更類別
console-staff = 變更協助人員
console-no-such-machine = 沒有設備使用此序號

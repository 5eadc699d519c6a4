# 各種代碼的詞：`error-<代碼>`、`kind-<類型>`、`field-<欄位>`。

## 較新伺服器的拒絕
refusal-unknown = 辦公室拒絕了此操作（{ $code }）。請更新應用程式以查看原因。

## 與辦公室伺服器通訊失敗時的處理
error-bad_request = 辦公室伺服器無法理解應用程式的請求。請更新應用程式，資料不會遺失。
error-sign_in = 辦公室伺服器不認識此裝置。請重新註冊，您的紀錄仍在手機上。
error-revoked = 此裝置已被撤銷。其中的內容在 90 天內仍可傳送，請聯絡主管。
error-code_used = 邀請已使用或已過期，請重新索取。
error-code_unknown = 辦公室伺服器不認識此邀請，請檢查是否完整複製。
error-not_found = 辦公室沒有此內容，或不提供給此裝置。
error-gap = 辦公室伺服器缺少先前的內容，應用程式會自動補送。
error-fork = 此手機的資料被複製到另一支手機，請確認由哪支繼續使用。
error-too_large = 內容超過辦公室伺服器的大小限制。
error-too_often = 請求過於頻繁，應用程式會稍後自動繼續。
error-digest_mismatch = 資料在傳輸中發生變化，應用程式會重新傳送。
error-storage = 辦公室伺服器暫時無法儲存資料。請通知管理員，您的紀錄仍在手機上。
error-unavailable = 辦公室伺服器暫時無法回應，應用程式會自動重試。

## 紀錄類型
kind-company = 公司
kind-branch = 分支機構
kind-person = 人員
kind-customer = 客戶
kind-contact = 聯絡人
kind-site = 現場
kind-model = 型號
kind-machine = 設備
kind-part = 零件
kind-form = 表單
kind-policy = 規則
kind-call = 來電
kind-job = 工單
kind-visit = 到場服務
kind-voucher = 服務單
kind-fill = 已填表單
kind-answer = 答案
kind-item = 重複項目
kind-evidence = 照片或檔案
kind-part_use = 更換的零件
kind-charge = 收費項目
kind-time_entry = 工時
kind-meter_reading = 計數器讀數
kind-note = 備註
kind-document = 已簽文件
kind-amendment = 更正單
kind-review = 審核
kind-flag = 待關注事項
kind-device = 裝置
kind-holding = 裝置持有內容
kind-decision = 處理結果
kind-series = 編號序列

## 可能缺少的內容
field-reason = 原因
field-machine = 設備
field-quantity = 數量
field-remarks = 意見
field-amends = 所更正的文件
field-name = 姓名
field-fault = 故障
field-description = 說明
field-text = 文字
field-serial = 序號
field-code = 編號
field-title = 標題
field-content = 當時所示頁面
field-EngineerMissing = 工程師簽名
field-CustomerMissing = 客戶簽名，或註明無人在場
field-RemarksMissing = 客戶意見
field-StrokesMissing = 手寫簽名
field-NameMissing = 簽名人姓名
field-Satisfaction = 滿意度（1 至 5 分）
field-StampPicture = 印章的照片（此檔案不是照片）
field-OtherDocument = 針對本文件的簽名

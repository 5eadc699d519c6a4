## Devices that a restored hub does not know
problem-unconfirmed = 辦公室伺服器已從備份還原，尚不認識本裝置。您儲存的內容會傳送並保留在那裡；管理員確認本裝置後才能下載。
error-unconfirmed = 辦公室須先確認本裝置。已傳送的內容會保留；請聯絡管理員。
device-unconfirmed = 待確認
state-active = 啟用中
state-revoked = 已撤銷
state-unconfirmed = 待確認
console-sort-device = 未知裝置
console-sort-device-lead = 這些裝置在本伺服器所用備份之後註冊。它們傳送的內容會保留，管理員確認裝置後才會生效。
console-device-asks = { $name } 的裝置 { $code } 請求恢復
console-device-vouched = 公司金鑰簽署了它的憑證，且它持有憑證中的金鑰。請向本人確認裝置仍在其手中。
console-device-person-unknown = 此處沒有 { $name }：確認後將作為工程師新增。
console-device-waiting = { $commands } 筆記錄和 { $files } 個檔案（{ $bytes }）在此等待
console-device-fingerprint = 金鑰
console-confirm-device = 確認裝置
console-turn-down-device = 拒絕裝置
console-how-known = 您如何得知這是其本人的裝置？
console-done-device-confirmed = 裝置已確認：已傳送內容現在處理
console-done-device-turned-down = 已拒絕裝置：已傳送內容會保留但不生效
console-event-device-introduce = 未知裝置出示憑證
console-event-device-confirm = 裝置已確認

## Keys of the office
console-office-key-rotate = 公司金鑰已輪換
console-office-recovery-renew = 復原金鑰已更新
console-sent-fingerprint = 指紋
console-from-commands = 伺服器命令列

## What was asked for
console-judge-again = 重新判定
console-what-was-mended = 您更正了什麼？
console-done-judged = 已重新判定
console-office-refusal-again = 重新判定被拒內容
console-part-named = { $code } { $name }
console-sent-part = 備件
console-sent-depot = 倉庫
console-sent-to = 至
console-sent-amount = 金額
console-sent-unit-price = 單價
console-sent-payer = 付款方
console-sent-class = 類別
console-sent-machine = 機器
console-sent-machine-state = 機器狀態
console-sent-batch = 批號或序號
console-sent-window = 預約
console-sent-method = 付款方式
console-sent-symptom = 現象
console-sent-cause = 原因
console-sent-remedy = 處理
console-sent-findings = 檢查結果
console-sent-received-from = 收自
console-sent-add = 新增
console-sent-remove = 移除
console-sent-stage = 階段
console-sent-note = 備註
console-sent-title = 標題
console-sent-granted = 核准
console-sent-answer = 答覆

## Forms that somebody else saved meanwhile
console-stored-now = 目前儲存
console-change-from-to = { $before } → { $after }
console-change-nothing = 無
field-capture_reserve_bytes = 拍攝前的可用空間（位元組）
field-grace_days = 在手機上保留的天數
console-policy-rates = 工時、路途和公里的價格
console-policy-rates-none = 無費率
console-policy-rates-hint = 手機按這些費率為同幣別的服務單提出收費建議，由人員逐項接受或更改。每種類型和幣別一個費率。價格留空即刪除該費率。
console-policy-rate-kind = 項目
console-policy-rate-price = 單價
console-policy-rate-currency = 幣別
console-policy-rate-tax = 稅率（%）
console-policy-rate-labour = 人工，每小時
console-policy-rate-travel = 路途時間，每小時
console-policy-rate-waiting = 等待時間，每小時
console-policy-rate-kilometres = 每公里
console-policy-rate-call_out = 到府費，每次
console-policy-rate-other = 其他
console-policy-rate-line = { $kind }：{ $price }，稅 { $tax }%
console-policy-says-rates = { $rate }。
console-policy-says-no-rates = 無費率：收費由人工填寫。
console-trouble-policy-rates-what = 某項費率不合適
console-trouble-policy-rates-safe = 未做任何更改。
console-trouble-policy-rates-todo = 請更正下方標示的內容。
console-rate-twice = 該類型在此幣別下已有費率。
console-rate-currency = 請以三個字母填寫幣別，如 EUR。

## Done with the command line
console-office-webhook-private = 允許發往內部網路的 Webhook
console-office-metrics-token = 指標權杖

## Handed over
attention-refused_carried = 隨交接而來的 { $name } 的一筆記錄被辦公室拒絕：{ $why }{ $name } 也會看到並更正；它在此無效。
attention-title-refused_carried = 同事的一筆記錄被拒絕

## Before departure, as the office knows it
console-departure = 出發前
console-departure-of = { $name }，裝置 { $code }
console-departure-no-device = { $name } 沒有與辦公室同步的裝置。
console-departure-ready = 此工單所需內容已全部傳送
console-departure-not-ready = 此工單所需內容尚未全部傳送
console-departure-lacks = 缺少：{ $what }
console-departure-lacks-these = 缺少：{ $what }（{ $missing }）
console-departure-note = 本伺服器已傳送到裝置的內容；裝置本身會以同樣的指示燈顯示其上的內容。

## Stock before departure
console-departure-stock = 自有倉庫中的易損件

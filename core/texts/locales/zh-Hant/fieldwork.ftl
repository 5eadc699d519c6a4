# Words of parts, prices, stock, cash and requests: `<kind>-<word as stored>`.

## Kinds of records
kind-code = 清單項目
kind-price = 價格
kind-depot = 倉庫
kind-movement = 庫存異動
kind-stock = 庫存
kind-cash_receipt = 收款收據
kind-request = 申請

## Editable lists
list-symptom = 故障現象
list-cause = 故障原因
list-remedy = 處理措施
list-customer_class = 客戶等級
list-remark = 常用批註

## Who pays for a line
payer-customer = 客戶
payer-contract = 合約
payer-warranty = 保固
payer-internal = 內部

## Kinds of spare parts
part_group-wear = 易損件
part_group-consumable = 耗材
part_group-standard = 標準件
part_group-tool = 工具
part_group-auxiliary = 輔助設備

## What a charge is for
charge-labour = 工時費
charge-travel = 路程工時費
charge-waiting = 等候工時費
charge-kilometres = 里程費
charge-call_out = 到府費
charge-other = 其他

## Why stock moved
movement-used = 到府服務使用
movement-received = 入庫
movement-transferred = 調撥
movement-counted = 盤點
movement-scrapped = 報廢

## How money was given and where it is
cash-cash = 現金
cash-card = 刷卡
cash-cheque = 支票
cash-transfer = 轉帳
cash_state-taken = 工程師保管
cash_state-handed_over = 已上繳
cash_state-received = 會計已收

## Where a request stands
request-open = 等待辦公室處理
request-granted = 已同意
request-declined = 已拒絕

## Why a person should look
flag-unknown_part = 登記的零件編號不在目錄中
flag-unknown_code = 現象、原因或措施不在清單中
flag-meter_backward = 錶讀數比上次小
flag-corrected_twice = 同一工時或費用被兩人更正：以其中一次為準
flag-negative_stock = 出庫數量超過庫存
flag-class_changed = 現場更改了收費類別
flag-cash_differs = 會計清點金額與收據不符

## Why a command was refused
refusal-too_long = 「{ $field }」太長：{ $length } 個字元，最多 { $limit } 個。請縮短，或把長文字作為檔案附上。
refusal-too_many = 「{ $field }」有 { $count } 項，最多 { $limit } 項。請減少，或分幾次輸入。
refusal-out_of_range = 「{ $field }」必須在 { $least } 和 { $most } 之間。請檢查數字。
refusal-not_a_number = 「{ $value }」不能作為「{ $field }」的數字。請寫 2 或 0.5 這樣的數字。
refusal-no_currency = 「{ $field }」：「{ $currency }」不是貨幣代碼。請用三個大寫字母，例如 TWD。
refusal-currencies = 此服務單使用 { $voucher }，而這筆金額是 { $given }。一張服務單只能用一種貨幣：請用 { $voucher } 輸入。
refusal-more_than_booked = 要退回 { $quantity } 個 { $code }，但本次服務只登記了 { $booked } 個。最多可退 { $booked } 個。
refusal-line_does_not_add_up = 「{ $what }」的金額對不上。請重新輸入數量和單價。

## The same, at the console
console-refused-too_long = 文字太長
console-refused-too_many = 清單太長
console-refused-out_of_range = 數字超出範圍
console-refused-not_a_number = 應為數字
console-refused-no_currency = 金額沒有貨幣
console-refused-currencies = 一張服務單有兩種貨幣
console-refused-more_than_booked = 退回的零件多於登記數
console-refused-line_does_not_add_up = 明細金額對不上

## What happened, in the timeline
console-event-visit-appoint = 預約時間已更改
console-event-visit-staff = 協助人員已更改
console-event-job-change = 工單已修改
console-event-job-link_machine = 已連結設備
console-event-job-diagnose = 已記錄診斷
console-event-class-set = 收費類別已更改
console-event-request-make = 已提出變更申請
console-event-request-decide = 申請已處理
console-event-stock-move = 庫存已異動
console-event-cash-take = 已現場收款
console-event-cash-hand_over = 款項已上繳
console-event-cash-receive = 會計已收款

## Fields that a refusal names
field-minutes = 分鐘
field-kilometres = 公里數
field-value = 值
field-meter = 錶讀數
field-tax_basis_points = 稅率
field-amount = 金額
field-price = 價格
field-unit_price = 單價
field-net = 淨額
field-tax = 稅額
field-received_from = 付款人
field-number = 編號
field-findings = 診斷說明
field-answer = 答覆
field-fields = 要變更的內容
field-note = 備註
field-to = 調入倉庫
field-helpers = 協助人員
field-batch = 批號或序號
field-address = 地址
field-phone = 電話
field-email = 電子郵件
field-wear_parts = 易損件
field-rates = 費率
field-currency = 貨幣
field-question = 問題
field-symptom = 故障現象
field-cause = 原因
field-remedy = 措施
field-place = 位置
field-caller = 來電人
field-label = 問題文字
state-received = 會計已收

## On the pages of a voucher
voucher-diagnosis = 診斷
voucher-list-symptom = 故障現象
voucher-list-cause = 故障原因
voucher-list-remedy = 處理措施
voucher-meter = 錶讀數
voucher-findings = 診斷說明
voucher-place = 地點
voucher-remote = 遠端（電話或視訊）
voucher-left = 離開原因
voucher-class-reason = 收費類別原因
voucher-charge-counted = { $what }，{ $quantity } × { $price }

## A cash receipt
cash-title = 收款收據
cash-received-from = 付款人
cash-method = 付款方式
cash-tax-included = 其中稅額
cash-for-voucher = 對應服務單
cash-note = 備註

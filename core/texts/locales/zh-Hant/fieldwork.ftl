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
flag-negative_stock = 出庫數量超過庫存
flag-class_changed = 現場更改了收費類別
flag-cash_differs = 會計清點金額與收據不符

# Words of parts, prices, stock, cash and requests: `<kind>-<word as stored>`.

## Kinds of records
kind-code = 列表项
kind-price = 价格
kind-depot = 仓库
kind-movement = 库存变动
kind-stock = 库存
kind-cash_receipt = 收款收据
kind-request = 申请

## Editable lists
list-symptom = 故障现象
list-cause = 故障原因
list-remedy = 处理措施
list-customer_class = 客户等级
list-remark = 常用批注

## Who pays for a line
payer-customer = 客户
payer-contract = 合同
payer-warranty = 保修
payer-internal = 内部

## Kinds of spare parts
part_group-wear = 易损件
part_group-consumable = 耗材
part_group-standard = 标准件
part_group-tool = 工具
part_group-auxiliary = 辅助设备

## What a charge is for
charge-labour = 工时费
charge-travel = 路途工时费
charge-waiting = 等待工时费
charge-kilometres = 里程费
charge-call_out = 上门费
charge-other = 其他

## Why stock moved
movement-used = 上门服务使用
movement-received = 入库
movement-transferred = 调拨
movement-counted = 盘点
movement-scrapped = 报废

## How money was given and where it is
cash-cash = 现金
cash-card = 刷卡
cash-cheque = 支票
cash-transfer = 转账
cash_state-taken = 工程师保管
cash_state-handed_over = 已上交
cash_state-received = 财务已收

## Where a request stands
request-open = 等待办公室处理
request-granted = 已同意
request-declined = 已拒绝

## Why a person should look
flag-unknown_part = 登记的配件编码不在目录中
flag-unknown_code = 现象、原因或措施不在列表中
flag-meter_backward = 表读数比上次小
flag-negative_stock = 出库数量超过库存
flag-class_changed = 现场更改了收费类别
flag-cash_differs = 财务清点金额与收据不符

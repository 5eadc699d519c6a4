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
flag-corrected_twice = 同一工时或费用被两人更正：以其中一次为准
flag-negative_stock = 出库数量超过库存
flag-class_changed = 现场更改了收费类别
flag-cash_differs = 财务清点金额与收据不符

## Why a command was refused
refusal-too_long = “{ $field }”太长：{ $length } 个字符，最多 { $limit } 个。请缩短，或把长文本作为文件附上。
refusal-too_many = “{ $field }”有 { $count } 项，最多 { $limit } 项。请减少，或分几次录入。
refusal-out_of_range = “{ $field }”必须在 { $least } 和 { $most } 之间。请检查数字。
refusal-not_a_number = “{ $value }”不能作为“{ $field }”的数字。请写 2 或 0.5 这样的数字。
refusal-no_currency = “{ $field }”：“{ $currency }”不是货币代码。请用三个大写字母，例如 CNY。
refusal-currencies = 此服务单使用 { $voucher }，而这笔金额是 { $given }。一张服务单只能用一种货币：请用 { $voucher } 录入。
refusal-more_than_booked = 要退回 { $quantity } 个 { $code }，但本次服务只登记了 { $booked } 个。最多可退 { $booked } 个。
refusal-line_does_not_add_up = “{ $what }”的金额对不上。请重新输入数量和单价。

## The same, at the console
console-refused-too_long = 文本太长
console-refused-too_many = 列表太长
console-refused-out_of_range = 数字超出范围
console-refused-not_a_number = 应为数字
console-refused-no_currency = 金额没有货币
console-refused-currencies = 一张服务单有两种货币
console-refused-more_than_booked = 退回的配件多于登记数
console-refused-line_does_not_add_up = 明细金额对不上

## What happened, in the timeline
console-event-visit-appoint = 预约时间已更改
console-event-visit-staff = 协助人员已更改
console-event-job-change = 工单已修改
console-event-job-link_machine = 已关联设备
console-event-job-diagnose = 已记录诊断
console-event-class-set = 收费类别已更改
console-event-request-make = 已提出更改申请
console-event-request-decide = 申请已处理
console-event-stock-move = 库存已变动
console-event-cash-take = 已现场收款
console-event-cash-hand_over = 款项已上交
console-event-cash-receive = 财务已收款

## Fields that a refusal names
field-minutes = 分钟
field-kilometres = 公里数
field-value = 值
field-meter = 表读数
field-tax_basis_points = 税率
field-amount = 金额
field-price = 价格
field-unit_price = 单价
field-net = 净额
field-tax = 税额
field-received_from = 付款人
field-number = 编号
field-findings = 诊断说明
field-answer = 答复
field-fields = 要更改的内容
field-note = 备注
field-to = 调入仓库
field-helpers = 协助人员
field-batch = 批号或序列号
field-address = 地址
field-phone = 电话
field-email = 电子邮箱
field-wear_parts = 易损件
field-rates = 费率
field-currency = 货币
field-question = 问题
field-symptom = 故障现象
field-cause = 原因
field-remedy = 措施
field-place = 位置
field-caller = 来电人
field-label = 问题文本
state-received = 财务已收

## On the pages of a voucher
voucher-diagnosis = 诊断
voucher-list-symptom = 故障现象
voucher-list-cause = 故障原因
voucher-list-remedy = 处理措施
voucher-meter = 表读数
voucher-findings = 诊断说明
voucher-place = 地点
voucher-remote = 远程（电话或视频）
voucher-left = 离开原因
voucher-class-reason = 收费类别原因
voucher-charge-counted = { $what }，{ $quantity } × { $price }

## A cash receipt
cash-title = 收款收据
cash-received-from = 付款人
cash-method = 付款方式
cash-tax-included = 其中税额
cash-for-voucher = 对应服务单
cash-note = 备注

## Devices that a restored hub does not know
problem-unconfirmed = 办公室服务器已从备份恢复，尚不认识本机。您保存的内容会发送并保留在那里；管理员确认本机后才能下载。
error-unconfirmed = 办公室须先确认本机。已发送的内容会保留；请联系管理员。
device-unconfirmed = 待确认
state-active = 启用中
state-revoked = 已吊销
state-unconfirmed = 待确认
console-sort-device = 未知终端
console-sort-device-lead = 这些终端在本服务器所用备份之后注册。它们发送的内容会保留，管理员确认终端后才会生效。
console-device-asks = { $name } 的终端 { $code } 请求恢复
console-device-vouched = 公司密钥签署了它的凭证，且它持有凭证中的密钥。请向本人确认终端仍在其手中。
console-device-person-unknown = 此处没有 { $name }：确认后将作为工程师添加。
console-device-waiting = { $commands } 条记录和 { $files } 个文件（{ $bytes }）在此等待
console-device-fingerprint = 密钥
console-confirm-device = 确认终端
console-turn-down-device = 拒绝终端
console-how-known = 您如何得知这是其本人的终端？
console-done-device-confirmed = 终端已确认：已发送内容现在处理
console-done-device-turned-down = 已拒绝终端：已发送内容会保留但不生效
console-event-device-introduce = 未知终端出示凭证
console-event-device-confirm = 终端已确认

## Keys of the office
console-office-key-rotate = 公司密钥已轮换
console-office-recovery-renew = 恢复密钥已更新
console-sent-fingerprint = 指纹
console-from-commands = 服务器命令行

## What was asked for
console-judge-again = 重新判定
console-what-was-mended = 您更正了什么？
console-done-judged = 已重新判定
console-office-refusal-again = 重新判定被拒内容
console-part-named = { $code } { $name }
console-sent-part = 备件
console-sent-depot = 仓库
console-sent-to = 至
console-sent-amount = 金额
console-sent-unit-price = 单价
console-sent-payer = 付款方
console-sent-class = 类别
console-sent-machine = 机器
console-sent-machine-state = 机器状态
console-sent-batch = 批号或序列号
console-sent-window = 预约
console-sent-method = 付款方式
console-sent-symptom = 现象
console-sent-cause = 原因
console-sent-remedy = 处理
console-sent-findings = 检查结果
console-sent-received-from = 收自
console-sent-add = 新增
console-sent-remove = 移除
console-sent-stage = 阶段
console-sent-note = 备注
console-sent-title = 标题
console-sent-granted = 批准
console-sent-answer = 答复

## Forms that somebody else saved meanwhile
console-stored-now = 当前存储
console-change-from-to = { $before } → { $after }
console-change-nothing = 无
field-capture_reserve_bytes = 拍摄前的可用空间（字节）
field-grace_days = 在手机上保留的天数
console-policy-rates = 工时、路途和公里的价格
console-policy-rates-none = 无费率
console-policy-rates-hint = 手机按这些费率为同币种的服务单提出收费建议，由人员逐项接受或更改。每种类型和币种一个费率。价格留空即删除该费率。
console-policy-rate-kind = 项目
console-policy-rate-price = 单价
console-policy-rate-currency = 币种
console-policy-rate-tax = 税率（%）
console-policy-rate-labour = 人工，每小时
console-policy-rate-travel = 路途时间，每小时
console-policy-rate-waiting = 等待时间，每小时
console-policy-rate-kilometres = 每公里
console-policy-rate-call_out = 上门费，每次
console-policy-rate-other = 其他
console-policy-rate-line = { $kind }：{ $price }，税 { $tax }%
console-policy-says-rates = { $rate }。
console-policy-says-no-rates = 无费率：收费由人工填写。
console-trouble-policy-rates-what = 某项费率不合适
console-trouble-policy-rates-safe = 未做任何更改。
console-trouble-policy-rates-todo = 请更正下面标出的内容。
console-rate-twice = 该类型在此币种下已有费率。
console-rate-currency = 请用三个字母填写币种，如 EUR。

## Done with the command line
console-office-webhook-private = 允许发往内部网络的 Webhook
console-office-metrics-token = 指标令牌

## Handed over
attention-refused_carried = 随交接而来的 { $name } 的一条记录被办公室拒绝：{ $why }{ $name } 也会看到并更正；它在此无效。
attention-title-refused_carried = 同事的一条记录被拒绝

## Before departure, as the office knows it
console-departure = 出发前
console-departure-of = { $name }，终端 { $code }
console-departure-no-device = { $name } 没有与办公室同步的终端。
console-departure-ready = 此工单所需内容已全部发送
console-departure-not-ready = 此工单所需内容尚未全部发送
console-departure-lacks = 缺少：{ $what }
console-departure-lacks-these = 缺少：{ $what }（{ $missing }）
console-departure-note = 本服务器已发送到终端的内容；终端本身会以同样的指示灯显示其上的内容。

## Stock before departure
console-departure-stock = 自有仓库中的易损件

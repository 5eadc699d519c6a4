# 状态、类别与角色：`<类型>-<存储的词>`。

## 服务单类别
class-A = A · 收费
class-B = B · 合同
class-C = C · 保修免费
class-D = D · 内部

## 客户签字时的意见
outcome-accepted = 认可
outcome-remarks = 认可，附意见
outcome-refused = 拒绝认可
outcome-absent = 无人在场签字

## 签字人身份
signer-engineer = 工程师
signer-customer = 客户
signer-operator = 操作人员
signer-representative = 客户代表

## 答案来源
provenance-typed = 手工填写
provenance-scanned = 扫码读取
provenance-measured = 仪器测得
provenance-copied = 沿用上次服务
provenance-default = 默认值
provenance-calculated = 自动计算

## 拍摄时机
stage-found = 到场时状态
stage-left = 离场时状态
stage-other = 其他

## 工单、上门服务、服务单或草稿的状态
state-new = 新建
state-planned = 已安排
state-travelling = 在途
state-on_site = 已到场
state-waiting = 等待中
state-left = 已离场
state-reassigned = 已改派
state-open = 未完成
state-signed = 已签字锁定
state-submitted = 待审核
state-returned = 退回并附意见
state-approved = 已批准
state-cancelled = 已取消
state-completed_after_cancel = 取消后仍完成
state-sealed = 已签字锁定
state-discarded = 已放弃

## 服务过程
step-travel = 出发
step-arrive = 到场
step-leave = 离场

## 时间用途
time-travel = 路途
time-work = 作业
time-waiting = 等待

## 离场原因
leave-solved = 已解决
leave-part = 等待配件
leave-customer = 等待客户
leave-workshop = 等待维修车间
leave-another_visit = 需再次上门

## 紧急程度
priority-low = 低
priority-normal = 普通
priority-high = 高
priority-urgent = 紧急

## 设备状况
machine-down = 设备停机
machine-limited = 带病运行
machine-running = 正常运行

## 来电渠道
channel-phone = 电话
channel-mail = 邮件
channel-portal = 客户门户
channel-machine = 设备报警

## 人员角色
role-engineer = 工程师
role-training_rep = 培训代表
role-manager = 主管
role-call_desk = 呼叫台
role-store_keeper = 库管员
role-accountant = 会计
role-product_designer = 产品设计师
role-sales = 销售
role-auditor = 审计员
role-administrator = 管理员

## 需要人工查看的原因
flag-answer_conflict = 两人回答了同一问题，两个答案都已保留
flag-late_fact = 签字后收到另一终端的记录
flag-completed_after_cancel = 办公室已取消，现场仍已作业
flag-two_documents = 同一次服务签了两份文件
flag-two_amendments = 两份更正单更正了同一文件
flag-number_twice = 两份文件印有同一编号
flag-not_on_visit = 由非本次服务人员作业
flag-item_restored = 已删除的条目在别处被修改，已恢复
flag-sign_off_incomplete = 签字缺少该类别要求的内容

## 命令的处理结果
decision-accepted = 已执行
decision-refused = 被拒绝
decision-waiting = 等待中

## 终端是否可同步
device-active = 可用
device-revoked = 已吊销

## 手机持有原因
holding-assigned = 已派工
holding-reference = 基础资料
holding-related = 与工单相关
holding-returned = 退回更正
holding-pinned = 已固定
holding-window = 近期结束

## 屏幕上的状态
chip-machine-limited = 设备带病运行
chip-priority = 优先级：{ $priority }

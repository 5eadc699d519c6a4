# 各种代码的词：`error-<代码>`、`kind-<类型>`、`field-<字段>`。

## 较新服务器的拒绝
refusal-unknown = 办公室拒绝了此操作（{ $code }）。请更新应用以查看原因。

## 与办公室服务器通信失败时的处理
error-bad_request = 办公室服务器无法理解应用的请求。请更新应用，数据不会丢失。
error-sign_in = 办公室服务器不认识此终端。请重新注册，您的记录仍在手机上。
error-revoked = 此终端已被吊销。其中的内容在 90 天内仍可发送，请联系主管。
error-code_used = 邀请已使用或已过期，请重新索取。
error-code_unknown = 办公室服务器不认识此邀请，请检查是否完整复制。
error-not_found = 办公室没有此内容，或不提供给此终端。
error-gap = 办公室服务器缺少之前的内容，应用会自动补发。
error-fork = 此手机的数据被复制到另一台手机，请确认由哪台继续使用。
error-too_large = 内容超过办公室服务器的大小限制。
error-too_often = 请求过于频繁，应用会稍后自动继续。
error-digest_mismatch = 数据在传输中发生变化，应用会重新发送。
error-storage = 办公室服务器暂时无法保存数据。请通知管理员，您的记录仍在手机上。
error-unavailable = 办公室服务器暂时无法响应，应用会自动重试。

## 记录类型
kind-company = 公司
kind-branch = 分支机构
kind-person = 人员
kind-customer = 客户
kind-contact = 联系人
kind-site = 现场
kind-model = 型号
kind-machine = 设备
kind-part = 配件
kind-form = 表单
kind-policy = 规则
kind-call = 来电
kind-job = 工单
kind-visit = 上门服务
kind-voucher = 服务单
kind-fill = 已填表单
kind-answer = 答案
kind-item = 重复项
kind-evidence = 照片或文件
kind-part_use = 更换的配件
kind-charge = 收费项目
kind-time_entry = 工时
kind-meter_reading = 计数器读数
kind-note = 备注
kind-document = 已签文件
kind-amendment = 更正单
kind-review = 审核
kind-flag = 待关注事项
kind-device = 终端
kind-holding = 终端持有内容
kind-decision = 处理结果
kind-series = 编号序列

## 可能缺少的内容
field-reason = 原因
field-machine = 设备
field-quantity = 数量
field-remarks = 意见
field-amends = 所更正的文件
field-name = 姓名
field-fault = 故障
field-description = 说明
field-text = 文字
field-serial = 序列号
field-code = 编号
field-title = 标题
field-content = 当时所示页面
field-EngineerMissing = 工程师签字
field-CustomerMissing = 客户签字，或注明无人在场
field-RemarksMissing = 客户意见
field-StrokesMissing = 手写签字
field-NameMissing = 签字人姓名
field-Satisfaction = 满意度（1 至 5 分）
field-StampPicture = 印章的照片（此文件不是照片）
field-OtherDocument = 针对本文件的签字

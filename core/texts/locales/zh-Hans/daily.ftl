# Texts of the console's daily work: the board's plan, photos, review, attention, audit, policies, sign-ins.

## The board's views and filters
console-view-week = 每人一周
console-kept-views = 已存视图
console-kept-none = 您保存的视图会显示在这里。
console-view-name = 此视图的名称
console-view-opens = 看板以此视图打开
console-view-keep = 保存视图
console-view-forget = 移除视图
console-view-first = 首先打开
console-view-share = 本页地址包含全部筛选条件，可以发给同事。
console-filter-text = 文本
console-filter-text-hint = 编号、故障、序列号、客户
console-filter-branch = 分支机构
console-more-filters = 更多筛选
console-clear-filters = 清除筛选
console-only-machine = 仅设备 { $serial }
console-only-customer = 仅 { $name }
console-only-clear = 显示全部
console-board-none-fit = 没有符合筛选条件的工单。

## The board's plan
console-day = 日期
console-today = 今天
console-earlier = 更早
console-later = 更晚
console-weekday-1 = 周一
console-weekday-2 = 周二
console-weekday-3 = 周三
console-weekday-4 = 周四
console-weekday-5 = 周五
console-weekday-6 = 周六
console-weekday-7 = 周日
console-weekday-day = { $weekday } { $day }日
console-weekday-date = { $date } { $weekday }
console-no-appointment = 尚无预约
console-appoint = 安排
console-plan-empty = 外出服务的人员会按行显示在这里。
console-plan-hint = 将上门服务拖到其他人或其他时间，或选择“移动”。更改之前会先显示后果。
console-overlaps = 与另一次服务时间重叠
console-move = 移动
console-move-title = 移动 { $number } 的上门服务
console-move-now = 当前情况
console-move-follows = 后果
console-move-somebody = 其他人
console-move-reassigns = 更换负责人：{ $from } 的服务将关闭，并为 { $to } 安排一次新编号的服务。已完成的工作保留在原服务上。
console-move-appoints = 更改时间：预约会变更，工程师的手机在下次联系时显示。请通知客户。
console-keep-as-is = 保持不变

## Keys
console-key-next-voucher = 下一张服务单
console-key-previous-voucher = 上一张服务单
console-key-move = 移动服务

## Photos
console-gallery-title = 照片与文件 · { $number } · { $customer }
console-gallery = 全部照片与文件
console-stage = 阶段
console-as-found = 到场时
console-as-left = 离场时
console-other-photos = 其他照片与文件
console-photo-next = 下一张
console-photo-previous = 上一张
console-side-by-side = 并排
console-slide = 用滑块比较
console-photo-facts = 信息
console-photo-download = 下载原件

## Review
console-previous-review = 上一张服务单
console-standard-remark = 标准意见
console-remark-before = 第 { $round } 轮要求：{ $text }
console-unchanged-answers = { $count } 个未变的回答
console-since-you-looked = 您查看之后收到：{ $value }
console-change-line = { $what }：{ $before } → { $after }
console-finding-late = { $count } 条记录在签字之后到达，不在文件内

## Attention
console-attention-sorts = 类别
console-attention-all-of-them = 显示全部 { $count } 项
console-sort-all = 全部
console-sort-refused = 已拒绝
console-sort-refused-lead = 规则未接受。已发送的内容保留，但不生效。
console-sort-quarantine = 暂扣
console-sort-quarantine-lead = 等待人工确认或驳回。
console-sort-conflict = 两个回答
console-sort-conflict-lead = 两人回答了同一问题，两个回答都已保留。
console-sort-flag = 需要查看
console-sort-flag-lead = 规则发现了需要人工判断的情况。
console-sort-media = 缺少文件
console-sort-media-lead = 这些工单的照片或文件尚未到达办公室。
console-sort-silent = 失联终端
console-sort-silent-lead = 这些手机已一周没有联系，请询问使用者。
console-sort-waiting = 等待中
console-sort-waiting-lead = 等待另一终端尚未发送的内容。
console-sort-parked = 较新的应用
console-sort-parked-lead = 较新应用的工作等待本服务器升级。
console-keep-as-note = 保存为备注
console-kept-as-note = 已作为备注保存在工单上
console-reject-quarantine = 驳回
console-two-amendments-what = 请附上意见退回服务单，或请工程师处理：下一份更正单会取代这两份。
console-held-of-device = 暂扣：{ $name } 的终端 { $code }
console-held-together = 该终端有 { $count } 条记录等待确认，逐条列在下方。
console-confirm-together = 全部确认（{ $count }）
console-reject-together = 全部驳回（{ $count }）
console-would-change = 确认后将更改：{ $what }。
console-would-nothing = 确认后不会更改任何内容。
console-would-refuse = 确认后将被拒绝：{ $why }。
console-would-wait = 确认后将等待尚未到达的内容。
console-kind-counted = { $name }（{ $count }）
console-conflict-title = 两个回答：{ $question }
console-answer-current = 当前值，{ $name }
console-answer-kept = 另行保留，{ $name }
console-keep-current = 保留当前值
console-take-other = 采用 { $name } 的回答
console-other-taken = 已采用另一回答
console-conflict-signed = 服务单已签字：如需更改回答，请附意见退回。
console-silent = 失联
console-silent-title = { $name } 的“{ $device }”
console-silent-visits = { $count } 次未完成的服务
console-open-person = 打开人员
console-media-missing = 缺少文件
console-media-count = { $count } 个文件不在办公室

## What a command carried
console-sent-text = 文本
console-sent-value = 值
console-sent-reason = 原因
console-sent-fault = 故障
console-sent-caller = 来电人
console-sent-name = 名称
console-sent-path = 问题
console-sent-code = 代码
console-sent-quantity = 数量
console-sent-description = 说明
console-sent-minutes = 分钟
console-sent-kilometres = 公里
console-sent-serial = 序列号
console-sent-lead = 负责人
console-sent-person = 人员
console-sent-outcome = 结果
console-sent-priority = 优先级
console-sent-number = 编号
console-sent-filter = 筛选
console-sent-way = 方式
console-sent-kind = 类型
console-sent-phone = 电话
console-sent-address = 地址

## Kinds of records
console-kind-company = 公司
console-kind-branch = 分支机构
console-kind-person = 人员
console-kind-customer = 客户
console-kind-contact = 联系人
console-kind-site = 现场
console-kind-model = 机型
console-kind-machine = 设备
console-kind-part = 配件
console-kind-form = 表单
console-kind-policy = 政策
console-kind-code = 代码
console-kind-price = 价格
console-kind-depot = 仓库
console-kind-movement = 库存变动
console-kind-stock = 库存
console-kind-call = 来电
console-kind-job = 工单
console-kind-visit = 上门服务
console-kind-voucher = 服务单
console-kind-fill = 已填表单
console-kind-answer = 回答
console-kind-item = 条目
console-kind-evidence = 照片或文件
console-kind-part-use = 已用配件
console-kind-charge = 费用
console-kind-time-entry = 工时
console-kind-meter-reading = 表计读数
console-kind-note = 备注
console-kind-document = 已签文件
console-kind-amendment = 更正单
console-kind-review = 审核
console-kind-flag = 提示
console-kind-device = 终端
console-kind-series = 编号序列
console-kind-cash-receipt = 现金收据

## Audit log
console-audit = 审计日志
console-audit-time = 时间
console-audit-who = 谁
console-audit-what = 内容
console-audit-about = 对象
console-audit-outcome = 结果
console-audit-from = 来源
console-audit-details = 详情
console-audit-record = 工单、服务单或记录编号
console-day-from = 起始日期
console-day-to = 截止日期
console-audit-export = 导出为 CSV
console-audit-empty = 人员和终端的操作会显示在这里。
console-audit-no-record = 没有工单、服务单或记录使用此编号。
console-audit-cut = 导出内容过长，到此为止：请缩小时间范围以获取其余部分。
console-audit-undecided = 尚未决定
console-from-session = 控制台，会话 { $session }
console-from-address = 地址 { $address }
console-from-session-at = 控制台，会话 { $session }，地址 { $address }
console-office-session-begin = 登录
console-office-session-refused = 登录被拒绝
console-office-session-end = 退出
console-office-session-end-one = 结束其他处的登录
console-office-session-end-all = 在所有位置退出
console-office-app-place = 已放置手机应用
console-office-link-make = 创建密码链接
console-office-password-set = 设置密码
console-office-invite-make = 邀请终端
console-office-quarantine-confirm = 确认暂扣内容
console-office-quarantine-reject = 驳回暂扣内容
console-office-audit-export = 导出审计日志

## Policies
console-policies = 政策
console-policies-empty = 政策会显示在这里。
console-policy-default = 通用政策
console-policy-name = 政策
console-policy-means = 含义
console-policy-history = 变更
console-policy-reserve = 拍摄前的剩余空间
console-policy-reserve-mib = 打开相机前必须保留的空间（MiB）
console-policy-reserve-hint = 低于此值手机拒绝拍摄，以确保之前拍摄的内容仍可保存。不少于 16。
console-policy-grace = 手机保留时间
console-policy-grace-days = 办公室收到照片后在手机上保留的天数
console-policy-grace-hint = 适用于未公布已验证备份的情况。7 至 3650。
console-policy-days = { $count } 天
console-policy-prices = 对客户隐藏价格
console-policy-prices-all = 无
console-policy-prices-hint = 勾选类别的服务单不打印价格，签字文件会记录这一点。
console-policy-says-reserve = 手机剩余空间达到 { $size } 时才打开相机。
console-policy-says-grace = 办公室收到照片后，手机再保留 { $count } 天。
console-policy-says-all-prices = 所有服务单都向客户显示价格。
console-policy-says-prices = { $classes } 类服务单不向客户显示价格。

## Sign-ins
console-account = 我的登录和密码
console-sign-ins = 登录
console-sign-ins-of = { $name } 的登录
console-sign-ins-lead = 此人当前登录的位置。有不认识的？请结束并更换密码。
console-sign-ins-none = 没有登录。
console-session-program = { $system } 上的 { $browser }
console-session-unknown = 其他程序
console-session-begun = 开始于 { $time }
console-session-used = 最近使用约 { $time }
console-session-from = 来自 { $address }
console-session-here = 此浏览器
console-session-end = 结束
console-sign-out-everywhere = 在所有位置退出
console-change-password = 更换密码
console-present-password = 当前密码
console-no-password-yet = 您还没有密码。请向管理员索取链接。

## What was just done
console-done-moved = 服务已移动
console-done-view-kept = 视图已保存
console-done-views-full = 未保存：您已有 50 个视图，请先移除一个
console-done-view-forgotten = 视图已移除
console-done-rejected = 已驳回
console-done-taken = 现采用另一回答
console-done-sign-in-ended = 登录已结束
console-done-signed-out = 已在所有位置退出
console-done-changed = 工单已更改

## Errors
console-trouble-present-password-what = 当前密码不正确
console-trouble-present-password-safe = 没有任何改动。
console-trouble-present-password-todo = 请重新输入，或向管理员索取链接。
console-trouble-policy-name-what = 需要名称
console-trouble-policy-name-safe = 没有任何改动。
console-trouble-policy-name-todo = 请填写政策名称。
console-trouble-policy-reserve-what = 剩余空间数值不合适
console-trouble-policy-reserve-safe = 没有任何改动。
console-trouble-policy-reserve-todo = 请填写不小于 16 的整数（MiB）。
console-trouble-policy-grace-what = 天数不合适
console-trouble-policy-grace-safe = 没有任何改动。
console-trouble-policy-grace-todo = 请填写 7 至 3650 的整数。

## Search
console-found-documents = 已签文件
console-found-models = 机型
console-found-archived = 已归档
console-found-more = 更多
console-search-everything = 搜索全部
console-search-all = 显示全部结果
console-search-lead = 请输入编号、序列号、名称、配件或文件哈希的开头。

## Changing a job
console-change-job = 更改工单
console-link-machine = 关联设备
console-link-machine-hint = 已登记设备的序列号。
console-class-reason = 更改类别的原因
console-set-class = 更改类别
console-staff = 更改协助人员
console-no-such-machine = 没有设备使用此序列号

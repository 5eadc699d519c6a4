# Texts of the field app's pages around a visit: drawing, people, class, requests, remote visits, nameplates; and of the console that answers.

## Drawing over a photo
laptop-draw = 在照片上标注
laptop-draw-tool = 形状
laptop-draw-ink = 颜色
laptop-draw-words = 标签文字
laptop-draw-words-hint = 先输入文字，再点照片上要放标签的位置。
laptop-draw-words-first = 请先输入标签文字。
laptop-draw-placed = 已画上
laptop-draw-begun = 已开始：用方向键移动，回车结束，Esc 放弃。
laptop-draw-at = 距左边 { $x } %，距上边 { $y } %
laptop-draw-board = 可标注的照片
laptop-draw-keys = 用键盘：方向键移动十字（按住 Shift 步子更大），回车开始和结束，Esc 放弃，Delete 去掉最后一个，Ctrl Z 撤销。
laptop-draw-undo = 撤销
laptop-draw-redo = 重做
laptop-draw-clear = 全部去掉
laptop-draw-list = 已画的内容
laptop-draw-none = 还没有：请在照片上画。
laptop-draw-what = 照片本身保持原样，标注是它上面单独的一层。
laptop-verb-draw = 保存标注
laptop-done-drawn = 标注已保存
laptop-done-undrawn = 标注已去掉
shape-arrow = 箭头
shape-circle = 圆圈
shape-line = 手画线
shape-text = 文字标签
ink-red = 红色
ink-yellow = 黄色
ink-blue = 蓝色
ink-black = 黑色
ink-white = 白色
laptop-finding-mixed = 一个文件里有两种类型
laptop-finding-time = 文件自带时间与拍摄时间相差很大
laptop-finding-claims = 文件自带数据无法读取

## People of a visit
laptop-people = 人员
laptop-lead = 负责人
laptop-helpers = 协助人员
laptop-no-helpers = 这次上门没有协助人员。
laptop-no-colleagues = 本机上还没有同事资料。
laptop-helpers-what = 协助人员在下次同步后会在自己的设备上收到这张工单。离开前所做的都会保留。
laptop-helpers-lead-says = 只有未结束的上门服务的负责人能决定谁来协助。
laptop-done-people = 协助人员已更改

## The class of a voucher
laptop-class-why-now = 更改原因：
laptop-class-which = 这次服务如何付费？
laptop-class-proposed = 建议
laptop-class-payer-customer = 由客户付费。
laptop-class-payer-contract = 由服务合同承担。
laptop-class-payer-warranty = 客户免费：由保修承担。
laptop-class-payer-internal = 不收费：属于公司内部工作。
laptop-class-signed = 需要客户签字。
laptop-class-unsigned = 只需您签字。
laptop-class-reason = 为什么更改类别？
laptop-class-reason-hint = 主管会在服务单上看到这个原因。
laptop-verb-class = 确定类别
laptop-done-class = 类别已确定

## Asking the office
laptop-ask = 向办公室申请
laptop-ask-what = 您需要什么？
wish-window = 另约时间
wish-parts = 更多配件
wish-colleague = 请同事协助
wish-question = 解答一个问题
wish-change = 更正资料
laptop-window-from = 不早于
laptop-window-to = 不晚于
laptop-ask-field = 哪里不对？
laptop-ask-reason = 请说明
laptop-ask-reason-hint = 哪种配件、多少，谁、何时，或为什么：办公室看到的就是这些文字。
laptop-verb-ask = 提交申请
laptop-done-asked = 已申请；答复会显示在这里
laptop-asked = 已向办公室申请
request-answered = 已答复
laptop-nothing-asked = 您的申请和办公室的答复会显示在这里。
laptop-office-answer = 办公室答复

## Further visits, and visits by phone or video
laptop-plan = 安排下次服务
laptop-plan-what = 您在此工单上的下一次服务，有自己的服务单，编号由本设备给出。
laptop-plan-where = 方式
laptop-on-site = 上门
laptop-remote = 远程
laptop-plan-window-hint = 不填时间即没有预约。
laptop-collects = 同时补签
laptop-verb-plan = 安排服务
laptop-done-planned = 服务已安排
laptop-verb-remote = 改为电话或视频服务
laptop-verb-on-site = 还是上门
laptop-done-remote = 已改为电话或视频服务
laptop-done-on-site = 已改回上门服务
laptop-remote-what = 电话或视频服务：没有人能当场签字，由之后的上门服务补签。
laptop-remote-visits = 远程服务
laptop-waiting-what = 以下是为该客户做的远程服务，等待补签。
laptop-verb-collect = 在本次补签
laptop-done-collected = 已加入：可在本次服务中补签
laptop-sign-remote = 签署 { $number }
laptop-step-begin = 开始
laptop-verb-begin = 开始远程服务
laptop-step-end = 结束
laptop-verb-end = 结束远程服务

## Taken over, and not registered
laptop-held-before = 由 { $name } 转来。转给您时，其设备最后一次联系是 { $time }：此前未发送的内容可能仍只在那台设备上。
laptop-held-before-unheard = 由 { $name } 转来。其设备从未与办公室联系过。
laptop-carried-from = 您正用移交文件继续 { $name } 的工作。
laptop-unregistered = 这台机器尚未登记，办公室会根据铭牌或序列号登记。

## A job from a nameplate
laptop-nameplate = 铭牌
laptop-new-nameplate = 凭铭牌新建工单
laptop-nameplate-what = 适用于未登记的机器：先拍铭牌，再输入能看清的内容。
laptop-nameplate-take = 拍摄铭牌
laptop-nameplate-kept = 照片已保存（{ $size }）。现在填写工单。
laptop-nameplate-serial-hint = 能看清多少填多少，可以留空。
laptop-nameplate-drop = 不建工单：删除照片
laptop-done-nameplate-dropped = 照片已删除

## Parts, times and the meter
laptop-part-details = 批次、库存、付费方
laptop-part-from = 取自
laptop-part-elsewhere = 不是我方库存
laptop-stock-place = { $place }：{ $count }
laptop-part-payer = 付费方
laptop-payer-by-class = 按类别
laptop-correct = 更正
laptop-verb-correct = 更正
laptop-done-time-corrected = 工时已更正
laptop-meter-before = 上次读数
laptop-meter-now = 本次读数
laptop-meter-backward = { $value }（低于上次：保留但不采用）
field-window = 预约的起止时间

## The console answers
console-requests = 现场申请
console-request-answer = 答复
console-grant-window = 同意
console-grant-parts = 会办理
console-grant-colleague = 会办理
console-grant-question = 答复
console-grant-change = 按申请更改
console-decline = 不同意
console-asked-window = 申请的时间
console-asked-field = { $about }：{ $field }
console-visit-where = 方式
console-collected-by = 补签于
console-collected-nowhere = 之后的服务
console-collects = 同时补签
console-open-request = 查看并答复
console-done-decided = 已答复
console-sort-request = 申请
console-sort-request-lead = 现场提出申请，等待答复。
console-event-visit-remote = 改变了上门或远程方式
console-event-visit-collect = 在此补签远程服务
command-visit-remote = 远程或上门
command-visit-collect = 补签
command-visit-staff = 协助人员
command-class-set = 类别
command-request-make = 向办公室的申请
command-evidence-annotate = 标注
command-job-diagnose = 诊断
console-plan-remote = 电话或视频：由之后的上门补签

document-not-here = 此文件在另一台终端上签署，其文件不在本终端。签署的内容见历史记录；办公室存有该文件。
laptop-new-known = 已登记：{ $about }
laptop-new-look-up = 查询
laptop-take-back = 退回
laptop-done-part-back = 已退回
laptop-done-charge-corrected = 费用已更正

# Texts of what a phone keeps to and keeps safe: its lease, what was salvaged, its key.
lease-ends-soon = 本机须在 { $days } 天内同步，否则其中的内容将被隐藏，直到同步为止。数据不会丢失。
lease-over = 本机已太久没有与办公室联系，内容已隐藏。数据没有丢失：与办公室同步后即可全部重新显示。

# A damaged store: what was saved from it, what may be missing, where the damaged file lies.
salvaged = 本机的数据曾损坏，现已重建。办公室可能尚未收到的 { $commands } 条记录和 { $files } 个文件已保住，最后一条的时间是 { $last }。损坏前两秒内保存的内容可能缺失：请检查您最近的工单。损坏的文件保留在 { $aside }。
salvaged-nothing = 本机的数据曾损坏，现已重建。当时没有等待发送给办公室的记录，因此除损坏前两秒内保存的内容外没有丢失。损坏的文件保留在 { $aside }。

attention-lost_key = 本机用于签名的密钥已丢失，办公室无法核实其签名。您的工作已保留：请向办公室索取邀请并重新注册本机，工作会一并转移。
attention-lost_token = 本机用于联系办公室的令牌无法再打开，或者这是另一台终端的副本。已保存的内容不会丢失：请向办公室索取新的邀请并重新注册本机；待发送的内容在您确认后发送。
attention-strange_hub = 在办公室地址上应答的不是贵公司的服务器，或者其密钥已更改且没有可信方为其担保。没有向其发送任何内容；一切都保留在本机。请换用其他网络；如果仍然如此，请致电办公室，并且只用办公室向您念出密钥指纹的邀请重新注册。
attention-log_changed = 办公室的接收日志与本机之前看到的不一致：有内容事后被更改或遗漏。您的工作安全保存在本机上，并会继续发送。请告知管理员，并发送本机的诊断信息：其中含有证明。

console-event-amendment-reason = 更正原因已修改

# The departure check: one line each, here or missing with what to do.
departure-ready = 此工单所需的全部内容都在本机上。
departure-not-ready = 此工单所需的内容尚未全部到达本机。
departure-job = 工单及其上门记录
departure-job-missing = 工单尚未完整到达：出发前请先同步。
departure-form = 表单
departure-form-missing = 表单尚未到达：出发前请先同步。
departure-customer = 客户和地点
departure-customer-missing = 客户或地点资料尚未到达：出发前请先同步。
departure-contact = 客户方的电话
departure-contact-missing = 没有客户方任何人的电话：请询问办公室。
departure-machine = 设备
departure-machine-missing = 设备资料尚未到达：出发前请先同步。
departure-history = 设备以往的上门记录
departure-history-missing = 设备以往的上门记录尚未全部到达：出发前请先同步。
departure-documents = 以往上门时签署的文件
departure-documents-missing = 以往上门时签署的文件尚未全部到达：出发前请先同步。
departure-parts = 零件清单
departure-parts-missing = 零件清单尚未完整到达：出发前请先同步。
departure-stock = 您的车上备有全部易损件
departure-stock-missing = 您的车上缺少这些易损件：{ $missing }

job-choice-today = 今天
job-choice-open = 未完成
job-choice-mine = 我负责的
job-choice-returned = 已退回
job-choice-own = 我的全部
job-choice-all = 本机上的全部

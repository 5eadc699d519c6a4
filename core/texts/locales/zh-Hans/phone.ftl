# Texts of what a phone keeps to and keeps safe: its lease, what was salvaged, its key.
lease-ends-soon = 本设备须在 { $days } 天内同步，否则其中的内容将被隐藏，直到同步为止。数据不会丢失。
lease-over = 本设备已太久没有与办公室联系，内容已隐藏。数据没有丢失：与办公室同步后即可全部重新显示。

# A damaged store: what was saved from it, what may be missing, where the damaged file lies.
salvaged = 本设备的数据曾损坏，现已重建。办公室可能尚未收到的 { $commands } 条记录和 { $files } 个文件已保住，最后一条的时间是 { $last }。损坏前两秒内保存的内容可能缺失：请检查您最近的工单。损坏的文件保留在 { $aside }。
salvaged-nothing = 本设备的数据曾损坏，现已重建。当时没有等待发送给办公室的记录，因此除损坏前两秒内保存的内容外没有丢失。损坏的文件保留在 { $aside }。

attention-lost_key = 本设备用于签名的密钥已丢失，办公室无法核实其签名。您的工作已保留：请向办公室索取邀请并重新登记本设备，工作会一并转移。

console-event-amendment-reason = 更正原因已修改

# Texts of what a phone keeps to and keeps safe: its lease, what was salvaged, its key.
lease-ends-soon = 本设备须在 { $days } 天内同步，否则其中的内容将被隐藏，直到同步为止。数据不会丢失。
lease-over = 本设备已太久没有与办公室联系，内容已隐藏。数据没有丢失：与办公室同步后即可全部重新显示。

# Texts of what a phone keeps to and keeps safe: its lease, what was salvaged, its key.
lease-ends-soon = 本裝置須在 { $days } 天內同步，否則其中的內容將被隱藏，直到同步為止。資料不會遺失。
lease-over = 本裝置已太久沒有與辦公室聯絡，內容已隱藏。資料沒有遺失：與辦公室同步後即可全部重新顯示。

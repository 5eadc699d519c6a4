# Texts of what a phone keeps to and keeps safe: its lease, what was salvaged, its key.
lease-ends-soon = 本裝置須在 { $days } 天內同步，否則其中的內容將被隱藏，直到同步為止。資料不會遺失。
lease-over = 本裝置已太久沒有與辦公室聯絡，內容已隱藏。資料沒有遺失：與辦公室同步後即可全部重新顯示。

# A damaged store: what was saved from it, what may be missing, where the damaged file lies.
salvaged = 本裝置的資料曾損壞，現已重建。辦公室可能尚未收到的 { $commands } 筆記錄和 { $files } 個檔案已保住，最後一筆的時間是 { $last }。損壞前兩秒內儲存的內容可能缺失：請檢查您最近的工單。損壞的檔案保留在 { $aside }。
salvaged-nothing = 本裝置的資料曾損壞，現已重建。當時沒有等待傳送給辦公室的記錄，因此除損壞前兩秒內儲存的內容外沒有遺失。損壞的檔案保留在 { $aside }。

attention-lost_key = 本裝置用於簽名的金鑰已遺失，辦公室無法核實其簽名。您的工作已保留：請向辦公室索取邀請並重新登記本裝置，工作會一併轉移。

console-event-amendment-reason = 更正原因已修改

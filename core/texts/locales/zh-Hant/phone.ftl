# Texts of what a phone keeps to and keeps safe: its lease, what was salvaged, its key.
lease-ends-soon = 本裝置須在 { $days } 天內同步，否則其中的內容將被隱藏，直到同步為止。資料不會遺失。
lease-over = 本裝置已太久沒有與辦公室聯絡，內容已隱藏。資料沒有遺失：與辦公室同步後即可全部重新顯示。

# A damaged store: what was saved from it, what may be missing, where the damaged file lies.
salvaged = 本裝置的資料曾損壞，現已重建。辦公室可能尚未收到的 { $commands } 筆記錄和 { $files } 個檔案已保住，最後一筆的時間是 { $last }。損壞前兩秒內儲存的內容可能缺失：請檢查您最近的工單。損壞的檔案保留在 { $aside }。
salvaged-nothing = 本裝置的資料曾損壞，現已重建。當時沒有等待傳送給辦公室的記錄，因此除損壞前兩秒內儲存的內容外沒有遺失。損壞的檔案保留在 { $aside }。

attention-lost_key = 本裝置用於簽名的金鑰已遺失，辦公室無法核實其簽名。您的工作已保留：請向辦公室索取邀請並重新註冊本裝置，工作會一併轉移。
attention-lost_token = 本裝置用於聯絡辦公室的權杖無法再開啟，或者這是另一台裝置的副本。已儲存的內容不會遺失：請向辦公室索取新的邀請並重新註冊本裝置；待傳送的內容在您確認後傳送。
attention-strange_hub = 在辦公室位址上回應的不是貴公司的伺服器，或者其金鑰已變更且沒有可信方為其擔保。沒有向其傳送任何內容；一切都保留在本裝置。請改用其他網路；如果仍然如此，請致電辦公室，並且只用辦公室向您唸出金鑰指紋的邀請重新註冊。
attention-log_changed = 辦公室的接收日誌與本裝置之前看到的不一致：有內容事後被更改或遺漏。您的工作安全保存在本裝置上，並會繼續傳送。請告知管理員，並傳送本裝置的診斷資訊：其中含有證明。

console-event-amendment-reason = 更正原因已修改

# The departure check: one line each, here or missing with what to do.
departure-ready = 此工單所需的全部內容都在本裝置上。
departure-not-ready = 此工單所需的內容尚未全部到達本裝置。
departure-job = 工單及其到場記錄
departure-job-missing = 工單尚未完整到達：出發前請先同步。
departure-form = 表單
departure-form-missing = 表單尚未到達：出發前請先同步。
departure-customer = 客戶和地點
departure-customer-missing = 客戶或地點資料尚未到達：出發前請先同步。
departure-contact = 客戶方的電話
departure-contact-missing = 沒有客戶方任何人的電話：請詢問辦公室。
departure-machine = 設備
departure-machine-missing = 設備資料尚未到達：出發前請先同步。
departure-history = 設備以往的到場記錄
departure-history-missing = 設備以往的到場記錄尚未全部到達：出發前請先同步。
departure-documents = 以往到場時簽署的文件
departure-documents-missing = 以往到場時簽署的文件尚未全部到達：出發前請先同步。
departure-parts = 零件清單
departure-parts-missing = 零件清單尚未完整到達：出發前請先同步。
departure-stock = 您的車上備有全部易損件
departure-stock-missing = 您的車上缺少這些易損件：{ $missing }

job-choice-today = 今天
job-choice-open = 未完成
job-choice-mine = 我負責的
job-choice-returned = 已退回
job-choice-own = 我的全部
job-choice-all = 本裝置上的全部

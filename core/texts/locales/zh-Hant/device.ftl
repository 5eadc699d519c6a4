# Texts of the phone's screens.
question-missing = 需要填寫答案。
question-violated = 此答案超出表單允許的範圍。
question-not-an-option = 此答案已不在選項之中。

status-nothing-here = 本裝置上還沒有任何紀錄。
status-safe = 這裡的所有內容都已安全保存在辦公室。
status-needs-you = 有 { $count } 件事需要您處理。
status-commands-only-here = 有 { $count } 筆紀錄只在本裝置上。
status-files-only-here = 有 { $count } 個檔案（{ $size }）只在本裝置上。

attention-unattested = 此文件已由人員簽名，仍在等待裝置本身的簽章。內容不會遺失，請解鎖裝置。
attention-damaged_file = 此檔案的資料在本裝置上損壞，因此未傳送。請重新拍攝。
attention-unfiled_file = 此檔案已拍攝，但應用程式停止前未歸檔。檔案安全，請歸入某個工單。
attention-waiting_file = { $name } 已拍攝，但還沒有歸入任何工單。它安全保存在本裝置上；請歸入一個工單。
attention-fork = 此儲存是另一台裝置正在使用的儲存的副本。您的工作已保留，請重新註冊本裝置。
attention-held = 前一台裝置的工作在此等待。請確認由本裝置傳送。

# 同步受阻的原因和處理辦法。已儲存的內容不受影響。
problem-offline = 連線不到辦公室。請繼續工作：所有內容都儲存在本裝置，有網路時自動傳送。
problem-captive_portal = 回應的不是辦公室伺服器。請在此網路的登入頁面登入，或改用其他網路。
problem-hub_busy = 辦公室伺服器要求稍候，系統會自動重試。
problem-hub_storage = 辦公室伺服器空間不足。請通知辦公室；在此之前所有內容都儲存在本裝置。
problem-not_understood = 本程式與辦公室伺服器版本不相容。請更新本程式。
problem-local_store = 本裝置無法寫入。請釋放一些空間後重新同步。
problem-untrusted = 在辦公室位址上回應的不是貴公司的伺服器，或者其金鑰已變更且沒有可信方為其擔保。沒有向其傳送任何內容；一切都保留在本裝置。請改用其他網路；如果仍然如此，請致電辦公室，並且只用辦公室向您唸出金鑰指紋的邀請重新註冊。
problem-command_too_large = 有一筆記錄超過辦公室伺服器的上限。請通知辦公室；所有內容都儲存在本裝置。
problem-missing_on_hub = 辦公室伺服器缺少本裝置已不再保留的記錄。請通知辦公室。
problem-fork = 本裝置的資料被複製或還原到了別處。請向辦公室索取邀請並重新註冊本裝置；您的工作會一併保留。
problem-revoked = 辦公室已停用本裝置。您儲存的內容仍會傳送，並在辦公室等待人工確認；請聯絡辦公室。
problem-sign_in = 辦公室伺服器不認識本裝置。請向辦公室索取邀請並重新註冊；您的工作會保留。
problem-token_locked = 本裝置用於聯絡辦公室的權杖在解鎖之前無法使用。請解鎖本裝置，之後會自動繼續同步。期間仍可儲存和簽名。
problem-token_lost = 本裝置用於聯絡辦公室的權杖已遺失，或者這是另一台裝置的副本。已儲存的內容不會遺失：請向辦公室索取邀請並重新註冊本裝置，工作會一併轉移。

file-safety-office = 辦公室已妥存
file-safety-here = 僅在本裝置上
file-safety-elsewhere = 來自其他裝置

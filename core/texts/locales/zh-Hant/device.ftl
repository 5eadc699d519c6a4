# Texts of the phone's screens.
question-missing = 需要填寫答案。
question-violated = 此答案超出表單允許的範圍。
question-not-an-option = 此答案已不在選項之中。

status-safe = 這裡的所有內容都已安全保存在辦公室。
status-commands-only-here = 有 { $count } 筆紀錄只在本裝置上。
status-files-only-here = 有 { $count } 個檔案（{ $size }）只在本裝置上。

attention-unattested = 此文件已由人員簽名，仍在等待裝置本身的簽章。內容不會遺失，請解鎖裝置。
attention-damaged_file = 此檔案的資料在本裝置上損壞，因此未傳送。請重新拍攝。
attention-unfiled_file = 此檔案已拍攝，但應用程式停止前未歸檔。檔案安全，請歸入某個工單。
attention-fork = 此儲存是另一台裝置正在使用的儲存的副本。您的工作已保留，請重新登記本裝置。
attention-held = 前一台裝置的工作在此等待。請確認由本裝置傳送。

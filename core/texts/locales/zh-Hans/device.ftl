# Texts of the phone's screens.
question-missing = 需要填写答案。
question-violated = 此答案超出表单允许的范围。
question-not-an-option = 此答案已不在选项之中。

status-safe = 这里的所有内容都已安全保存在办公室。
status-commands-only-here = 有 { $count } 条记录只在本设备上。
status-files-only-here = 有 { $count } 个文件（{ $size }）只在本设备上。

attention-unattested = 此文件已由人员签字，还在等待设备自身的签名。内容不会丢失，请解锁设备。
attention-damaged_file = 此文件的数据在本设备上损坏，因此未发送。请重新拍摄。
attention-unfiled_file = 此文件已拍摄，但应用停止前未归档。文件安全，请归入某个工单。
attention-fork = 此存储是另一台设备正在使用的存储的副本。您的工作已保留，请重新登记本设备。
attention-held = 前一台设备的工作在此等待。请确认由本设备发送。

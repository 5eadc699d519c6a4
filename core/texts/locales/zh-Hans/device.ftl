# Texts of the phone's screens.
question-missing = 需要填写答案。
question-violated = 此答案超出表单允许的范围。
question-not-an-option = 此答案已不在选项之中。

status-nothing-here = 本机上还没有任何记录。
status-safe = 这里的所有内容都已安全保存在办公室。
status-needs-you = 有 { $count } 件事需要您处理。
status-commands-only-here = 有 { $count } 条记录只在本机上。
status-files-only-here = 有 { $count } 个文件（{ $size }）只在本机上。

attention-unattested = 此文件已由人员签字，还在等待终端自身的签名。内容不会丢失，请解锁终端。
attention-damaged_file = 此文件的数据在本机上损坏，因此未发送。请重新拍摄。
attention-unfiled_file = 此文件已拍摄，但应用停止前未归档。文件安全，请归入某个工单。
attention-waiting_file = { $name } 已拍摄，但还没有归入任何工单。它安全保存在本机上；请归入一个工单。
attention-fork = 此存储是另一台终端正在使用的存储的副本。您的工作已保留，请重新注册本机。
attention-held = 前一台终端的工作在此等待。请确认由本机发送。

# 同步受阻的原因和处理办法。已保存的内容不受影响。
problem-offline = 连接不到办公室。请继续工作：所有内容都保存在本机，有网络时自动发送。
problem-captive_portal = 应答的不是办公室服务器。请在此网络的登录页面登录，或换用其他网络。
problem-hub_busy = 办公室服务器要求稍候，系统会自动重试。
problem-hub_storage = 办公室服务器空间不足。请通知办公室；在此之前所有内容都保存在本机。
problem-not_understood = 本程序与办公室服务器版本不兼容。请更新本程序。
problem-local_store = 本机无法写入。请释放一些空间后重新同步。
problem-untrusted = 在办公室地址上应答的不是贵公司的服务器，或者其密钥已更改且没有可信方为其担保。没有向其发送任何内容；一切都保留在本机。请换用其他网络；如果仍然如此，请致电办公室，并且只用办公室向您念出密钥指纹的邀请重新注册。
problem-command_too_large = 有一条记录超过办公室服务器的上限。请通知办公室；所有内容都保存在本机。
problem-missing_on_hub = 办公室服务器缺少本机已不再保留的记录。请通知办公室。
problem-fork = 本机的数据被复制或恢复到了别处。请向办公室索取邀请并重新注册本机；您的工作会一并保留。
problem-revoked = 办公室已停用本机。您保存的内容仍会发送，并在办公室等待人工确认；请联系办公室。
problem-sign_in = 办公室服务器不认识本机。请向办公室索取邀请并重新注册；您的工作会保留。
problem-token_locked = 本机用于联系办公室的令牌在解锁之前无法使用。请解锁本机，之后会自动继续同步。期间仍可保存和签名。
problem-token_lost = 本机用于联系办公室的令牌已丢失，或者这是另一台终端的副本。已保存的内容不会丢失：请向办公室索取邀请并重新注册本机，工作会一并转移。

file-safety-office = 办公室已妥存
file-safety-here = 仅在本机上
file-safety-elsewhere = 来自其他终端

# 狀態、類別與角色：`<類型>-<儲存的詞>`。

## 服務單類別
class-A = A · 收費
class-B = B · 合約
class-C = C · 保固免費
class-D = D · 內部

## 客戶簽名時的意見
outcome-accepted = 認可
outcome-remarks = 認可，附意見
outcome-refused = 拒絕認可
outcome-absent = 無人在場簽名

## 簽名人身分
signer-engineer = 工程師
signer-customer = 客戶
signer-operator = 操作人員
signer-representative = 客戶代表

## 答案來源
provenance-typed = 手動填寫
provenance-scanned = 掃碼讀取
provenance-measured = 儀器測得
provenance-copied = 沿用上次服務
provenance-default = 預設值
provenance-calculated = 自動計算

## 拍攝時機
stage-found = 到場時狀態
stage-left = 離場時狀態
stage-other = 其他

## 工單、到場服務、服務單或草稿的狀態
state-new = 新建
state-planned = 已安排
state-travelling = 前往中
state-on_site = 已到場
state-waiting = 等待中
state-left = 已離場
state-reassigned = 已改派
state-open = 未完成
state-signed = 已簽名鎖定
state-submitted = 待審核
state-returned = 退回並附意見
state-approved = 已核准
state-cancelled = 已取消
state-completed_after_cancel = 取消後仍完成
state-sealed = 已簽名鎖定
state-discarded = 已放棄

## 服務過程
step-travel = 出發
step-arrive = 到場
step-leave = 離場

## 時間用途
time-travel = 路途
time-work = 作業
time-waiting = 等待

## 離場原因
leave-solved = 已解決
leave-part = 等待零件
leave-customer = 等待客戶
leave-workshop = 等待維修廠
leave-another_visit = 需再次到場

## 緊急程度
priority-low = 低
priority-normal = 一般
priority-high = 高
priority-urgent = 緊急

## 設備狀況
machine-down = 設備停機
machine-limited = 受限運轉
machine-running = 正常運轉

## 來電管道
channel-phone = 電話
channel-mail = 郵件
channel-portal = 客戶入口網站
channel-machine = 設備警報

## 人員角色
role-engineer = 工程師
role-training_rep = 培訓代表
role-manager = 主管
role-call_desk = 客服台
role-store_keeper = 庫管員
role-accountant = 會計
role-product_designer = 產品設計師
role-sales = 業務
role-auditor = 稽核員
role-administrator = 管理員

## 需要人工查看的原因
flag-answer_conflict = 兩人回答了同一問題，兩個答案都已保留
flag-late_fact = 簽名後收到另一裝置的紀錄
flag-completed_after_cancel = 辦公室已取消，現場仍已作業
flag-two_documents = 同一次服務簽了兩份文件
flag-two_amendments = 兩份更正單更正了同一文件
flag-number_twice = 兩份文件印有同一編號
flag-not_on_visit = 由非本次服務人員作業
flag-item_restored = 已刪除的項目在別處被修改，已恢復
flag-sign_off_incomplete = 簽名缺少該類別要求的內容

## 命令的處理結果
decision-accepted = 已執行
decision-refused = 被拒絕
decision-waiting = 等待中

## 裝置是否可同步
device-active = 可用
device-revoked = 已撤銷

## 手機持有原因
holding-assigned = 已派工
holding-reference = 基礎資料
holding-related = 與工單相關
holding-returned = 退回更正
holding-pinned = 已固定
holding-window = 近期結束

## 畫面上的狀態
chip-machine-limited = 設備受限運轉
chip-priority = 優先順序：{ $priority }

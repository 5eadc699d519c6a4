# Why a command was refused: refusal-<code>. What happened, then what to do.
refusal-not_allowed = 您沒有此項權限。請聯絡主管或管理員。
refusal-own_voucher = 不能審核自己的服務單。請由其他主管審核。
refusal-malformed = 無法辨識：{ $why }。請重新輸入。
refusal-missing = 缺少內容：{ $field }。請補充後重試。
refusal-wrong_answer = 「{ $value }」不符合要求。{ $expected ->
    [integer] 應為整數。
    [decimal] 應為數字。
    [date] 應為日期，例如 2026-11-22。
    [time] 應為時間，例如 14:30。
    [date_time] 應為日期和時間。
    [option] 應為清單中的選項。
    [read_only] 此題由表單自動填寫。
   *[other] 應為其他類型的答案。
  }
refusal-window_reversed = 結束早於開始。請更改其中之一。
refusal-no_question = 表單中沒有問題「{ $question }」。
refusal-no_record = 辦公室沒有這筆紀錄（{ $kind }）。
refusal-exists = 先前已經登記（{ $kind }），無需處理。
refusal-signed = 服務單已簽名並鎖定。如需更改，請新增修訂。
refusal-draft_closed = 此修訂已關閉。請另建一份。
refusal-state = 目前狀態下無法進行：{ $state }。
refusal-changed_since = 您查看之後內容已變更。請重新查看後再決定。
refusal-media_missing = 有 { $count } 個引用的檔案尚未到達辦公室。請等待，或說明為何不需要。
refusal-unattested = 裝置尚未為此文件簽章。請等待其下次同步，或在沒有裝置簽章的情況下核准。
refusal-several_documents = 同時存在多份有效文件。需先對全部文件進行修訂。
refusal-waited_too_long = 所等待的內容三十天內未到達。
refusal-defect = 辦公室伺服器無法處理。內容已保留，升級後會重新處理。

# Why a command was refused: refusal-<code>. What happened, then what to do.
refusal-not_allowed = 您没有此项权限。请联系主管或管理员。
refusal-own_voucher = 不能审核自己的服务单。请由其他主管审核。
refusal-malformed = 无法识别：{ $why }。请重新输入。
refusal-missing = 缺少内容：{ $field }。请补充后重试。
refusal-wrong_answer = “{ $value }”不符合要求。{ $expected ->
    [integer] 应为整数。
    [decimal] 应为数字。
    [date] 应为日期，例如 2026-11-22。
    [time] 应为时间，例如 14:30。
    [date_time] 应为日期和时间。
    [option] 应为列表中的选项。
    [read_only] 此题由表单自动填写。
   *[other] 应为其他类型的答案。
  }
refusal-window_reversed = 结束早于开始。请更改其中之一。
refusal-no_question = 表单中没有问题“{ $question }”。
refusal-no_record = 办公室没有这条记录（{ $kind }）。
refusal-exists = 此前已经登记（{ $kind }），无需处理。
refusal-signed = 服务单已签字并锁定。如需更改，请新建修订。
refusal-draft_closed = 此修订已关闭。请另建一份。
refusal-state = 当前状态下无法进行：{ $state }。
refusal-changed_since = 您查看之后内容已变化。请重新查看后再决定。
refusal-media_missing = 有 { $count } 个引用的文件尚未到达办公室。请等待，或说明为何不需要。
refusal-unattested = 终端尚未为此文件签名。请等待其下次同步，或在没有终端签名的情况下批准。
refusal-several_documents = 同时存在多份有效文件。需先对全部文件进行修订。
refusal-waited_too_long = 所等待的内容三十天内未到达。
refusal-defect = 办公室服务器无法处理。内容已保留，升级后会重新处理。

# Texts of the field app's pages around a visit: drawing, people, class, requests, remote visits, nameplates; and of the console that answers.

## Drawing over a photo
laptop-draw = 在照片上標註
laptop-draw-tool = 形狀
laptop-draw-ink = 顏色
laptop-draw-words = 標籤文字
laptop-draw-words-hint = 先輸入文字，再點照片上要放標籤的位置。
laptop-draw-words-first = 請先輸入標籤文字。
laptop-draw-placed = 已畫上
laptop-draw-begun = 已開始：用方向鍵移動，Enter 結束，Esc 放棄。
laptop-draw-at = 距左邊 { $x } %，距上邊 { $y } %
laptop-draw-board = 可標註的照片
laptop-draw-keys = 用鍵盤：方向鍵移動十字（按住 Shift 步子更大），Enter 開始和結束，Esc 放棄，Delete 去掉最後一個，Ctrl Z 復原。
laptop-draw-undo = 復原
laptop-draw-redo = 重做
laptop-draw-clear = 全部去掉
laptop-draw-list = 已畫的內容
laptop-draw-none = 還沒有：請在照片上畫。
laptop-draw-what = 照片本身保持原樣，標註是它上面單獨的一層。
laptop-verb-draw = 儲存標註
laptop-done-drawn = 標註已儲存
laptop-done-undrawn = 標註已去掉
shape-arrow = 箭頭
shape-circle = 圓圈
shape-line = 手畫線
shape-text = 文字標籤
ink-red = 紅色
ink-yellow = 黃色
ink-blue = 藍色
ink-black = 黑色
ink-white = 白色
laptop-finding-mixed = 一個檔案裡有兩種類型
laptop-finding-time = 檔案自帶時間與拍攝時間相差很大
laptop-finding-claims = 檔案自帶資料無法讀取

## People of a visit
laptop-people = 人員
laptop-lead = 負責人
laptop-helpers = 協助人員
laptop-no-helpers = 這次到訪沒有協助人員。
laptop-no-colleagues = 本裝置上還沒有同事資料。
laptop-helpers-what = 協助人員在下次同步後會在自己的裝置上收到這張工單。離開前所做的都會保留。
laptop-helpers-lead-says = 只有未結束的到訪服務的負責人能決定誰來協助。
laptop-done-people = 協助人員已變更

## The class of a voucher
laptop-class-why-now = 變更原因：
laptop-class-which = 這次服務如何付費？
laptop-class-proposed = 建議
laptop-class-payer-customer = 由客戶付費。
laptop-class-payer-contract = 由服務合約承擔。
laptop-class-payer-warranty = 客戶免費：由保固承擔。
laptop-class-payer-internal = 不收費：屬於公司內部工作。
laptop-class-signed = 需要客戶簽字。
laptop-class-unsigned = 只需您簽字。
laptop-class-reason = 為什麼變更類別？
laptop-class-reason-hint = 主管會在服務單上看到這個原因。
laptop-verb-class = 確定類別
laptop-done-class = 類別已確定

## Asking the office
laptop-ask = 向辦公室申請
laptop-ask-what = 您需要什麼？
wish-window = 另約時間
wish-parts = 更多零件
wish-colleague = 請同事協助
wish-question = 解答一個問題
wish-change = 更正資料
laptop-window-from = 不早於
laptop-window-to = 不晚於
laptop-ask-field = 哪裡不對？
laptop-ask-reason = 請說明
laptop-ask-reason-hint = 哪種零件、多少，誰、何時，或為什麼：辦公室看到的就是這些文字。
laptop-verb-ask = 提出申請
laptop-done-asked = 已申請；答覆會顯示在這裡
laptop-asked = 已向辦公室申請
request-answered = 已答覆
laptop-nothing-asked = 您的申請和辦公室的答覆會顯示在這裡。
laptop-office-answer = 辦公室答覆

## Further visits, and visits by phone or video
laptop-plan = 安排下次服務
laptop-plan-what = 您在此工單上的下一次服務，有自己的服務單，編號由本裝置給出。
laptop-plan-where = 方式
laptop-on-site = 到訪
laptop-remote = 遠端
laptop-plan-window-hint = 不填時間即沒有預約。
laptop-collects = 同時補簽
laptop-verb-plan = 安排服務
laptop-done-planned = 服務已安排
laptop-verb-remote = 改為電話或視訊服務
laptop-verb-on-site = 還是到訪
laptop-done-remote = 已改為電話或視訊服務
laptop-done-on-site = 已改回到訪服務
laptop-remote-what = 電話或視訊服務：沒有人能當場簽字，由之後的到訪服務補簽。
laptop-remote-visits = 遠端服務
laptop-waiting-what = 以下是為該客戶做的遠端服務，等待補簽。
laptop-verb-collect = 在本次補簽
laptop-done-collected = 已加入：可在本次服務中補簽
laptop-sign-remote = 簽署 { $number }
laptop-step-begin = 開始
laptop-verb-begin = 開始遠端服務
laptop-step-end = 結束
laptop-verb-end = 結束遠端服務

## Taken over, and not registered
laptop-held-before = 由 { $name } 轉來。轉給您時，其裝置最後一次聯絡是 { $time }：此前未傳送的內容可能仍只在那台裝置上。
laptop-held-before-unheard = 由 { $name } 轉來。其裝置從未與辦公室聯絡過。
laptop-carried-from = 您正用移交檔案繼續 { $name } 的工作。
laptop-unregistered = 這台機器尚未登記，辦公室會根據銘牌或序號登記。

## A job from a nameplate
laptop-nameplate = 銘牌
laptop-new-nameplate = 憑銘牌新增工單
laptop-nameplate-what = 適用於未登記的機器：先拍銘牌，再輸入能看清的內容。
laptop-nameplate-take = 拍攝銘牌
laptop-nameplate-kept = 照片已儲存（{ $size }）。現在填寫工單。
laptop-nameplate-serial-hint = 能看清多少填多少，可以留空。
laptop-nameplate-drop = 不建工單：刪除照片
laptop-done-nameplate-dropped = 照片已刪除

## Parts, times and the meter
laptop-part-details = 批次、庫存、付費方
laptop-part-from = 取自
laptop-part-elsewhere = 不是我方庫存
laptop-stock-place = { $place }：{ $count }
laptop-part-payer = 付費方
laptop-payer-by-class = 按類別
laptop-correct = 更正
laptop-verb-correct = 更正
laptop-done-time-corrected = 工時已更正
laptop-meter-before = 上次讀數
laptop-meter-now = 本次讀數
laptop-meter-backward = { $value }（低於上次：保留但不採用）
field-window = 預約的起訖時間

## The console answers
console-requests = 現場申請
console-request-answer = 答覆
console-grant-window = 同意
console-grant-parts = 會辦理
console-grant-colleague = 會辦理
console-grant-question = 答覆
console-grant-change = 按申請變更
console-decline = 不同意
console-asked-window = 申請的時間
console-asked-field = { $about }：{ $field }
console-visit-where = 方式
console-collected-by = 補簽於
console-collected-nowhere = 之後的服務
console-collects = 同時補簽
console-open-request = 查看並答覆
console-done-decided = 已答覆
console-sort-request = 申請
console-sort-request-lead = 現場提出申請，等待答覆。
console-event-visit-remote = 變更了到訪或遠端方式
console-event-visit-collect = 在此補簽遠端服務
command-visit-remote = 遠端或到訪
command-visit-collect = 補簽
command-visit-staff = 協助人員
command-class-set = 類別
command-request-make = 向辦公室的申請
command-evidence-annotate = 標註
command-job-diagnose = 診斷
console-plan-remote = 電話或視訊：由之後的到場補簽

document-not-here = 此文件在另一台裝置上簽署，其檔案不在本裝置。簽署的內容見歷史紀錄；辦公室存有該文件。
laptop-new-known = 已登記：{ $about }
laptop-new-look-up = 查詢
laptop-take-back = 退回
laptop-done-part-back = 已退回
laptop-done-charge-corrected = 費用已更正

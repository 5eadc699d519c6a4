# 照片、影片和檔案：圖上標註、拍攝序列、異常之處。

## 在照片上標註
refusal-not_a_picture = 「{ $name }」不是圖片。請在照片上標註。
console-refused-not_a_picture = 「{ $name }」不是圖片，只能在圖片上標註
console-event-evidence-annotate = 在照片上標註 { $count } 次
kind-annotation = 照片標註
evidence-drawn-by = { $names } 作了標註
evidence-drawing-full = 這張圖上已經畫滿了。請先儲存，或刪去一個圖形。

## 檔案的異常之處
console-finding-claims = 檔案自帶的資料無法讀取
console-finding-mixed = 一個檔案裡混有兩種格式
console-finding-time = 檔案自帶的時間與拍攝紀錄相差甚遠
console-claims-duration = 檔案自稱長度：{ $value }
console-claims-codec = 編碼：{ $value }
console-claims-pages = { $count } 頁

## 拍攝序列
evidence-set-place = 第 { $number } 張
set-missing = { $name } 的第 { $number } 張缺失
set-changed = { $name } 的第 { $number } 張被調換，或其時間被改動
set-twice = { $name } 有兩張編號為 { $number }
set-clock_set = { $name } 在拍第 { $number } 張之前調過時鐘
evidence-set-whole = { $name } 的拍攝：共 { $count } 張，無缺失、調換或改時
evidence-set-broken = { $name } 的拍攝：編號至 { $count }，序列不完整
verify-set-missing = 封存的序列中缺少 { $name } 的第 { $number } 張。
verify-set-changed = { $name } 的第 { $number } 張被調換，或其時間被改動。
verify-set-twice = { $name } 有兩張編號為 { $number }。
verify-set-clock_set = { $name } 在拍第 { $number } 張之前調過時鐘，而封存的序列沒有說明。
verify-set-differs = { $name } 的拍攝與封存的序列不符。
evidence-set-facts = { $place } · { $facts }
evidence-running-time = 長度 { $time }
evidence-chosen = { $time } 從檔案中選取
evidence-chosen-taken = 檔案自述拍攝於 { $taken }，{ $time } 選取

## 抬頭與評價
letterhead-tax-number = { $label } 號碼 { $number }
signature-aspects = 分項評價
signature-aspect = { $aspect }：{ $score } / 5
aspect-timeliness = 及時
aspect-thoroughness = 細緻
aspect-documents = 資料齊全
aspect-skill = 技術水準
aspect-training = 訓練
aspect-attitude = 服務態度

## 以本人語言閱讀簽名內容
console-as-signed = 簽名原文：{ $text }
console-signed-answer = { $question }：{ $answer }
console-as-written = 原文為{ $language }

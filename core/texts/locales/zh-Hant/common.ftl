# 各部分共用的詞：事物名稱、單位、日期。

language-en = 英文
language-es = 西班牙文
language-zh-Hans = 簡體中文
language-zh-Hant = 繁體中文

yes = 是
no = 否
none = 無
unknown = 未知

## 日期
date = { $year }年{ $month }{ $day }日
date-time = { $date } { $time }
month-1 = 1月
month-2 = 2月
month-3 = 3月
month-4 = 4月
month-5 = 5月
month-6 = 6月
month-7 = 7月
month-8 = 8月
month-9 = 9月
month-10 = 10月
month-11 = 11月
month-12 = 12月
time-unverified = { $time }（手機時鐘，未核實）

## 時長與大小
duration-minutes = { $minutes } 分鐘
duration-hours = { $hours } 小時
duration-hours-minutes = { $hours } 小時 { $minutes } 分鐘
bytes-b = { $count } 位元組
bytes-kb = { $size } kB
bytes-mb = { $size } MB
bytes-gb = { $size } GB
kilometres = { $count } 公里
percent = { $number }%

## 事物
word-call = 來電
word-job = 工單
word-visit = 到場服務
word-voucher = 服務單
word-amendment = 更正單
word-customer = 客戶
word-site = 現場
word-machine = 設備
word-model = 型號
word-serial = 序號
word-engineer = 工程師
word-part = 零件
word-form = 表單
word-question = 問題
word-photo = 照片
word-evidence = 照片與檔案
word-device = 裝置
word-person = 人員
word-hub = 辦公室伺服器

## 金額
currency-before = { $symbol }{ $amount }
currency-code = { $code } { $amount }
span = { $from } – { $to }

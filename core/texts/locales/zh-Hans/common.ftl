# 各部分共用的词：事物名称、单位、日期。

language-en = 英语
language-es = 西班牙语
language-zh-Hans = 简体中文
language-zh-Hant = 繁体中文

yes = 是
no = 否
none = 无
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
time-unverified = { $time }（手机时钟，未核实）

## 时长与大小
duration-minutes = { $minutes } 分钟
duration-hours = { $hours } 小时
duration-hours-minutes = { $hours } 小时 { $minutes } 分钟
bytes-b = { $count } 字节
bytes-kb = { $size } kB
bytes-mb = { $size } MB
bytes-gb = { $size } GB
kilometres = { $count } 公里
percent = { $number }%

## 事物
word-call = 来电
word-job = 工单
word-visit = 上门服务
word-voucher = 服务单
word-amendment = 更正单
word-customer = 客户
word-site = 现场
word-machine = 设备
word-model = 型号
word-serial = 序列号
word-engineer = 工程师
word-part = 配件
word-form = 表单
word-question = 问题
word-photo = 照片
word-evidence = 照片与文件
word-device = 终端
word-person = 人员
word-hub = 办公室服务器

## 金额
currency-before = { $symbol }{ $amount }
currency-code = { $code } { $amount }
span = { $from } – { $to }

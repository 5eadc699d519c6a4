# 照片、视频和文件：图上标注、拍摄序列、异常之处。

## 在照片上标注
refusal-not_a_picture = “{ $name }”不是图片。请在照片上标注。
console-refused-not_a_picture = “{ $name }”不是图片，只能在图片上标注
console-event-evidence-annotate = 在照片上标注 { $count } 次
kind-annotation = 照片标注
evidence-drawn-by = { $names } 作了标注
evidence-drawing-full = 这张图上已经画满了。请先保存，或删去一个图形。

## 文件的异常之处
console-finding-claims = 文件自带的数据无法读取
console-finding-mixed = 一个文件里混有两种格式
console-finding-time = 文件自带的时间与拍摄记录相差甚远
console-claims-duration = 文件自称时长：{ $value }
console-claims-codec = 编码：{ $value }
console-claims-pages = { $count } 页

## 拍摄序列
evidence-set-place = 第 { $number } 张
set-missing = { $name } 的第 { $number } 张缺失
set-changed = { $name } 的第 { $number } 张被调换，或其时间被改动
set-twice = { $name } 有两张编号为 { $number }
set-clock_set = { $name } 在拍第 { $number } 张之前调过时钟
evidence-set-whole = { $name } 的拍摄：共 { $count } 张，无缺失、调换或改时
evidence-set-broken = { $name } 的拍摄：编号至 { $count }，序列不完整
verify-set-missing = 封存的序列中缺少 { $name } 的第 { $number } 张。
verify-set-changed = { $name } 的第 { $number } 张被调换，或其时间被改动。
verify-set-twice = { $name } 有两张编号为 { $number }。
verify-set-clock_set = { $name } 在拍第 { $number } 张之前调过时钟，而封存的序列没有说明。
verify-set-differs = { $name } 的拍摄与封存的序列不符。
evidence-set-facts = { $place } · { $facts }
evidence-running-time = 时长 { $time }
evidence-chosen = { $time } 从文件中选取
evidence-chosen-taken = 文件自述拍摄于 { $taken }，{ $time } 选取

## 抬头与评价
letterhead-tax-number = { $label } 号码 { $number }
signature-aspects = 分项评价
signature-aspect = { $aspect }：{ $score } / 5
aspect-timeliness = 及时
aspect-thoroughness = 细致
aspect-documents = 资料齐全
aspect-skill = 技术水平
aspect-training = 培训
aspect-attitude = 服务态度

## 以本人语言阅读签字内容
console-as-signed = 签字原文：{ $text }
console-signed-answer = { $question }：{ $answer }
console-as-written = 原文为{ $language }

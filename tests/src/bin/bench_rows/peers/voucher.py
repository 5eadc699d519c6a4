"""A voucher of one page with two photos, in Chinese, set by typst: time and memory of a cold start."""

import json
import os
import resource
import sys
import time

begun = time.perf_counter()
import typst  # noqa: E402  (reading the library is part of the start, as it is for us)

fonts, first, second, pdf = sys.argv[1:5]
ANSWERS = [
    ("液压油压力（巴）", "148"),
    ("油温（摄氏度）", "61"),
    ("主轴轴承是否有异响", "有，低速时明显"),
    ("密封圈是否更换", "已更换"),
    ("导轨润滑", "正常"),
    ("控制系统版本", "4.12.7"),
    ("试运行时间（分钟）", "45"),
    ("现场处理说明", "拆下液压泵，更换轴封并补充液压油，试运行后无渗漏。"),
]
rows = ",\n".join(f"[1.{n}], [{q}], [{a}]" for n, (q, a) in enumerate(ANSWERS, 1))
root = os.path.dirname(os.path.abspath(pdf))
picture = lambda path: os.path.relpath(os.path.abspath(path), root)
source = f"""
#set page(paper: "a4", margin: 18mm, footer: context [V-26-0142 #h(1fr) #counter(page).display()])
#set text(font: "Noto Sans CJK SC", size: 9.5pt, lang: "zh")
= 服务单 V-26-0142
*上海精工机械服务有限公司* \\ 上海市浦东新区张江路 88 号 \\ +86 21 5555 0142
#grid(columns: (1fr, 1fr), [*客户* \\ 苏州永盛精密制造厂 \\ 苏州市工业园区星湖街 218 号],
  [*机器* \\ MX-500 \\ H7-3391 \\ 三号车间])
*故障* 液压泵漏油，压力不足，停机待修

*工程师* 林国强
== 检查与处理
#table(columns: (auto, 1fr, 1fr), {rows})
== 备件
#table(columns: 3, [SEAL-0042], [轴封], [1])
== 照片
#grid(columns: (1fr, 1fr), gutter: 6mm,
  [#image("{picture(first)}") 到达时：液压泵渗油], [#image("{picture(second)}") 离开时：更换轴封后])
"""
name = os.path.join(root, "voucher.typ")
with open(name, "w", encoding="utf-8") as file:
    file.write(source)
compiled = typst.compile(name, root=root, font_paths=[fonts], ignore_system_fonts=True)
with open(pdf, "wb") as file:
    file.write(compiled)
took = (time.perf_counter() - begun) * 1000
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"ms": took, "peak_mb": peak, "bytes": len(compiled)}))

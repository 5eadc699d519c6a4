# 命令列的文字。
cli-verify-trusted = 此文件完整，由您信任的公司簽發。
cli-verify-unchecked = 此文件前後一致，但未核對簽發者：請將金鑰指紋 { $fingerprint } 與公司的指紋比對，或用 --trust 提供。
cli-verify-failed = 此文件未通過驗證：

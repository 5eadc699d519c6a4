# 命令行的文字。
cli-verify-trusted = 此文件完整，由您信任的公司签发。
cli-verify-unchecked = 此文件前后一致，但未核对签发者：请将密钥指纹 { $fingerprint } 与公司的指纹比对，或用 --trust 给出。
cli-verify-failed = 此文件未通过验证：

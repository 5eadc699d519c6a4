# 核验结果：哪一项未通过以及原因。

## 核验结果
verify-ok-trusted = 真实且未被修改，由可信公司签发。
verify-ok-unchecked = 内容一致，签发者未核对。请与公司公布的指纹比对：{ $fingerprint }
verify-failed = { $count } 项核验未通过，请勿采信本文件。
verify-not-a-document = 这不是 Countersign 的服务单 PDF 或文件包。
verify-line-missing = 缺少文件末尾的签名行，请索取原始文件。
verify-line-malformed = 文件末尾的签名行格式不符。
verify-bytes-changed = 文件内容与末尾签名不符：文件已被修改。
verify-line-key = 末尾签名并非由凭证所载终端作出。
verify-structure = 该 PDF 的结构不符合本程序的写法：{ $detail }
verify-bundle-structure = 文件包重建后字节不一致：{ $detail }
verify-part-missing = 缺少 { $name }。
verify-part-unreadable = 无法读取 { $name }。
verify-part-not-canonical = { $name } 不是唯一的规范形式。
verify-part-differs = { $name } 与 PDF 中的不一致。
verify-content-differs = 内容与封存内容不一致。
verify-shown-differs = 出示给签字人的页面与封存的页面不一致。
verify-shown-words = 页面所示与封存内容不一致。
verify-signature-words = 签字页所示与签字记录不一致。
verify-renderer-unknown = 页面由本核验程序不认识的程序生成：{ $renderer }。请使用更新的核验程序。
verify-pages-differ = 服务单的可见页面不是出示给签字人的页面。
verify-qr = 签字页上的二维码不是封存文件的哈希值。
verify-sign-offs-differ = 签字记录与终端签名所涵盖的不一致。
verify-sign-offs-incomplete = 签字不符合该类服务单的要求。
verify-attestation-other = 终端声明针对的是另一份文件。
verify-attestation-signature = 终端声明没有该终端的有效签名。
verify-attestation-device = 终端声明所载终端与凭证不同。
verify-credential = 该凭证不是由该公司的密钥签发。
verify-chain = 公司密钥链已断裂。
verify-issuer-unknown = 签发者不是您信任的公司：密钥链上没有指纹 { $fingerprint }。
verify-bundle-kind = 此文件包不是可核验的文件，而是 { $kind } 类型。
verify-bundle-signature = 文件包没有其凭证所载终端的有效签名。
verify-media-differs = 文件 { $name } 与其哈希值不符。
verify-media-not-cited = 文件未引用 { $name }。
verify-number = 封存的编号 { $number } 未出现在页面上。

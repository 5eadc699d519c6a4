# 核驗結果：哪一項未通過以及原因。

## 核驗結果
verify-ok-trusted = 真實且未被修改，由可信公司簽發。
verify-ok-unchecked = 內容一致，簽發者未核對。請與公司公布的指紋比對：{ $fingerprint }
verify-failed = { $count } 項核驗未通過，請勿採信本文件。
verify-not-a-document = 這不是 Countersign 的服務單 PDF 或文件包。
verify-line-missing = 缺少檔案末尾的簽章行，請索取原始檔案。
verify-line-malformed = 檔案末尾的簽章行格式不符。
verify-bytes-changed = 檔案內容與末尾簽章不符：檔案已被修改。
verify-line-key = 末尾簽章並非由憑證所載裝置作出。
verify-structure = 該 PDF 的結構不符合本程式的寫法：{ $detail }
verify-bundle-structure = 文件包重建後位元組不一致：{ $detail }
verify-part-missing = 缺少 { $name }。
verify-part-unreadable = 無法讀取 { $name }。
verify-part-not-canonical = { $name } 不是唯一的規範形式。
verify-part-differs = { $name } 與 PDF 中的不一致。
verify-content-differs = 內容與封存內容不一致。
verify-shown-differs = 出示給簽名人的頁面與封存的頁面不一致。
verify-shown-words = 頁面所示與封存內容不一致。
verify-signature-words = 簽名頁所示與簽名紀錄不一致。
verify-renderer-unknown = 頁面由本核驗程式不認識的程式產生：{ $renderer }。請使用較新的核驗程式。
verify-pages-differ = 服務單的可見頁面不是出示給簽名人的頁面。
verify-qr = 簽名頁上的二維碼不是封存文件的雜湊值。
verify-sign-offs-differ = 簽名紀錄與裝置簽章所涵蓋的不一致。
verify-sign-offs-incomplete = 簽名不符合該類服務單的要求。
verify-attestation-other = 裝置聲明針對的是另一份文件。
verify-attestation-signature = 裝置聲明沒有該裝置的有效簽章。
verify-attestation-device = 裝置聲明所載裝置與憑證不同。
verify-credential = 該憑證不是由該公司的金鑰簽發。
verify-chain = 公司金鑰鏈已斷裂。
verify-issuer-unknown = 簽發者不是您信任的公司：金鑰鏈上沒有指紋 { $fingerprint }。
verify-bundle-kind = 此文件包不是可核驗的文件，而是 { $kind } 類型。
verify-bundle-signature = 文件包沒有其憑證所載裝置的有效簽章。
verify-media-differs = 檔案 { $name } 與其雜湊值不符。
verify-media-not-cited = 文件未引用 { $name }。
verify-number = 封存的編號 { $number } 未出現在頁面上。

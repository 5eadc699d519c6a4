//! The name that a file came with, fit to be shown, printed and saved under.
//!
//! Names come from cameras, browsers and strangers. Quotes, scripts from right to left and emoji are ordinary; what
//! steers a screen or leads into another folder is not.

/// Most characters of a name.
const LONGEST: usize = 120;
/// Most bytes of a name: file systems take 255, and a name may get an ending of ours.
const MOST_BYTES: usize = 240;
/// Most characters of an ending that is kept when a name is cut.
const LONGEST_ENDING: usize = 12;
/// Stands where a character could not stay: seen, so that nobody takes the name for the original one.
const STAND_IN: char = '_';

/// The last part of a path, without characters that steer a screen, and not too long.
pub fn safe_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).find(|part| !part.trim().is_empty()).unwrap_or_default();
    let plain: String = last.chars().map(|sign| if steers(sign) { STAND_IN } else { sign }).collect();
    let plain = plain.trim();
    if plain.is_empty() || plain.chars().all(|sign| sign == '.') {
        return "file".to_owned();
    }
    shortened(plain)
}

/// Control characters, and the marks that turn the direction of what follows: `gpj.exe` reads as `exe.jpg` behind one.
fn steers(sign: char) -> bool {
    sign.is_control()
        || matches!(sign, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        || matches!(sign, '\u{2028}' | '\u{2029}' | '\u{feff}')
}

fn shortened(name: &str) -> String {
    if name.chars().count() <= LONGEST && name.len() <= MOST_BYTES {
        return name.to_owned();
    }
    let ending = name.rsplit_once('.').map(|(_, ending)| ending).filter(|e| e.chars().count() <= LONGEST_ENDING);
    let ending = ending.map(|ending| format!(".{ending}")).unwrap_or_default();
    let mark = '…';
    let kept = LONGEST.saturating_sub(ending.chars().count() + 1);
    let mut room = MOST_BYTES.saturating_sub(ending.len() + mark.len_utf8());
    let fits = |sign: &char| {
        let left = room.checked_sub(sign.len_utf8());
        room = left.unwrap_or(0);
        left.is_some()
    };
    let mut short: String = name.chars().take(kept).take_while(fits).collect();
    short.push(mark);
    short.push_str(&ending);
    short
}

#[cfg(test)]
mod tests {
    use super::safe_name;

    #[test]
    fn names_from_anywhere_are_fit_to_be_shown() {
        let long = "照".repeat(300);
        let rows = [
            ("leak.jpg", "leak.jpg"),
            ("the \"left\" pump's seal <3>.png", "the \"left\" pump's seal <3>.png"),
            ("تسرب الزيت.jpg", "تسرب الزيت.jpg"),
            ("📷 泄漏.heic", "📷 泄漏.heic"),
            ("../../etc/passwd", "passwd"),
            ("C:\\DCIM\\100\\IMG_1.JPG", "IMG_1.JPG"),
            ("photo\u{202e}gpj.exe", "photo_gpj.exe"),
            ("a\0b\nc\td.txt", "a_b_c_d.txt"),
            ("..", "file"),
            ("", "file"),
            ("/", "file"),
            (" \u{feff} ", "_"),
        ];
        for (name, safe) in rows {
            assert_eq!(safe_name(name), safe, "{name:?}");
        }
        let cut = safe_name(&format!("{long}.jpeg"));
        assert!(cut.starts_with("照照") && cut.ends_with("….jpeg"), "{cut}");
        let latin = safe_name(&format!("{}.jpeg", "a".repeat(300)));
        assert!(latin.chars().count() == 120 && latin.ends_with("….jpeg"), "{latin}");
        for name in [long.clone(), format!("{long}.jpeg"), "é".repeat(120), "📷".repeat(70)] {
            assert!(safe_name(&name).len() <= 240, "a file system takes no more: {name}");
        }
    }
}

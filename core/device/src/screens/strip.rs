//! The strip that every shell shows on every screen: how the connection is, and whether anything is only on this device.
//! Offline is a state like another, never an error.

use countersign_texts::{Chip, Texts, Value, Zone};

use super::StatusScreen;
use crate::sync::{Connection, Problem};

/// The two marks of the strip.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Strip {
    /// How the connection is.
    pub connection: Chip,
    /// What is only on this device.
    pub safety: Chip,
}

/// The strip of this moment, in the reader's language and zone.
pub fn strip(texts: &Texts, zone: &Zone, status: &StatusScreen, now: &Connection) -> Strip {
    Strip { connection: connection(texts, zone, status, now), safety: safety(status) }
}

/// Whether anything is only on this device, in the words of the status.
pub fn safety(status: &StatusScreen) -> Chip {
    let (class, icon) = match (status.unique_on_this_device, status.enrolled, status.attention) {
        (true, _, _) => ("attention", "phone"),
        (false, true, 0) => ("ok", "check"),
        (false, true, _) => ("attention", "warn"),
        // It has nothing, and nothing of it is at an office: no praise.
        (false, false, _) => ("", "phone"),
    };
    Chip { class, icon, word: status.sentence.clone() }
}

fn connection(texts: &Texts, zone: &Zone, status: &StatusScreen, now: &Connection) -> Chip {
    let chip = |class, icon, key: &str| Chip { class, icon, word: texts.get(key) };
    let left = status.pending_commands.saturating_add(status.unconfirmed_media);
    let is = |problem: Problem| now.problem.as_deref() == Some(problem.code());
    let held_up = now.problem.is_some() && !is(Problem::NotConnected);
    match (now.connected, now.since) {
        _ if !status.enrolled => chip("", "dot", "strip-not-enrolled"),
        _ if now.cut => chip("", "plane", "strip-cut"),
        // Before "offline", which would hide what to do about it.
        _ if is(Problem::Untrusted) => chip("attention", "warn", "strip-stranger"),
        _ if is(Problem::TokenLocked) => chip("attention", "lock", "strip-locked"),
        (Some(false), Some(since)) => {
            let word = texts.with("strip-offline-since", &[("time", Value::from(texts.time(since, zone)))]);
            Chip { class: "", icon: "offline", word }
        }
        _ if held_up => chip("attention", "warn", "strip-held-up"),
        (Some(true), _) if now.working && left > 0 => {
            let word = texts.with("strip-sending", &[("count", Value::from(left))]);
            Chip { class: "info", icon: "send", word }
        }
        (Some(true), _) => chip("ok", "online", "strip-online"),
        _ => chip("", "wait", "strip-connecting"),
    }
}

#[cfg(test)]
mod tests {
    use countersign_model::Language;

    use super::*;

    fn status() -> StatusScreen {
        StatusScreen { enrolled: true, sentence: "safe".to_owned(), ..StatusScreen::default() }
    }

    fn icon(status: &StatusScreen, now: &Connection) -> &'static str {
        strip(&Texts::new(Language::English), &Zone::utc(), status, now).connection.icon
    }

    #[test]
    fn the_strip_says_the_first_thing_that_counts() {
        let online = Connection { connected: Some(true), ..Connection::default() };
        let offline = Connection { connected: Some(false), since: Some(5), ..Connection::default() };
        let with = |now: &Connection, problem: &str| Connection { problem: Some(problem.to_owned()), ..now.clone() };
        let waiting = StatusScreen { pending_commands: 2, ..status() };
        let rows = [
            (StatusScreen { enrolled: false, ..status() }, online.clone(), "dot"),
            (status(), Connection { cut: true, ..offline.clone() }, "plane"),
            (status(), with(&offline, "revoked"), "offline"),
            (status(), with(&offline, "untrusted"), "warn"),
            (status(), with(&offline, "token_locked"), "lock"),
            (StatusScreen { enrolled: false, ..status() }, with(&offline, "untrusted"), "dot"),
            (status(), with(&Connection::default(), "token_locked"), "lock"),
            (status(), with(&Connection::default(), "token_lost"), "warn"),
            (status(), with(&online, "revoked"), "warn"),
            (status(), with(&online, "offline"), "online"),
            (waiting.clone(), Connection { working: true, ..online.clone() }, "send"),
            (status(), Connection { working: true, ..online.clone() }, "online"),
            (waiting, online, "online"),
            (status(), Connection::default(), "wait"),
        ];
        for (status, now, want) in rows {
            assert_eq!(icon(&status, &now), want, "{status:?} {now:?}");
        }
    }

    #[test]
    fn what_is_only_here_is_marked_in_every_language() {
        for language in Language::ALL {
            let texts = Texts::new(language);
            let only = StatusScreen { unique_on_this_device: true, ..status() };
            let shown = |status: &StatusScreen| strip(&texts, &Zone::utc(), status, &Connection::default()).safety.icon;
            assert_eq!((shown(&only), shown(&status())), ("phone", "check"));
            assert_eq!(shown(&StatusScreen { attention: 1, ..status() }), "warn");
            assert_eq!(shown(&StatusScreen { enrolled: false, ..status() }), "phone");
            let keys = [
                "not-enrolled",
                "cut",
                "stranger",
                "locked",
                "offline-since",
                "held-up",
                "sending",
                "online",
                "connecting",
            ];
            assert!(keys.iter().all(|key| texts.has(&format!("strip-{key}"))), "{language:?}");
        }
    }
}

//! The device's token is sealed: what a locked vault, a lost one and a copied store stop, and what goes on.
#![cfg(test)]

use countersign_device::sync::Problem;
use countersign_device::texts::Texts;
use countersign_model::Language;
use countersign_model::entity::Answer;
use countersign_tests::office::{Office, Phone};

/// What is done to the vault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Open,
    Locked,
    Gone,
}

fn put(phone: &Phone, state: State) {
    match state {
        State::Open => phone.vault.lock(false),
        State::Locked => phone.vault.lock(true),
        State::Gone => phone.vault.lose_key(),
    }
}

/// Each state of the vault against sync, saving, signing, status and attention; then what mends it, and that nothing that
/// was saved is lost.
#[tokio::test(flavor = "multi_thread")]
async fn a_vault_stops_sync_alone_and_what_was_saved_is_sent_after_it() {
    let rows = [
        (State::Open, None, vec![]),
        (State::Locked, Some(Problem::TokenLocked), vec![]),
        (State::Gone, Some(Problem::TokenLost), vec!["lost_token"]),
    ];
    for (state, problem, attention) in rows {
        let office = Office::open().await;
        let planned = office.job(office.ana, &[]);
        let mut ana = office.phone(office.ana, 11).await;
        ana.sync().await;
        put(&ana, state);
        ana.fill(planned.job);
        ana.answer(planned.job, "hours", "5").unwrap();
        let sealed = ana.sign(planned.job).sealed;
        assert!(ana.app().paper(sealed).unwrap().is_some(), "{state:?}: signed and vouched for");
        let waiting = ana.pending();
        let report = ana.try_sync().await;
        assert_eq!(report.problem, problem, "{state:?}: {}", report.detail);
        assert_eq!(report.pushed > 0, state == State::Open, "{state:?}");
        ana.restart();
        let status = ana.app().status_screen().unwrap();
        let code = problem.as_ref().map(Problem::code);
        assert_eq!(status.problem.as_deref(), code, "{state:?}");
        let texts = Texts::new(Language::English);
        assert_eq!(status.advice, code.map(|code| texts.word("problem", code)), "{state:?}");
        assert_eq!(ana.attention(), attention, "{state:?}");
        match state {
            State::Open => assert_eq!(ana.pending(), 0),
            State::Locked => {
                assert_eq!(ana.pending(), waiting);
                put(&ana, State::Open);
            }
            State::Gone => {
                assert_eq!(ana.pending(), waiting);
                ana.enrol(&office.invite_at(office.ana, &office.url())).await.unwrap();
                assert_eq!(ana.attention(), ["held"], "a person says that it goes under the new device");
                ana.app().confirm_held_work().unwrap();
            }
        }
        ana.sync().await;
        let left = ana.app().outbox_screen().unwrap();
        assert_eq!((left.pending, &left.attention), (0, &vec![]), "{state:?}");
        assert_eq!(ana.app().status_screen().unwrap().problem, None, "{state:?}");
        let answers = office.hub.all::<Answer>().unwrap();
        let mut values: Vec<String> = answers.into_iter().filter_map(|(_, answer)| answer.current.value).collect();
        values.sort();
        assert_eq!(values, ["5", "yes"], "{state:?}");
        office.check();
    }
}

/// A vault that is locked for a moment (its key store is busy) ends in the same sync.
#[tokio::test(flavor = "multi_thread")]
async fn a_staying_sync_goes_on_when_the_vault_is_unlocked() {
    let office = Office::open().await;
    let planned = office.job(office.ana, &[]);
    let ana = office.phone(office.ana, 11).await;
    ana.sync().await;
    put(&ana, State::Locked);
    ana.fill(planned.job);
    let (wishes, wished) = tokio::sync::mpsc::channel(4);
    let (told, mut seen) = tokio::sync::mpsc::unbounded_channel();
    let app = ana.app().clone();
    let staying = tokio::spawn(async move {
        let show = move |progress: &countersign_device::sync::Progress| {
            let _over = told.send((progress.status.problem.clone(), progress.report.pushed));
        };
        countersign_device::sync::watch(app.store(), app.surroundings(), show, wished, std::future::pending()).await
    });
    while !matches!(seen.recv().await, Some((Some(Problem::TokenLocked), 0))) {}
    put(&ana, State::Open);
    wishes.send(countersign_device::sync::Wish::SyncNow).await.unwrap();
    while !matches!(seen.recv().await, Some((None, 1..))) {}
    staying.abort();
}

/// Locked while enrolling: nothing is changed, and the same invitation works once the device is unlocked.
#[tokio::test(flavor = "multi_thread")]
async fn a_locked_vault_uses_no_invitation_up() {
    let office = Office::open().await;
    let invitation = office.invite_at(office.ana, &office.url());
    let ana = Phone::new(11);
    put(&ana, State::Locked);
    let refused = ana.enrol(&invitation).await.unwrap_err();
    let texts = Texts::new(Language::English);
    assert_eq!(refused.trouble(&texts).what, texts.get("trouble-enrol-locked-what"));
    assert!(ana.app().store().identity().unwrap().is_none());
    put(&ana, State::Open);
    ana.enrol(&invitation).await.unwrap();
    ana.sync().await;
}

/// A store that came to another phone: it cannot call as the device, so it is no fork that the office must find.
#[tokio::test(flavor = "multi_thread")]
async fn a_copy_on_another_phone_does_not_open_the_token() {
    let office = Office::open().await;
    let planned = office.job(office.ana, &[]);
    let ana = office.phone(office.ana, 11).await;
    ana.sync().await;
    ana.fill(planned.job);
    let copy = ana.copied_without_keys(77);
    let report = copy.try_sync().await;
    assert_eq!((report.problem, report.pushed), (Some(Problem::TokenLost), 0), "{}", report.detail);
    assert_eq!(copy.attention(), ["lost_key"], "one of the two says what to do");
    ana.sync().await;
    assert_eq!((ana.pending(), ana.attention()), (0, vec![]), "the device itself goes on");
}

/// Who answers at an invitation's address is said before anything is sent, and the invitation stays unused.
#[tokio::test(flavor = "multi_thread")]
async fn looking_at_a_hub_uses_no_invitation_up_and_believes_only_its_key() {
    let (office, other) = (Office::open().await, Office::open().await);
    let invitation = office.invite_at(office.ana, &office.url()).parse().unwrap();
    let ana = Phone::new(11);
    for _ in 0..2 {
        let seen = ana.app().look_at_hub(&invitation).await.unwrap();
        assert_eq!(seen.company, office.hub.trust().unwrap().company);
        assert!(!seen.company.is_empty());
        assert!(office.hub.fingerprint().hex().starts_with(&seen.print.replace(' ', "")));
        assert_eq!((seen.print.len(), seen.url), (39, office.url()));
    }
    assert!(ana.app().store().pending_enrolment().unwrap().is_none(), "nothing is kept");
    let lured = countersign_model::wire::EnrolmentString { url: other.url(), ..invitation.clone() };
    let refused = ana.app().look_at_hub(&lured).await.unwrap_err();
    assert!(matches!(refused, countersign_device::sync::EnrolProblem::Untrusted(_)), "{refused}");
    // Whoever saw nothing, or another office, sends nothing.
    let shown = ana.app().look_at_hub(&invitation).await.unwrap().invitation;
    let cut: String = shown.chars().skip(1).collect();
    for seen in ["", &lured.to_string(), &cut] {
        let unseen = ana.app().enrol_seen(&invitation, seen, "phone").await.unwrap_err();
        assert!(matches!(unseen, countersign_device::sync::EnrolProblem::NotSeen), "{unseen}");
    }
    assert!(ana.app().store().pending_enrolment().unwrap().is_none(), "nothing was sent");
    ana.app().enrol_seen(&invitation, &shown, "phone").await.unwrap();
}

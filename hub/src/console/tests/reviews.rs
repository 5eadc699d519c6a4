//! The manager's review: what must not be missed, returning, approving, and what is refused.

use countersign_model::entity::{Review, ReviewOutcome, Voucher, VoucherState, voucher_id};

use super::browser::{Answer, Browser};
use super::company::{Company, Handed, id};

fn state(company: &Company, handed: &Handed) -> VoucherState {
    company.hub.get::<Voucher>(voucher_id(handed.visit)).unwrap().unwrap().1.state
}

async fn decide(browser: &mut Browser, page: &Answer, handed: &Handed, fields: &[(&str, &str)]) -> Answer {
    let (review, leaves) = (page.hidden("id"), page.hidden("leaves"));
    let mut all = vec![("id", review.as_str()), ("leaves", leaves.as_str())];
    all.extend_from_slice(fields);
    browser.post(&format!("/reviews/{}", handed.visit), &all).await
}

#[tokio::test]
async fn a_voucher_is_returned_with_a_remark_amended_and_approved() {
    let company = Company::new();
    let handed = company.handed_in("Ana Engineer", true);
    let mut manager = company.browser("Mia Manager").await;
    let path = format!("/reviews/{}", handed.visit);
    manager.get("/reviews").await.is(200).says(&handed.number).says("<span class=\"count\">1</span>");
    let page = manager.get(&path).await.is(200).says("Oil pressure").says("148 bar").says("No photo as left");
    let page = page.says("Carl Customer: Accepted with remarks. noise remains");
    let page = page.says("Skill: 5 of 5").says("Timeliness: 4 of 5");
    let returned = decide(&mut manager, &page, &handed, &[("outcome", "returned")]).await.is(422);
    returned.says("This is missing: at least one remark");
    let fields = [("outcome", "approved"), ("remark./data/pressure", "148 is outside 150-180")];
    let kept = decide(&mut manager, &page, &handed, &fields).await.is(422);
    kept.says("You wrote remarks").says("148 is outside 150-180</textarea>");
    assert_eq!(state(&company, &handed), VoucherState::Submitted);
    let fields = [
        ("outcome", "returned"),
        ("remark./data/pressure", "148 is outside 150-180"),
        ("remark.", "and a photo as left"),
    ];
    decide(&mut manager, &page, &handed, &fields).await.leads_to("/reviews?done=returned");
    assert_eq!(state(&company, &handed), VoucherState::Returned);
    let reviews = company.hub.children::<Review>(voucher_id(handed.visit)).unwrap();
    let review = &reviews[0].1;
    assert_eq!(review.outcome, ReviewOutcome::Returned);
    assert_eq!(
        review.remarks.iter().map(|r| (r.label.as_str(), r.text.as_str())).collect::<Vec<_>>(),
        [("Oil pressure", "148 is outside 150-180"), ("", "and a photo as left")]
    );

    let amended = company.amended("Ana Engineer", &handed);
    let second = manager.get(&path).await.is(200);
    let second = second
        .says("184 bar")
        .says("was: 148 bar")
        .says("Changed by the amendment")
        .says("Oil pressure: 148 is outside 150-180");
    assert_eq!(second.hidden("leaves"), amended.hex());
    decide(&mut manager, &second, &handed, &[("outcome", "approved")]).await.leads_to("/reviews?done=approved");
    assert_eq!(state(&company, &handed), VoucherState::Approved);
    manager.get(&path).await.is(200).says("There is nothing to decide now: Approved").says_not("name=\"outcome\"");
    manager.get(&format!("/jobs/{}", handed.job)).await.says("Amendment").says("measured again").says("Round 1");
}

#[tokio::test]
async fn a_voucher_that_changed_meanwhile_is_shown_again_with_what_was_written() {
    let company = Company::new();
    let handed = company.handed_in("Ana Engineer", true);
    let mut manager = company.browser("Mia Manager").await;
    let page = manager.get(&format!("/reviews/{}", handed.visit)).await.is(200);
    company.amended("Ana Engineer", &handed);
    let fields = [("outcome", "returned"), ("remark./data/leak", "which side?")];
    let stale = decide(&mut manager, &page, &handed, &fields).await.is(409);
    stale.says("It changed since you looked").says("184 bar").says("which side?</textarea>");
    assert_eq!(state(&company, &handed), VoucherState::Submitted);
}

#[tokio::test]
async fn approving_without_a_file_takes_a_reason() {
    let company = Company::new();
    let handed = company.handed_in("Ana Engineer", false);
    let mut manager = company.browser("Mia Manager").await;
    let page = manager.get(&format!("/reviews/{}", handed.visit)).await.is(200);
    let page = page.says("1 of 1 files still on the phone");
    let refused = decide(&mut manager, &page, &handed, &[("outcome", "approved")]).await.is(422);
    refused.says("One cited file has not reached the office");
    let missing = format!("missing.{}", handed.photo);
    decide(&mut manager, &page, &handed, &[("outcome", "approved"), (&missing, "phone fell into the sea")])
        .await
        .leads_to("/reviews");
    assert_eq!(state(&company, &handed), VoucherState::Approved);
    manager.get(&format!("/jobs/{}", handed.job)).await.says("phone fell into the sea");
}

#[tokio::test]
async fn nobody_reviews_their_own_voucher_and_the_desk_reviews_none() {
    let company = Company::new();
    let handed = company.handed_in("Mia Manager", true);
    let mut manager = company.browser("Mia Manager").await;
    let path = format!("/reviews/{}", handed.visit);
    manager.get(&path).await.is(200).says("This is your own visit").says_not("name=\"outcome\"");
    let fresh = id("review").to_string();
    let leaves = handed.sealed.hex();
    let fields = [("id", fresh.as_str()), ("leaves", leaves.as_str()), ("outcome", "approved")];
    manager.post(&path, &fields).await.is(403).says("Nobody reviews their own voucher");
    let mut desk = company.browser("Dora Desk").await;
    desk.get(&path).await.is(200).says("Your role does not review vouchers");
    desk.post(&path, &fields).await.is(403);
    assert_eq!(state(&company, &handed), VoucherState::Submitted);
}

#[tokio::test]
async fn approving_goes_on_to_the_next_voucher() {
    let company = Company::new();
    let first = company.handed_in("Ana Engineer", true);
    let second = company.handed_in("Ben Engineer", true);
    let mut manager = company.browser("Mia Manager").await;
    let page = manager.get(&format!("/reviews/{}", first.visit)).await.is(200).says("1 of 2");
    decide(&mut manager, &page, &first, &[("outcome", "approved")])
        .await
        .leads_to(&format!("/reviews/{}?done=approved", second.visit));
}

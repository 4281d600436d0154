use axum::body::Bytes;
use futures_util::{StreamExt, stream};

use super::body::{self, Parts};
use super::secret::WebhookSecrets;
use super::webhook::Webhook;
use super::{outbox, standing};
use crate::database::explain::plan;

/// The bytes 0 to 31.
const SECRET: &str = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
const OTHER: &str = "whsec_HwECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

const QUERIES: [(&str, &[&str]); 3] = [
    (outbox::DUE, &["1"]),
    (outbox::NEXT, &[]),
    (standing::CURRENT, &["1", "2026-11"]),
];

#[tokio::test]
async fn what_is_due_and_how_far_a_period_is_are_found_by_an_index() {
    for (sql, binds) in QUERIES {
        let binds: Vec<String> = binds.iter().map(|it| (*it).to_owned()).collect();
        let steps = plan(sql, &binds).await;
        let indexed = |step: &String| {
            let whole =
                step.starts_with("SCAN") && !step.contains("USING COVERING INDEX handover_outbox_due");
            !whole && !step.contains("AUTOMATIC")
        };
        assert!(steps.iter().all(indexed), "{steps:#?} of {sql}");
        assert!(
            steps.iter().any(|it| it.contains("INDEX handover_outbox_")),
            "{steps:#?}"
        );
    }
    // No sort: what has been due for longest comes first out of the index.
    let steps = plan(outbox::DUE, &["1".to_owned()]).await;
    assert!(!steps.iter().any(|it| it.contains("TEMP B-TREE")), "{steps:#?}");
}

mod postgres {
    use super::*;
    use crate::database::explain::postgres::Postgres;

    #[tokio::test]
    #[ignore = "needs TEST_POSTGRES_URL"]
    async fn what_is_due_and_how_far_a_period_is_are_found_by_an_index() {
        let postgres = Postgres::new().await;
        for (sql, binds) in QUERIES {
            let binds: Vec<String> = binds.iter().map(|it| (*it).to_owned()).collect();
            let plan = postgres.plan(sql, &binds).await;
            plan.assert_reads_no_whole_table(&["handover_outbox_due"]);
        }
    }
}

#[test]
fn an_address_is_taken_with_https_or_on_this_machine() {
    for right in [
        "https://billing.example.org/meterline?token=1",
        "http://127.0.0.1:9000/",
        "http://localhost:9000/hook",
        "http://[::1]:9000/",
    ] {
        assert!(Webhook::parse(right, SECRET).is_ok(), "{right}");
    }
    for wrong in [
        "http://billing.example.org/",
        "http://localhost.example.org/",
        "http://10.0.0.1/",
        "https://name:pass-1@billing.example.org/",
        "https://billing.example.org/#pass-1",
        "ftp://127.0.0.1/",
        "billing.example.org/pass-1",
        "",
    ] {
        let refusal = Webhook::parse(wrong, SECRET).unwrap_err();
        assert!(
            refusal.contains("https://billing.example.org/meterline"),
            "{wrong}"
        );
        assert!(!refusal.contains("pass-1"), "{refusal}");
    }
}

#[test]
fn a_secret_that_could_be_guessed_is_refused_without_repeating_it() {
    for wrong in [
        "",
        "whsec_",
        "whsec_c2hvcnQ=",
        "not base64 pass-1",
        &SECRET[6..],
        &[SECRET; 3].join("\n"),
    ] {
        let refusal = Webhook::parse("https://x.example/", wrong).unwrap_err();
        assert!(refusal.contains("openssl rand -base64 32"), "{refusal}");
        assert!(wrong.is_empty() || !refusal.contains(&wrong[6..]) || wrong.len() == 6);
    }
    let both = Webhook::parse("https://x.example/", &format!("{SECRET}\n{OTHER}\n"));
    assert_eq!(format!("{:?}", both.unwrap()), "Webhook { .. }");
}

#[test]
fn while_a_secret_takes_the_others_place_both_sign() {
    let sign = |secrets: &str| {
        let secrets = WebhookSecrets::parse(secrets).unwrap_or_else(|error| panic!("{error}"));
        let mut signer = secrets.signer("id", 7);
        signer.update(b"body");
        signer.signature()
    };
    let (new, old) = (sign(SECRET), sign(OTHER));
    assert_ne!(new, old);
    assert_eq!(sign(&format!("{SECRET}\n{OTHER}\n")), format!("{new} {old}"));
}

fn parts(texts: &'static [&'static str]) -> Parts {
    stream::iter(texts.iter().map(|it| Ok(Bytes::from_static(it.as_bytes())))).boxed()
}

async fn sent_after(signed: &'static [&'static str], sent: &'static [&'static str]) -> (String, bool) {
    let secrets = WebhookSecrets::parse(SECRET).unwrap_or_else(|error| panic!("{error}"));
    let signed = body::sign(parts(signed), secrets.signer("id", 7)).await.unwrap();
    let mut stream = body::same(parts(sent), &signed);
    let mut text = String::new();
    while let Some(part) = stream.next().await {
        match part {
            Ok(part) => text.push_str(std::str::from_utf8(&part).unwrap()),
            Err(_) => return (text, false),
        }
    }
    assert_eq!(text.len() as u64, signed.length);
    (text, true)
}

#[tokio::test]
async fn a_text_that_changed_after_it_was_signed_never_arrives_whole() {
    assert_eq!(
        sent_after(&["a", "b", "c"], &["a", "bc"]).await,
        ("abc".into(), true)
    );
    assert_eq!(
        sent_after(&["a", "b", "c"], &["a", "x", "c"]).await,
        ("ax".into(), false)
    );
    assert_eq!(
        sent_after(&["a", "b"], &["a", "b", "c"]).await,
        ("ab".into(), false)
    );
    assert_eq!(sent_after(&["a", "b"], &["a"]).await, (String::new(), false));
}

const PAGE: &str = include_str!("../../../../docs/WEBHOOK.md");

fn block(language: &str) -> &'static str {
    let (_, behind) = PAGE.split_once(&format!("```{language}\n")).unwrap();
    behind.split_once("```").unwrap().0
}

fn example(name: &str) -> &'static str {
    let line = block("text")
        .lines()
        .find_map(|it| it.strip_prefix(name)?.strip_prefix(": "));
    line.unwrap()
}

#[test]
fn the_example_that_billing_is_given_is_signed_as_we_sign() {
    let secrets = WebhookSecrets::parse(example("secret")).unwrap_or_else(|error| panic!("{error}"));
    let mut signer = secrets.signer(
        example("webhook-id"),
        example("webhook-timestamp").parse().unwrap(),
    );
    let (first, second) = example("body").split_at(40);
    signer.update(first.as_bytes());
    signer.update(second.as_bytes());
    assert_eq!(signer.signature(), example("webhook-signature"));
    let event: shared::wire::handover::BillingEvent = serde_json::from_str(example("body")).unwrap();
    assert_eq!(serde_json::to_string(&event).unwrap(), example("body"));
}

/// Where there is a Python: the page's own program believes its own example, and nothing else.
#[test]
fn the_program_on_the_page_knows_the_example() {
    let names = ["webhook-id", "webhook-timestamp", "webhook-signature"];
    let headers: std::collections::BTreeMap<_, _> = names.iter().map(|it| (it, example(it))).collect();
    let headers = serde_json::to_string(&headers).unwrap();
    let (secret, body, now) = (example("secret"), example("body"), example("webhook-timestamp"));
    let program = format!(
        "{}\nask = lambda body, late: is_from_meterline('{secret}', {headers}, body, {now} + late)\n\
         print(ask(b'{body}', 0), ask(b'{body} ', 0), ask(b'{body}', 301))",
        block("python")
    );
    match std::process::Command::new("python3")
        .args(["-c", &program])
        .output()
    {
        Ok(output) => assert_eq!(
            String::from_utf8_lossy(&output.stdout),
            "True False False\n",
            "{output:?}"
        ),
        Err(error) => eprintln!("skipped: no python3 ({error})"),
    }
}

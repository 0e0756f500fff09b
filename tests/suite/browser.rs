//! The quickstart as a person meets it: a real headless Chromium, driven by its driver.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use fantoccini::{Client, ClientBuilder, Locator};
use lucia_tests::block_on;
use serde_json::json;

use crate::web_client::Server;

/// A running chromedriver; stopped when dropped.
struct Driver {
    child: Child,
    address: String,
}

impl Driver {
    fn start() -> Self {
        let program =
            std::env::var("LUCIA_CHROMEDRIVER").unwrap_or_else(|_| "/usr/bin/chromedriver".to_owned());
        let mut child = Command::new(&program)
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{program}: {error}; `./tests/run tools` installs it"));
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let port = lines
            .map(Result::unwrap)
            .find_map(|line| {
                line.strip_suffix('.')?.rsplit_once("successfully on port ").map(|(_, port)| port.to_owned())
            })
            .expect("chromedriver says its port");
        Self { child, address: format!("http://127.0.0.1:{port}") }
    }

    /// A browser with a profile of its own.
    async fn browser(&self) -> Client {
        let chromium = std::env::var("LUCIA_CHROMIUM").unwrap_or_else(|_| "/usr/bin/chromium".to_owned());
        let arguments = [
            "--headless",
            // The tests may run as root, where Chromium has no sandbox.
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ];
        let options = json!({ "binary": chromium, "args": arguments });
        let capabilities = serde_json::Map::from_iter([("goog:chromeOptions".to_owned(), options)]);
        ClientBuilder::new(hyper_util::client::legacy::connect::HttpConnector::new())
            .capabilities(capabilities)
            .connect(&self.address)
            .await
            .unwrap()
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

async fn fill(browser: &Client, field: &str, text: &str) {
    let field = browser.find(Locator::Css(&format!("input[name={field}]"))).await.unwrap();
    field.clear().await.unwrap();
    field.send_keys(text).await.unwrap();
}

async fn press(browser: &Client, button: &str) {
    press_at(browser, &format!("//button[normalize-space()='{button}']")).await;
}

async fn press_at(browser: &Client, path: &str) {
    let button = browser.find(Locator::XPath(path)).await.unwrap_or_else(|error| panic!("{path}: {error}"));
    button.click().await.unwrap();
}

async fn text(browser: &Client) -> String {
    browser.find(Locator::Css("body")).await.unwrap().text().await.unwrap()
}

async fn wait_for(browser: &Client, path: &str) {
    for _ in 0..200 {
        if browser.current_url().await.unwrap().path() == path {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("never came to {path}, but to {}: {}", browser.current_url().await.unwrap(), text(browser).await);
}

async fn wait_for_text(browser: &Client, wanted: &str) {
    for _ in 0..200 {
        // While one page takes the place of another there may be no text to be had.
        let Ok(body) = browser.find(Locator::Css("body")).await else { continue };
        if body.text().await.is_ok_and(|text| text.contains(wanted)) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("never read {wanted:?}, but: {}", text(browser).await);
}

async fn log_in(browser: &Client, address: &str) {
    browser.goto(&format!("http://{address}/log-in")).await.unwrap();
    fill(browser, "username", "ada").await;
    fill(browser, "password", "correct horse").await;
    press(browser, "Log in").await;
    wait_for(browser, "/").await;
}

/// Until the page shows so many, each with a button that ends it.
async fn wait_for_sessions(browser: &Client, number: usize) {
    wait_for(browser, "/sessions").await;
    let buttons = Locator::Css("form[action^='/sessions/'][action$='/end'] button");
    for _ in 0..200 {
        if browser.find_all(buttons).await.unwrap().len() == number {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("never {number} sessions: {}", text(browser).await);
}

async fn assert_only_this_one_is_signed_in(this: &Client, other: &Client, address: &str) {
    other.goto(&format!("http://{address}/account")).await.unwrap();
    wait_for(other, "/log-in").await;
    this.goto(&format!("http://{address}/account")).await.unwrap();
    wait_for(this, "/account").await;
    this.goto(&format!("http://{address}/sessions")).await.unwrap();
    wait_for_sessions(this, 1).await;
}

#[test]
fn a_person_signs_up_logs_out_logs_in_and_ends_another_session() {
    let server = Server::start();
    let driver = Driver::start();
    let address = server.address.clone();
    block_on(async {
        let browser = driver.browser().await;
        let other = driver.browser().await;

        browser.goto(&format!("http://{address}/sign-up")).await.unwrap();
        fill(&browser, "username", "ada").await;
        fill(&browser, "password", "correct horse").await;
        press(&browser, "Sign up").await;
        wait_for(&browser, "/").await;
        wait_for_text(&browser, "ada").await;

        press(&browser, "Log out").await;
        // The first page again, now for somebody who is signed out.
        wait_for_text(&browser, "Log in").await;
        browser.goto(&format!("http://{address}/account")).await.unwrap();
        wait_for(&browser, "/log-in").await;

        log_in(&browser, &address).await;
        log_in(&other, &address).await;
        browser.goto(&format!("http://{address}/sessions")).await.unwrap();
        assert!(text(&browser).await.contains("This one") || text(&browser).await.contains("this one"));
        wait_for_sessions(&browser, 2).await;
        press_at(&browser, "//tr[not(@aria-current)]//button[normalize-space()='End']").await;
        wait_for_sessions(&browser, 1).await;
        assert_only_this_one_is_signed_in(&browser, &other, &address).await;

        log_in(&other, &address).await;
        browser.goto(&format!("http://{address}/sessions")).await.unwrap();
        wait_for_sessions(&browser, 2).await;
        press(&browser, "End all others").await;
        wait_for_sessions(&browser, 1).await;
        assert_only_this_one_is_signed_in(&browser, &other, &address).await;

        browser.close().await.unwrap();
        other.close().await.unwrap();
    });
}

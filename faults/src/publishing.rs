//! Publishing through the desk, cut off: one person sends a list, another approves it, and `kill -9` meets the
//! program somewhere in between.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crate::browser::{Answer, Browser};
use crate::place::{Outcome, Place, ROWS};
use crate::scenarios::Random;
use crate::served::Served;
use crate::{Count, Extent};

/// A mapping as an operator installs it.
const MAP: &str = r#"title = "示例召回名单"
format = "csv"
[source]
key = "fault-list"
publisher = "示例机关"
title = "示例名单"
licence = "示例"
sample = true
[[record]]
kind = "recall"
[record.fields]
number = { column = "编号" }
authority = "示例机关"
region = "CN"
alert_type = "recall"
product_name = { column = "产品" }
started_on = { column = "日期" }
status = { column = "状态" }
"#;

/// What a list adds to the log: its rows, and its source, which names the file.
const WHOLE: u64 = ROWS + 1;

const PASSWORD: &str = "corect hors batery stapl";

/// What the desk's page of a draft says when it is out.
const PUBLISHED: &str = "已发布";

/// Somebody with an account.
struct Person {
    browser: Browser,
    secret: Vec<u8>,
    /// Step of the last one-time code used: each is taken once.
    last: u64,
}

impl Person {
    /// Makes an account as the operator does, and enrols it as its person does.
    fn enrol(place: &Place, desk: &str, name: &str, role: &str) -> Outcome<Person> {
        let words = ["desk", "user", "add", name, "--role", role, "--register", "r.db"];
        let invite = place.done(&words)?.trim().to_owned();
        let mut browser = Browser::new(desk);
        let fields =
            [("name", name), ("invite", &invite), ("password", PASSWORD), ("again", PASSWORD)];
        browser.send("/enrol", &fields)?.expect(303)?;
        let page = browser.get("/enrol/code")?.expect(200)?;
        let secret = page.between("<code class=\"brk\">", "<")?.replace(' ', "");
        let secret = totp::secret(&secret)?;
        let mut person = Person { browser, secret, last: totp::now() };
        let code = totp::code(&person.secret, person.last);
        person.browser.send("/enrol/code", &[("code", &code)])?.expect(200)?;
        Ok(person)
    }

    /// Sends a list; the path of its draft, once it was looked at.
    fn offer(&mut self, name: &str, list: &str) -> Outcome<String> {
        let sent = self.browser.send_file("/new", &[("map", "recalls")], name, list)?;
        let path = sent.expect(303)?.location;
        self.looked_at(&path)?;
        Ok(path)
    }

    /// The page of a draft, once nobody works on it any more.
    fn looked_at(&mut self, path: &str) -> Outcome<Answer> {
        let began = Instant::now();
        while began.elapsed() < Duration::from_secs(30) {
            let page = self.browser.get(path)?.expect(200)?;
            if !page.text.contains("http-equiv=\"refresh\"") {
                return Ok(page);
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        Err(format!("{path} is still worked on"))
    }

    fn submit(&mut self, path: &str) -> Outcome {
        self.browser.send(&format!("{path}/submit"), &[])?.expect(303).map(|_| ())
    }

    /// Which outcome the page of a draft asks to approve.
    fn fingerprint(&mut self, path: &str) -> Outcome<String> {
        let page = self.looked_at(path)?;
        page.between("name=\"fingerprint\" value=\"", "\"").map(str::to_owned)
    }

    /// Approves a draft as that page shows it.
    fn approve(&mut self, path: &str, fingerprint: &str, code: &str) -> Outcome<Answer> {
        let fields = [("fingerprint", fingerprint), ("code", code)];
        self.browser.send(&format!("{path}/approve"), &fields)?.expect(303)?;
        self.looked_at(path)
    }
}

/// One-time codes as an authenticator app makes them (RFC 6238), written here again so that the suite does not
/// take the program's word for them.
mod totp {
    use super::{Duration, Outcome, SystemTime, UNIX_EPOCH};
    use base32ct::{Base32UpperUnpadded, Encoding as _};
    use hmac::{Hmac, KeyInit as _, Mac as _};
    use sha1::Sha1;

    pub fn secret(text: &str) -> Outcome<Vec<u8>> {
        Base32UpperUnpadded::decode_vec(text).map_err(|error| format!("{text}: {error}"))
    }

    pub fn now() -> u64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO);
        since.as_secs() / 30
    }

    pub fn code(secret: &[u8], step: u64) -> String {
        let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(secret) else { return String::new() };
        mac.update(&step.to_be_bytes());
        let hash = mac.finalize().into_bytes();
        let at = usize::from(hash[19] & 15);
        let word = [hash[at] & 0x7f, hash[at + 1], hash[at + 2], hash[at + 3]];
        format!("{:06}", u32::from_be_bytes(word) % 1_000_000)
    }
}

/// Somebody who has a code that was not used yet, and that code: their clock may be one step ahead.
fn next_of(people: &mut [Person]) -> Outcome<(&mut Person, String)> {
    let whose = loop {
        let now = totp::now();
        let longest = people.iter().enumerate().min_by_key(|(_, person)| person.last);
        let (at, person) = longest.ok_or("nobody may approve")?;
        if person.last <= now {
            break (at, now.max(person.last + 1));
        }
        std::thread::sleep(Duration::from_millis(200));
    };
    let person = &mut people[whose.0];
    person.last = whose.1;
    let code = totp::code(&person.secret, whose.1);
    Ok((person, code))
}

fn list(n: u64) -> String {
    let rows = (0..ROWS).map(|i| format!("F{n}-{i},示例冰箱{i},2024-01-31,in_progress\n"));
    "编号,产品,日期,状态\n".to_owned() + &rows.collect::<String>()
}

/// How far a publication came before the program was ended.
enum Came {
    /// Nothing of it is in the log.
    Nothing,
    /// It is in the log, nobody was told so, and the desk found it there when it was started again.
    Found,
    /// Its page said that it is published.
    Acknowledged,
}

/// The register, its portal with a desk, and those who work there.
struct Office {
    place: Place,
    served: Option<Served>,
    drafter: Person,
    approvers: Vec<Person>,
    /// Entries in the log.
    size: u64,
}

impl Office {
    fn new(extent: &Extent, approvers: u32) -> Outcome<Office> {
        let place = Place::new(&extent.binary, &extent.folder.join("publishing"))?;
        let maps = place.folder.join("maps");
        std::fs::create_dir(&maps).map_err(|error| error.to_string())?;
        std::fs::write(maps.join("recalls.toml"), MAP).map_err(|error| error.to_string())?;
        let served = serve(&place)?;
        let drafter = Person::enrol(&place, &served.desk, "drafter-0", "drafter")?;
        let enrol = |n| Person::enrol(&place, &served.desk, &format!("approver-{n}"), "approver");
        let approvers = (0..approvers).map(enrol).collect::<Outcome<Vec<_>>>()?;
        let size = place.check()?;
        Ok(Office { place, served: Some(served), drafter, approvers, size })
    }

    /// Ends the program after `moment` of `work`, and starts it again; what `work` came to.
    fn cut<T: Send>(
        &mut self,
        moment: Duration,
        work: impl FnOnce(&mut Person, &mut [Person]) -> Outcome<T> + Send,
    ) -> Outcome<Outcome<T>> {
        let served = self.served.take();
        let (drafter, approvers) = (&mut self.drafter, &mut self.approvers[..]);
        let came = std::thread::scope(|scope| {
            let working = scope.spawn(move || work(drafter, approvers));
            std::thread::sleep(moment);
            // Ends it without a word to it.
            drop(served);
            working.join().unwrap_or_else(|_| Err("a thread panicked".to_owned()))
        });
        let served = serve(&self.place)?;
        self.drafter.browser.host.clone_from(&served.desk);
        self.approvers.iter_mut().for_each(|one| one.browser.host.clone_from(&served.desk));
        self.served = Some(served);
        Ok(came)
    }

    /// How many entries are new since it was last asked.
    fn grown(&mut self) -> Outcome<u64> {
        let now = self.place.check()?;
        let grown = now.checked_sub(self.size).ok_or(format!("{now} entries of {}", self.size))?;
        self.size = now;
        Ok(grown)
    }

    /// While a list is sent and looked at. Nothing is public by that, and the session goes on.
    fn cut_off_sending(&mut self, n: u64, moment: Duration) -> Outcome {
        let list = list(n);
        let _ = self.cut(moment, |drafter, _| drafter.offer(&format!("list-{n}.csv"), &list))?;
        self.drafter.browser.get("/")?.expect(200)?;
        match self.grown()? {
            0 => Ok(()),
            grown => Err(format!("{grown} entries are in that nobody approved")),
        }
    }

    /// While a list is published; how far it came.
    fn cut_off_publishing(&mut self, draft: &str, moment: Duration) -> Outcome<Came> {
        let came = self.cut(moment, |_, approvers| {
            let (approver, code) = next_of(approvers)?;
            let fingerprint = approver.fingerprint(draft)?;
            approver.approve(draft, &fingerprint, &code)
        })?;
        let acknowledged = came.is_ok_and(|page| page.text.contains(PUBLISHED));
        let page = self.drafter.looked_at(draft)?.text;
        let (grown, says) = (self.grown()?, page.contains(PUBLISHED));
        match grown {
            0 if acknowledged => Err("what was said to be published is not in the log".to_owned()),
            0 if says => Err("the desk says it is published, the log has nothing of it".to_owned()),
            0 => Ok(Came::Nothing),
            WHOLE if says && acknowledged => Ok(Came::Acknowledged),
            WHOLE if says => Ok(Came::Found),
            WHOLE => Err("it is in the log, and the desk does not say so".to_owned()),
            some => Err(format!("{some} of {WHOLE} entries are in")),
        }
    }

    /// Approves what was not published, and waits for the end.
    fn publish(&mut self, draft: &str) -> Outcome {
        let (approver, code) = next_of(&mut self.approvers)?;
        let fingerprint = approver.fingerprint(draft)?;
        let page = approver.approve(draft, &fingerprint, &code)?;
        if !page.text.contains(PUBLISHED) {
            return Err("an approval without a fault did not publish it".to_owned());
        }
        match self.grown()? {
            WHOLE => Ok(()),
            grown => Err(format!("{grown} of {WHOLE} entries are in")),
        }
    }
}

fn serve(place: &Place) -> Outcome<Served> {
    let served = Served::start_with(place, &[], &["--desk", "127.0.0.1:0", "--maps", "maps"])?;
    served.wait_ready(Duration::from_secs(30))?;
    Ok(served)
}

/// `kill -9` at random moments between the choice of a file and the page that says it is published. A list is
/// in as a whole or not at all, the desk says which, what it said stays so, and nothing is in twice.
pub fn publishing(extent: &Extent, count: &mut Count) -> Outcome {
    let (loops, approvers) = if extent.short { (8, 14) } else { (100, 60) };
    let mut random = Random(extent.seed ^ 0x6465_736b);
    let mut part = move || (random.next() >> 11) as f64 / (1_u64 << 53) as f64;
    let mut office = Office::new(extent, approvers)?;
    // How long each half takes when it is left alone.
    let began = Instant::now();
    let draft = office.drafter.offer("list-0.csv", &list(0))?;
    let sending = began.elapsed();
    office.drafter.submit(&draft)?;
    let began = Instant::now();
    office.publish(&draft)?;
    let publishing = began.elapsed();
    let (mut early, mut unpublished, mut found) = (0, 0, 0);
    for n in 1..=loops {
        if part() < 0.25 {
            early += 1;
            let held = office.cut_off_sending(n, sending.mul_f64(part() * 1.5));
            count.run("publishing", &format!("loop {n}, sent"), held);
        }
        let draft = office.drafter.offer(&format!("list-{n}.csv"), &list(n))?;
        office.drafter.submit(&draft)?;
        let outcome = office.cut_off_publishing(&draft, publishing.mul_f64(part() * 1.5));
        let held = match outcome {
            Ok(Came::Acknowledged) => Ok(()),
            Ok(Came::Found) => {
                found += 1;
                Ok(())
            }
            Ok(Came::Nothing) => {
                unpublished += 1;
                office.publish(&draft)
            }
            Err(why) => Err(why),
        };
        count.run("publishing", &format!("loop {n}"), held);
    }
    count.remark = format!(
        ", {early} cut off while sent, {unpublished} of {loops} before they were published, {found} before anybody was told"
    );
    let Office { place, served, .. } = office;
    drop(served);
    count.run("publishing", "afterwards", place.settle());
    Ok(())
}

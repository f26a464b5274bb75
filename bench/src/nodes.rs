//! Many readers, one writer, nodes that lag, crash and are cut off: what docs/scale.md says of staleness and
//! recovery, checked by a simulation of how nodes follow their log. Nothing is measured here: what a
//! verdict, an entry and a start cost are options, by default as docs/scale.md says, rounded for the worse; the
//! rest are assumptions.
//!
//! What is simulated is the protocol of `server/src/store/postgres/follow.rs`: a node is notified of a commit, looks
//! at the log's head every second all the same, takes in entries chunk by chunk, and counts its view as confirmed from
//! the moment it began a look that ended at the head. A verdict is given as long as that moment is at most
//! `--fresh-for` ago; after it every code is answered with “cannot tell”.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use crate::random::Random;
use crate::register::Words;

/// Seconds between looks at the log's head, and the longest wait before a home that is away is called again.
const LOOK: f64 = 1.0;
const CALL_AGAIN: f64 = 0.4;
/// Entries a node takes in at a time.
const CHUNK: u64 = 1_024;
/// Seconds between a balancer's looks at `/readyz`.
const HEALTH: f64 = 2.0;
/// Seconds from a commit to the notice at a node, on the average.
const NOTICE: f64 = 0.01;
/// Probes a second: readers whose answer is looked at.
const PROBES: f64 = 5.0;

/// What is simulated; times in seconds.
#[derive(Clone, Debug)]
struct Plan {
    nodes: usize,
    hours: f64,
    /// Verifications a second, all nodes together.
    reads: f64,
    /// Processor seconds of one.
    cost: f64,
    /// Cores of a node.
    cores: f64,
    /// Entries a node takes in a second.
    replay: f64,
    /// Seconds a node takes to start.
    start: f64,
    fresh_for: f64,
    /// Entries of the day's import.
    import: u64,
    /// Seconds between single publications, and between the faults of a node and of the home; 0: none.
    single: f64,
    node_faults: f64,
    home_faults: f64,
    /// How long a fault lasts, on the average.
    fault: f64,
    seed: u64,
}

/// What came of it.
#[derive(Debug, Default)]
struct Seen {
    /// Of every probe: seconds since the oldest publication its node had not seen; 0: at the head.
    stale: Vec<f64>,
    /// The longest such time of an answer that gave a verdict.
    stale_verdict: f64,
    /// From a commit until every node that could had it: beyond its entries' own time, the longest.
    spread: f64,
    /// From a node's return until it was at the head, beyond its backlog's own time: the longest, and how many.
    recovery: f64,
    recoveries: u64,
    probes: u64,
    /// Answered “cannot tell”; asked of another node after one that was gone; asked in vain.
    amber: u64,
    retried: u64,
    failed: u64,
    /// The greatest share of the processors of the nodes in rotation that readers asked for.
    load: f64,
    entries: u64,
}

#[derive(Clone, Debug)]
struct Node {
    up: bool,
    cut: bool,
    in_rotation: bool,
    size: u64,
    confirmed: f64,
    /// A look is under way since then.
    looking: Option<f64>,
    /// Came back then, and has taken in so much since.
    back: Option<(f64, u64)>,
    /// Looks and waits of an earlier life are nothing to it.
    life: u64,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Event {
    Publish(u64),
    Notice(usize),
    Look(usize, u64),
    Took(usize, u64, u64),
    Lose(usize),
    Return(usize),
    HomeLost,
    HomeBack,
    Health,
    Probe,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Due(f64, u64, Event);

impl Eq for Due {}
impl PartialOrd for Due {
    fn partial_cmp(&self, other: &Due) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Due {
    /// The soonest is the greatest; of one moment, the first that was planned.
    fn cmp(&self, other: &Due) -> Ordering {
        other.0.total_cmp(&self.0).then(other.1.cmp(&self.1))
    }
}

/// A commit.
#[derive(Clone, Copy, Debug)]
struct Publication {
    at: f64,
    /// Entries of the log after it.
    size: u64,
    /// How long taking in everything up to it takes the node that is furthest behind.
    own: f64,
}

struct World {
    plan: Plan,
    random: Random,
    queue: BinaryHeap<Due>,
    planned: u64,
    now: f64,
    nodes: Vec<Node>,
    home_up: bool,
    log: Vec<Publication>,
    /// Publications that wait for the home.
    waiting: Vec<u64>,
    seen: Seen,
}

impl World {
    fn new(plan: &Plan) -> World {
        let node = Node {
            up: true,
            cut: false,
            in_rotation: true,
            size: 0,
            confirmed: 0.0,
            looking: None,
            back: None,
            life: 0,
        };
        let mut world = World {
            random: Random(plan.seed),
            queue: BinaryHeap::new(),
            planned: 0,
            now: 0.0,
            nodes: vec![node; plan.nodes],
            home_up: true,
            log: Vec::new(),
            waiting: Vec::new(),
            seen: Seen::default(),
            plan: plan.clone(),
        };
        for of in 0..plan.nodes {
            let first = world.random.wait(LOOK);
            world.after(first, Event::Look(of, 0));
            if plan.node_faults > 0.0 {
                let first = world.random.wait(plan.node_faults);
                world.after(first, Event::Lose(of));
            }
        }
        if plan.home_faults > 0.0 {
            let first = world.random.wait(plan.home_faults);
            world.after(first, Event::HomeLost);
        }
        let first = world.random.wait(plan.single);
        world.after(first, Event::Publish(1));
        world.after(3_600.0, Event::Publish(plan.import));
        world.after(HEALTH, Event::Health);
        world.after(1.0 / PROBES, Event::Probe);
        world
    }

    fn after(&mut self, seconds: f64, event: Event) {
        self.planned += 1;
        self.queue.push(Due(self.now + seconds, self.planned, event));
    }

    fn head(&self) -> u64 {
        self.log.last().map_or(0, |last| last.size)
    }

    fn run(mut self) -> Seen {
        while let Some(Due(at, _, event)) = self.queue.pop() {
            if at > self.plan.hours * 3_600.0 {
                break;
            }
            self.now = at;
            self.happen(event);
        }
        self.seen.entries = self.head();
        self.seen.stale.sort_by(f64::total_cmp);
        self.seen
    }

    fn happen(&mut self, event: Event) {
        match event {
            Event::Publish(count) => {
                if count == 1 {
                    let next = self.random.wait(self.plan.single);
                    self.after(next, Event::Publish(1));
                } else {
                    self.after(24.0 * 3_600.0, Event::Publish(count));
                }
                match self.home_up {
                    true => self.commit(count),
                    // The writer is told so and publishes when the home is back.
                    false => self.waiting.push(count),
                }
            }
            Event::Notice(of) => self.look(of),
            Event::Look(of, life) => {
                if self.nodes[of].life == life {
                    self.look(of);
                    let wait = if self.reaches(of) { LOOK } else { CALL_AGAIN };
                    self.after(wait, Event::Look(of, life));
                }
            }
            Event::Took(of, life, count) => self.took(of, life, count),
            Event::Lose(of) => self.lose(of),
            Event::Return(of) => self.give_back(of),
            Event::HomeLost => {
                self.home_up = false;
                let back = self.random.wait(self.plan.fault);
                self.after(back, Event::HomeBack);
            }
            Event::HomeBack => {
                self.home_up = true;
                for of in 0..self.nodes.len() {
                    self.came_back(of);
                }
                for count in std::mem::take(&mut self.waiting) {
                    self.commit(count);
                }
                let next = self.random.wait(self.plan.home_faults);
                self.after(next, Event::HomeLost);
            }
            Event::Health => {
                for node in &mut self.nodes {
                    node.in_rotation = node.up;
                }
                let ready = self.nodes.iter().filter(|node| node.up).count() as f64;
                let load = self.plan.reads * self.plan.cost / (ready * self.plan.cores);
                self.seen.load = self.seen.load.max(load);
                self.after(HEALTH, Event::Health);
            }
            Event::Probe => {
                self.probe();
                self.after(1.0 / PROBES, Event::Probe);
            }
        }
    }

    fn commit(&mut self, count: u64) {
        let size = self.head() + count;
        let furthest = self.nodes.iter().map(|node| node.size).min().unwrap_or(size);
        // A chunk that is on its way counts whole.
        let own = (size - furthest + CHUNK) as f64 / self.plan.replay;
        self.log.push(Publication { at: self.now, size, own });
        for of in 0..self.nodes.len() {
            let notice = self.random.wait(NOTICE);
            self.after(notice, Event::Notice(of));
        }
    }

    fn reaches(&self, of: usize) -> bool {
        self.home_up && self.nodes[of].up && !self.nodes[of].cut
    }

    /// A look at the head, unless one is under way.
    fn look(&mut self, of: usize) {
        if !self.reaches(of) || self.nodes[of].looking.is_some() {
            return;
        }
        self.nodes[of].looking = Some(self.now);
        self.take(of);
    }

    /// The next chunk, or the end of a look.
    fn take(&mut self, of: usize) {
        let (head, now) = (self.head(), self.now);
        let node = &mut self.nodes[of];
        if node.size < head {
            let count = (head - node.size).min(CHUNK);
            let life = node.life;
            self.after(count as f64 / self.plan.replay, Event::Took(of, life, count));
            return;
        }
        if let Some(began) = node.looking.take() {
            node.confirmed = node.confirmed.max(began);
        }
        if let Some((since, taken)) = node.back.take() {
            let own = taken as f64 / self.plan.replay;
            self.seen.recovery = self.seen.recovery.max(now - since - own);
            self.seen.recoveries += 1;
        }
    }

    fn took(&mut self, of: usize, life: u64, count: u64) {
        if self.nodes[of].life != life {
            return;
        }
        if !self.reaches(of) {
            // A chunk that did not arrive whole is none.
            self.nodes[of].looking = None;
            return;
        }
        let before = self.nodes[of].size;
        self.nodes[of].size += count;
        let after = self.nodes[of].size;
        if let Some((_, taken)) = &mut self.nodes[of].back {
            *taken += count;
        } else {
            for done in self.log.iter().rev().take_while(|done| done.size > before) {
                if done.size <= after {
                    self.seen.spread = self.seen.spread.max(self.now - done.at - done.own);
                }
            }
        }
        self.take(of);
    }

    /// A node crashes, or is cut off from the home: the one as often as the other.
    fn lose(&mut self, of: usize) {
        let crash = self.random.below(2) == 0;
        let node = &mut self.nodes[of];
        node.life += 1;
        node.looking = None;
        if crash {
            node.up = false;
        } else {
            node.cut = true;
        }
        let start = if crash { self.plan.start } else { 0.0 };
        let back = self.random.wait(self.plan.fault) + start;
        self.after(back, Event::Return(of));
    }

    fn give_back(&mut self, of: usize) {
        let node = &mut self.nodes[of];
        (node.up, node.cut) = (true, false);
        let life = node.life;
        self.came_back(of);
        let call = self.random.wait(CALL_AGAIN).min(CALL_AGAIN);
        self.after(call, Event::Look(of, life));
        let next = self.random.wait(self.plan.node_faults);
        self.after(next, Event::Lose(of));
    }

    fn came_back(&mut self, of: usize) {
        if self.reaches(of) {
            self.nodes[of].back = Some((self.now, 0));
        }
    }

    /// A reader asks a node in rotation, then another where it is gone.
    fn probe(&mut self) {
        self.seen.probes += 1;
        let mut offered: Vec<usize> =
            (0..self.nodes.len()).filter(|of| self.nodes[*of].in_rotation).collect();
        let mut asked = 0;
        let of = loop {
            if offered.is_empty() {
                self.seen.failed += 1;
                return;
            }
            let of = offered.swap_remove(self.random.below(offered.len()));
            asked += 1;
            if self.nodes[of].up {
                break of;
            }
        };
        self.seen.retried += u64::from(asked > 1);
        let node = &self.nodes[of];
        // The first publication this node has not seen whole.
        let next = self.log.partition_point(|done| done.size <= node.size);
        let stale = self.log.get(next).map_or(0.0, |done| self.now - done.at);
        if self.now - node.confirmed > self.plan.fresh_for {
            self.seen.amber += 1;
        } else {
            self.seen.stale_verdict = self.seen.stale_verdict.max(stale);
        }
        self.seen.stale.push(stale);
    }
}

/// The value that this share of the sorted ones does not exceed.
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let at = (share * (sorted.len().saturating_sub(1)) as f64).round() as usize;
    sorted.get(at).copied().unwrap_or(0.0)
}

/// What is claimed, as it came out.
fn claims(plan: &Plan, seen: &Seen) -> Vec<(String, f64, f64)> {
    let mut claims = vec![
        (
            "an outdated verdict is at most this old (s)".to_owned(),
            plan.fresh_for,
            seen.stale_verdict,
        ),
        ("asked in vain".to_owned(), 0.0, seen.failed as f64),
    ];
    if plan.node_faults > 0.0 {
        claims.push((
            "a node that is back is at the head after its backlog and (s)".to_owned(),
            2.0,
            seen.recovery,
        ));
    } else {
        claims.push((
            "everywhere after its entries' own time and (s)".to_owned(),
            2.0,
            seen.spread,
        ));
    }
    claims
}

pub fn run(words: &[&str]) -> Result<(), String> {
    let known = [
        "--nodes",
        "--hours",
        "--reads",
        "--cost-us",
        "--cores",
        "--replay",
        "--start",
        "--fresh-for",
        "--import",
        "--fault",
        "--seed",
    ];
    let words = Words::of(words, &known)?;
    let number = |name: &str, default: usize| words.number(name, default) as f64;
    let calm = Plan {
        nodes: words.number("--nodes", 8).max(1),
        hours: number("--hours", 240),
        reads: number("--reads", 100_000),
        cost: number("--cost-us", 96) / 1e6,
        cores: number("--cores", 4).max(1.0),
        replay: number("--replay", 5_000).max(1.0),
        start: number("--start", 15),
        fresh_for: number("--fresh-for", 600),
        import: words.number("--import", 100_000) as u64,
        single: 60.0,
        node_faults: 0.0,
        home_faults: 0.0,
        fault: number("--fault", 300),
        seed: words.number("--seed", 1) as u64,
    };
    let worse = Plan { node_faults: 6.0 * 3_600.0, home_faults: 24.0 * 3_600.0, ..calm.clone() };
    let mut broken = 0;
    for (name, plan) in [("nothing fails", calm), ("nodes and the home fail", worse)] {
        let seen = World::new(&plan).run();
        println!(
            "{name}: {} nodes, {} h, {} entries, {} probes",
            plan.nodes, plan.hours, seen.entries, seen.probes
        );
        let [p50, p99, p999, most] =
            [0.5, 0.99, 0.999, 1.0].map(|share| quantile(&seen.stale, share));
        println!(
            "  behind the log, of all answers    p50 {p50:.2} s   p99 {p99:.2} s   p99.9 {p999:.2} s   most {most:.2} s"
        );
        println!(
            "  “cannot tell” {}   asked again {}   recoveries {}   load at most {:.2}",
            seen.amber, seen.retried, seen.recoveries, seen.load
        );
        for (claim, limit, found) in claims(&plan, &seen) {
            let holds = found <= limit;
            broken += usize::from(!holds);
            println!(
                "  {:6} {claim}: {found:.2} of {limit:.2}",
                if holds { "holds" } else { "BROKEN" }
            );
        }
    }
    if broken > 0 { Err(format!("{broken} claims do not hold")) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan() -> Plan {
        Plan {
            nodes: 4,
            hours: 30.0,
            reads: 1_000.0,
            cost: 15e-6,
            cores: 2.0,
            replay: 5_000.0,
            start: 15.0,
            fresh_for: 600.0,
            import: 50_000,
            single: 60.0,
            node_faults: 0.0,
            home_faults: 0.0,
            fault: 300.0,
            seed: 7,
        }
    }

    #[test]
    fn what_is_claimed_holds_with_and_without_faults() {
        for (node_faults, home_faults) in [(0.0, 0.0), (3_600.0, 4.0 * 3_600.0)] {
            let plan = Plan { node_faults, home_faults, ..plan() };
            let seen = World::new(&plan).run();
            assert!(seen.probes > 100_000 && seen.entries > 50_000, "{seen:?}");
            for (claim, limit, found) in claims(&plan, &seen) {
                assert!(found <= limit, "{claim}: {found} of {limit}");
            }
            assert_eq!(seen.recoveries > 50, node_faults > 0.0);
            assert_eq!(seen.amber > 0, node_faults > 0.0, "{}", seen.amber);
        }
    }

    #[test]
    fn an_import_that_takes_longer_than_verdicts_stay_fresh_is_seen() {
        let seen = World::new(&Plan { import: 4_000_000, ..plan() }).run();
        assert!(seen.amber > 0, "taking in 4,000,000 entries takes 800 s");
        assert!(seen.stale_verdict <= 600.0);
        let seen = World::new(&Plan { import: 2_000_000, ..plan() }).run();
        assert_eq!(seen.amber, 0, "2,000,000 take 400 s");
    }

    #[test]
    fn nodes_that_are_all_gone_are_asked_in_vain() {
        let seen = World::new(&Plan { nodes: 1, node_faults: 3_600.0, ..plan() }).run();
        assert!(seen.failed > 0);
    }
}

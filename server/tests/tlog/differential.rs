//! Our tree and notes against two other implementations.

use ct_merkle::mem_backed_tree::MemoryBackedTree;
use ct_merkle::{ConsistencyProof, InclusionProof};
use register::merkle::{self, Hash, leaf_hash};
use register::note;
use register::signature::{Algorithm, SecretKey};
use register::tlog::{Builder, TilePath, Tiles};
use sha2::Sha256;
use signed_note::{Note, StandardVerifier, VerifierList};

#[test]
fn roots_and_proofs_are_those_of_another_implementation() {
    let mut theirs = MemoryBackedTree::<Sha256, Vec<u8>>::new();
    let mut ours = Builder::new();
    let mut tiles = std::collections::BTreeMap::<TilePath, Vec<u8>>::new();
    let mut roots: Vec<Hash> = vec![merkle::EMPTY_ROOT];
    for size in 1..=600u64 {
        let leaf = format!("entry {size}").into_bytes();
        ours.push(leaf_hash(&leaf), &mut |tile| {
            tiles.insert(tile.path, tile.bytes);
        });
        theirs.push(leaf);
        assert_eq!(ours.root()[..], theirs.root().as_bytes()[..], "{size}");
        roots.push(ours.root());
        if size % 37 != 0 && !size.is_power_of_two() {
            continue;
        }
        let mut now = tiles.clone();
        now.extend(ours.partial().map(|tile| (tile.path, tile.bytes)));
        let mut source = Tiles::new(size, |path| now.get(&path).cloned().ok_or(path));
        for index in (0..size).step_by(11) {
            let proof =
                merkle::inclusion(index, size, &mut source).expect("tiles").expect("inside");
            let at = usize::try_from(index).expect("small");
            assert_eq!(proof.concat(), theirs.prove_inclusion(at).as_bytes(), "{index} of {size}");
            let read = InclusionProof::<Sha256>::try_from_bytes(proof.concat()).expect("a proof");
            theirs.root().verify_inclusion(&theirs.items()[at], index, &read).expect("accepted");
        }
        for old in (1..size).step_by(13) {
            let proof =
                merkle::consistency(old, size, &mut source).expect("tiles").expect("inside");
            let added = usize::try_from(size - old).expect("small");
            let expected = theirs.prove_consistency(added);
            let read = ConsistencyProof::<Sha256>::try_from_bytes(proof.concat()).expect("a proof");
            let old_root = ct_merkle::RootHash::<Sha256>::new(roots[old as usize].into(), old);
            theirs.root().verify_consistency(&old_root, &read).expect("accepted");
            assert_eq!(proof.concat(), expected.as_bytes(), "{old} in {size}");
        }
    }
}

#[test]
fn our_notes_are_read_by_another_implementation() {
    let key = SecretKey::from_bytes(Algorithm::Ed25519, &[42; 32]).expect("a key");
    let name = server::tlog::origin("0123456789abcdef0123456789abcdef");
    let text = format!("{name}\n5\n{}\n", "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=");
    let written = note::sign(&text, &name, &[&key]).expect("signed");
    let vkey = server::tlog::log_key("0123456789abcdef0123456789abcdef", &key).expect("a key");
    let verifier = StandardVerifier::new(&vkey.to_string()).expect("their reading of our key");
    let read = Note::from_bytes(written.as_bytes()).expect("their reading of our note");
    assert_eq!(read.text(), text.as_bytes());
    let list = VerifierList::new(vec![Box::new(verifier)]);
    let (verified, unverified) = read.verify(&list).expect("accepted");
    assert_eq!((verified.len(), unverified.len()), (1, 0));
    assert_eq!(read.to_bytes(), written.as_bytes());
}

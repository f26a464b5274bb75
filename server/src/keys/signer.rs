//! A key that sits elsewhere: a command that signs what it is given.

use std::io::{Read as _, Write as _};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use base64ct::{Base64, Encoding as _};
use register::signature::{PublicKey, SignError, SignatureBytes, Signer};

/// How long a device may take, a person's touch included.
const PATIENCE: Duration = Duration::from_secs(60);

/// Runs a program with the message on its standard input and takes the signature, in base64, from its
/// standard output: 64 bytes, R‖S of Ed25519 or r‖s of SM2. No shell is in between.
#[derive(Clone, Debug)]
pub struct CommandSigner {
    public: PublicKey,
    command: Vec<String>,
}

impl CommandSigner {
    /// A command (program, then arguments) that signs with the private half of `public`.
    #[must_use]
    pub fn new(public: PublicKey, command: Vec<String>) -> CommandSigner {
        CommandSigner { public, command }
    }

    fn run(&self, message: &[u8]) -> Result<Vec<u8>, String> {
        let (program, arguments) = self.command.split_first().ok_or("no command is set")?;
        let mut child = Command::new(program)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .map_err(|error| format!("{program}: {error}"))?;
        // Messages are short (a statement's is 31 bytes): they fit the pipe and nobody waits.
        if let Some(mut input) = child.stdin.take() {
            // A command that does not read what it signs will be found out by its signature.
            let _ = input.write_all(message);
        }
        let began = Instant::now();
        let status = loop {
            match child.try_wait().map_err(|error| error.to_string())? {
                Some(status) => break status,
                None if began.elapsed() > PATIENCE => {
                    let _ = child.kill();
                    let _ = child.wait();
                    return Err(format!("{program} has not answered in {} s", PATIENCE.as_secs()));
                }
                None => std::thread::sleep(Duration::from_millis(5)),
            }
        };
        if !status.success() {
            return Err(format!("{program} ended with {status}"));
        }
        let mut out = Vec::new();
        if let Some(output) = child.stdout.take() {
            output.take(4096).read_to_end(&mut out).map_err(|error| error.to_string())?;
        }
        Ok(out)
    }
}

impl Signer for CommandSigner {
    fn public_key(&self) -> &PublicKey {
        &self.public
    }

    fn sign(&self, message: &[u8]) -> Result<SignatureBytes, SignError> {
        use register::signature::Verifier as _;
        let out = self.run(message).map_err(SignError)?;
        let text = String::from_utf8(out).unwrap_or_default();
        let signature: SignatureBytes = Base64::decode_vec(text.trim())
            .ok()
            .and_then(|bytes| bytes.try_into().ok())
            .ok_or_else(|| SignError("the command gave no 64 bytes in base64".to_owned()))?;
        // What leaves this program is verified first: a statement is printed and cannot be recalled.
        self.public
            .verify(message, &signature)
            .map_err(|_| SignError("the command's signature does not verify".to_owned()))?;
        Ok(signature)
    }
}

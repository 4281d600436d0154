//! What a person holds in their hand: makes passkeys and shows them, as a browser would hand them on. Each thing that can be
//! wrong with an answer can be set.

use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

const USER_PRESENT: u8 = 0x01;
const USER_VERIFIED: u8 = 0x04;
const HAS_CREDENTIAL: u8 = 0x40;

/// One device with one passkey; a clone is a copy that somebody has made of it.
#[derive(Clone)]
pub(crate) struct Authenticator {
    key: SigningKey,
    credential_id: Vec<u8>,
    user_handle: String,
    /// Where the page that asks seems to come from.
    pub(crate) origin: String,
    /// Whom the device takes the page for.
    pub(crate) host: String,
    /// How often it has signed; one that does not count stays at 0.
    pub(crate) counter: u32,
    /// Whether its person has shown a finger or typed a PIN.
    pub(crate) verified: bool,
}

impl Authenticator {
    /// One without a passkey, at a page of this origin.
    pub(crate) fn at(origin: &str) -> Self {
        let host = origin.split_once("://").unwrap().1;
        Self {
            key: SigningKey::from_slice(&random()).unwrap(),
            credential_id: random().to_vec(),
            user_handle: String::new(),
            origin: origin.to_owned(),
            host: host.split(':').next().unwrap().to_owned(),
            counter: 1,
            verified: true,
        }
    }

    /// Makes its passkey: the credential that the browser sends.
    pub(crate) fn makes(&mut self, options: &Value) -> Value {
        assert_eq!(options["rp"]["id"], self.host.as_str());
        assert_eq!(options["authenticatorSelection"]["residentKey"], "required");
        assert_eq!(options["authenticatorSelection"]["userVerification"], "required");
        options["user"]["id"]
            .as_str()
            .unwrap()
            .clone_into(&mut self.user_handle);
        let mut data = self.data(HAS_CREDENTIAL);
        data.extend([0; 16]);
        data.extend(u16::try_from(self.credential_id.len()).unwrap().to_be_bytes());
        data.extend(&self.credential_id);
        data.extend(self.public_key());
        // CBOR: a map of `fmt`, `attStmt` and `authData`; nobody attests.
        let mut object = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x59".to_vec();
        object.extend(u16::try_from(data.len()).unwrap().to_be_bytes());
        object.extend(data);
        let client = self.client_data("webauthn.create", options);
        self.credential(json!({
            "clientDataJSON": base64(client.as_bytes()),
            "attestationObject": base64(&object),
            "transports": ["internal"],
        }))
    }

    /// Shows its passkey: the credential that the browser sends.
    pub(crate) fn shows(&mut self, options: &Value) -> Value {
        assert_eq!(options["rpId"], self.host.as_str());
        if self.counter > 0 {
            self.counter += 1;
        }
        let data = self.data(0);
        let client = self.client_data("webauthn.get", options);
        let mut signed = data.clone();
        signed.extend(Sha256::digest(client.as_bytes()));
        let signature: Signature = self.key.sign(&signed);
        self.credential(json!({
            "clientDataJSON": base64(client.as_bytes()),
            "authenticatorData": base64(&data),
            "signature": base64(signature.to_der().as_bytes()),
            "userHandle": self.user_handle,
        }))
    }

    /// It says that its passkey is somebody else's.
    pub(crate) fn claims(&mut self, other: &Self) {
        other.user_handle.clone_into(&mut self.user_handle);
    }

    fn credential(&self, response: Value) -> Value {
        json!({
            "id": base64(&self.credential_id), "rawId": base64(&self.credential_id), "type": "public-key",
            "authenticatorAttachment": "platform", "clientExtensionResults": {}, "response": response,
        })
    }

    fn data(&self, flags: u8) -> Vec<u8> {
        let verified = if self.verified { USER_VERIFIED } else { 0 };
        let mut data = Sha256::digest(self.host.as_bytes()).to_vec();
        data.push(flags | USER_PRESENT | verified);
        data.extend(self.counter.to_be_bytes());
        data
    }

    fn client_data(&self, kind: &str, options: &Value) -> String {
        json!({ "type": kind, "challenge": options["challenge"], "origin": self.origin, "crossOrigin": false })
            .to_string()
    }

    /// COSE: an ES256 key on P-256.
    fn public_key(&self) -> Vec<u8> {
        let point = self.key.verifying_key().to_sec1_point(false);
        let (x, y) = (point.x().unwrap(), point.y().unwrap());
        let mut key = b"\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20".to_vec();
        key.extend_from_slice(x);
        key.extend(b"\x22\x58\x20");
        key.extend_from_slice(y);
        key
    }
}

fn random() -> [u8; 32] {
    let mut bytes = [0; 32];
    bytes[..16].copy_from_slice(Uuid::new_v4().as_bytes());
    bytes[16..].copy_from_slice(Uuid::new_v4().as_bytes());
    bytes
}

/// As browsers write bytes: for addresses, without padding.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let letters = bytes.chunks(3).flat_map(|chunk| {
        let three =
            chunk.iter().fold(0_u32, |sum, byte| sum << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        (0..=chunk.len()).map(move |place| char::from(LETTERS[(three >> (18 - 6 * place) & 63) as usize]))
    });
    letters.collect()
}

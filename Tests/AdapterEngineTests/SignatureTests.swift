import Model
import Testing

@testable import AdapterEngine

@Suite("Signatures of gateways")
struct SignatureTests {
    private static let nonce = "000102030405060708090a0b0c0d0e0f"
    /// 2026-03-01 08:00:00 in China.
    private static let now = SourceTime(epoch: 1_772_323_200)

    private func items(_ change: (inout Credential.Signing) -> Void) -> [String] {
        var signing = Credential.Signing(appKey: "gw", secret: "key")
        change(&signing)
        return Signature(signing, secret: "s3cret").items(at: Self.now, nonce: Self.nonce).map {
            "\($0.name)=\($0.value)"
        }
    }

    // The digests below were made with openssl dgst, that of HMAC-SM3 also by RFC 2104 over gmssl's SM3.

    @Test("a keyed digest over key, time and nonce, in base64")
    func keyed() {
        let sent = items {
            ($0.digest, $0.encoding, $0.time) = (.hmacSHA256, .base64, .epochMilliseconds)
            ($0.keyName, $0.timeName, $0.nonceName, $0.signatureName) = ("Id", "Time", "Nonce", "Sign")
        }
        #expect(
            sent == [
                "Id=gw", "Time=1772323200000", "Nonce=\(Self.nonce)",
                "Sign=dFwe0dkq8br+DS7fBBNo4sur3PBbO8vSAQ6xwPwYu2g=",
            ])
    }

    @Test("a keyed digest of SM3; without a name no nonce is sent, nor signed")
    func keyedSM3() {
        let sent = items { $0.digest = .hmacSM3 }
        #expect(
            sent == [
                "appKey=gw", "timestamp=20260301080000",
                "sign=5e64708f5b70a430b5f3a00f4905c9428dfbc42f086a36d480b20e8cfadf0acf",
            ])
    }

    @Test("an order of the gateway's own, in capitals")
    func ownOrder() {
        let sent = items {
            ($0.encoding, $0.time, $0.nonceName) = (.upperHex, .epoch, "nonce")
            $0.text = "{{time}}{{secret}}{{nonce}}{{time}}"
        }
        #expect(sent.last == "sign=79FCC8240C5E4C57F4121DF16DA62FDF26C5FB9D8B1D8D49AEB77661E6309704")
    }

    @Test("SHA-1 over key, secret and milliseconds")
    func older() {
        let sent = items { ($0.digest, $0.time) = (.sha1, .epochMilliseconds) }
        #expect(sent.last == "sign=95a3c5b5f30081faef7f97b728b0c1cfc74e31f1")
    }

    @Test("what goes into a signature is never read as a placeholder")
    func content() {
        let signing = Credential.Signing(appKey: "{{time}}", secret: "key", digest: .sha1)
        let plain = Credential.Signing(appKey: "x", secret: "key", digest: .sha1, text: "{{secret}}{{time}}")
        func sign(_ signing: Credential.Signing, _ secret: String) -> String? {
            Signature(signing, secret: secret).items(at: Self.now).last?.value
        }
        #expect(sign(signing, "s") == sign(plain, "{{time}}s"))
    }
}

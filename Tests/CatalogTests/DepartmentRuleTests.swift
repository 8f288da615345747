import Testing

@testable import Catalog

@Suite("Mistakes of departments and systems")
struct DepartmentRuleTests {
    @Test("written-secret: the value of 'secret' looks like a secret")
    func writtenSecret() {
        let mistakes = SmallCatalogue.mistakes("secret: core-system-key", "secret: wangcheng-market-2026")
        #expect(
            mistakes == [
                """
                departments.yaml:9:45: the value of `secret` looks like a secret. Write the name of a secret, for \
                example `police-population-token`, under the system's `credential` in departments.yaml, keep its \
                value in the settings, and change the secret that stood here. [written-secret]
                """
            ])
    }

    @Test("written-secret: a part of this address looks like a secret")
    func writtenSecretInAddress() {
        let mistakes = SmallCatalogue.mistakes("https://10.1.2.3:8443/api", "https://me:pass@10.1.2.3:8443/api")
        #expect(
            mistakes == [
                """
                departments.yaml:8:15: a part of this address looks like a secret. Write the name of a secret, for \
                example `police-population-token`, under the system's `credential` in departments.yaml, keep its \
                value in the settings, and change the secret that stood here. [written-secret]
                """
            ])
    }

    @Test("bad-address: '10.1.2.3:8443/api' is no base address")
    func badAddress() {
        let mistakes = SmallCatalogue.mistakes("https://10.1.2.3:8443/api", "10.1.2.3:8443/api")
        #expect(
            mistakes == [
                """
                departments.yaml:8:15: `10.1.2.3:8443/api` is no base address. Write scheme, host, port and path \
                without a query, for example `https://10.1.2.3:8443/api`. [bad-address]
                """
            ])
    }

    @Test("bad-hours: '20-6' are no hours")
    func badHours() {
        let mistakes = SmallCatalogue.mistakes("hours: 20:00-06:00", "hours: 20-6")
        #expect(
            mistakes == [
                """
                departments.yaml:11:16: `20-6` are no hours. Write two times of the day, for example `20:00-06:00`. \
                [bad-hours]
                """
            ])
    }

    @Test("wrong-value: 'fast' cannot be read")
    func wrongValue() {
        let mistakes = SmallCatalogue.mistakes("rate: 0.5", "rate: fast")
        #expect(
            mistakes == [
                """
                departments.yaml:10:15: `fast` cannot be read. Write requests a second, for example `20` or `0.5`. \
                [wrong-value]
                """
            ])
    }

    @Test("bad-department-code: '11430112' is no credit code (GB 32100)")
    func badDepartmentCode() {
        let mistakes = SmallCatalogue.mistakes("code: 114301120061234586", "code: 11430112")
        #expect(
            mistakes == [
                """
                departments.yaml:4:11: `11430112` is no credit code (GB 32100). Write its 18 digits and capitals \
                (no I, O, S, V, Z), or leave it out. [bad-department-code]
                """
            ])
    }

    @Test("unknown-choice: there is no kind of credential 'baerer'")
    func unknownChoice() {
        let mistakes = SmallCatalogue.mistakes("kind: bearer", "kind: baerer")
        #expect(
            mistakes == [
                """
                departments.yaml:15:28: there is no kind of credential `baerer`. Did you mean `bearer`? Known: \
                none, basic, bearer, signed, certificate, oauth2, login, api-key, private-key, username-token. [unknown-choice]
                """
            ])
    }

    @Test("signatures and logins are made of what is there to make them of")
    func placeholdersOfCredentials() {
        let key = "kind: api-key, secret: core-system-key, in: header, name: X-Key"
        #expect(
            SmallCatalogue.mistakes(
                key, #"kind: signed, app_key: gw, secret: core-system-key, digest: hmac-sm3, text: "{{key}}{{tme}}""#
            ).first?.contains("nothing is called `tme` here. Did you mean `time`?") == true)
        #expect(
            SmallCatalogue.mistakes(
                key,
                #"kind: login, login_url: https://10.1.2.3/login, send: {p: "{{secrt}}"}, secret: core-system-key, token: t"#
            ).first?.contains("nothing is called `secrt` here. Did you mean `secret`?") == true)
        #expect(
            SmallCatalogue.mistakes(key, "kind: login, secret: core-system-key").map { $0.contains("lacks") }
                == [true, true, true])
        #expect(
            SmallCatalogue.mistakes(
                key,
                #"kind: login, login_url: https://10.1.2.3/login, send: {u: gw, p: "{{secret}}"}, secret: core-system-key, token: t"#
            ) == [])
    }

    @Test("duplicate-key: 'core' is written twice")
    func duplicateKey() {
        let mistakes = SmallCatalogue.mistakes("      land:", "      core:")
        #expect(
            mistakes == [
                """
                departments.yaml:12:7: `core` is written twice. Keep one of them: the first stands in line 6. \
                [duplicate-key]
                """,
                """
                penalty.yaml:4:18: there is no system `land`. Known: core. [unknown-system]
                """,
            ])
    }

    @Test("missing-key: an adapter lacks 'summary'")
    func missingKey() {
        let mistakes = SmallCatalogue.mistakes("summary: Reads.\nformat: xml", "format: xml")
        #expect(
            mistakes == [
                """
                http-xml/adapter.yaml:1:1: an adapter lacks `summary`. Write `summary: one sentence on what it \
                reads`. [missing-key]
                """
            ])
    }
}

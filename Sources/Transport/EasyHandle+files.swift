import CCurl

extension EasyHandle {
    /// The options of a transfer from a server of files.
    mutating func configureFiles(_ request: Request, scheme: String) {
        if request.method == "LIST" { set(CURLOPT_DIRLISTONLY, 1) }
        if request.method == "HEAD" {
            set(CURLOPT_NOBODY, 1)
            set(CURLOPT_FILETIME, 1)
        }
        // Only where we asked: what a server of files says of its own address is not followed (FTP's PASV).
        set(CURLOPT_FTP_SKIP_PASV_IP, 1)
        guard let login = request.login else { return }
        if !login.user.isEmpty { set(CURLOPT_USERNAME, login.user) }
        if scheme == "sftp" { return configureSSH(login) }
        if let secret = login.secret { set(CURLOPT_PASSWORD, secret) }
        if scheme == "ftps" { set(CURLOPT_USE_SSL, Int(CURLUSESSL_ALL.rawValue)) }
    }

    private mutating func configureSSH(_ login: Login) {
        if let key = login.privateKey {
            set(CURLOPT_SSH_AUTH_TYPES, Int(CURLSSH_AUTH_PUBLICKEY))
            set(CURLOPT_SSH_PRIVATE_KEYFILE, key)
            if let secret = login.secret { set(CURLOPT_KEYPASSWD, secret) }
        } else {
            // Password, and the dialogue by which some servers ask for one (RFC 4256).
            set(CURLOPT_SSH_AUTH_TYPES, Int(CURLSSH_AUTH_PASSWORD | CURLSSH_AUTH_KEYBOARD))
            if let secret = login.secret { set(CURLOPT_PASSWORD, secret) }
        }
        switch login.hostKey {
        case .fingerprint(let text): set(CURLOPT_SSH_HOST_PUBLIC_KEY_SHA256, text)
        case .file(let path): set(CURLOPT_SSH_KNOWNHOSTS, path)
        case nil: break
        }
    }
}

import Foundation

/// nginx with a folder of files: a worker a core, no log, the rest as it comes.
enum NginxServer {
    static func start(_ path: String, folder: String, port: Int) throws -> Program {
        let user = getuid() == 0 ? "user root;" : ""
        let configuration = """
            \(user)
            worker_processes auto;
            daemon off;
            pid \(folder)/nginx.pid;
            error_log stderr crit;
            events { worker_connections 1024; }
            http {
                access_log off;
                sendfile on;
                tcp_nopush on;
                keepalive_requests 100000000;
                types { application/json json; }
                client_body_temp_path \(folder)/nginx-body;
                proxy_temp_path \(folder)/nginx-proxy;
                fastcgi_temp_path \(folder)/nginx-fastcgi;
                uwsgi_temp_path \(folder)/nginx-uwsgi;
                scgi_temp_path \(folder)/nginx-scgi;
                server {
                    listen 127.0.0.1:\(port);
                    root \(folder);
                }
            }
            """
        try Data(configuration.utf8).write(to: URL(filePath: "\(folder)/nginx.conf"))
        return try Program(path, ["-c", "\(folder)/nginx.conf", "-e", "stderr"], in: folder)
    }
}

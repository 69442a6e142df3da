package dev.heddle.ops;

import dev.heddle.support.TestTools;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// nginx with `ops/nginx`.
class NginxIT extends ProxyContract {
    @Override
    ProxyProcess start(Path folder, Place place, String drain) throws IOException {
        Path log = folder.resolve("log");
        OpsFile main =
                OpsFile.read("nginx/nginx.conf")
                        .with("/run/nginx.pid", folder.resolve("pid").toString())
                        .with("/var/log/nginx/error.log", log.toString())
                        .with("/var/log/nginx/access.log", folder.resolve("access").toString());
        if (!drain.isEmpty()) {
            main = main.with("# worker_shutdown_timeout 12h", "worker_shutdown_timeout " + drain);
        }
        OpsFile.read("nginx/heddle.conf")
                .with("127.0.0.1:8080", "127.0.0.1:" + place.server().port())
                .with("127.0.0.1:8081", "127.0.0.1:" + place.server().internalPort())
                .with("listen 80 ", "listen 127.0.0.1:" + place.port() + ' ')
                .with("listen 127.0.0.1:8090", "listen 127.0.0.1:" + place.servicesPort())
                .write(folder.resolve("conf.d/heddle.conf"));
        // Who is not root may not write where Debian's nginx has its own.
        Files.writeString(
                folder.resolve("conf.d/folders.conf"),
                "client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;"
                        + " uwsgi_temp_path uwsgi; scgi_temp_path scgi;");
        Path file = main.write(folder.resolve("nginx.conf"));
        return new ProxyProcess(
                List.of(
                        TestTools.require("nginx").toString(),
                        "-e",
                        log.toString(),
                        "-p",
                        folder.toString(),
                        "-c",
                        file.toString(),
                        "-g",
                        "daemon off;"),
                log,
                place.port());
    }

    @Override
    String reload() {
        return "HUP";
    }
}

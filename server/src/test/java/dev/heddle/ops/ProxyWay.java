package dev.heddle.ops;

import dev.heddle.ops.ProxyContract.Place;
import dev.heddle.support.TestTools;

import java.io.IOException;
import java.nio.file.Path;

/// Each way in which a proxy says who its client is, with its file from `ops/`.
enum ProxyWay {
    NGINX_HEADERS(false) {
        @Override
        ProxyProcess start(Path folder, Place place) throws IOException {
            return Nginx.of(folder, place).start();
        }

        @Override
        ProxyProcess startWithTls(Path folder, Place place, Path pem) throws IOException {
            return withTls(Nginx.of(folder, place), pem).start();
        }

        @Override
        ProxyProcess startForTwo(Path folder, Place place, int other) throws IOException {
            return forTwo(Nginx.of(folder, place), other).start();
        }
    },
    NGINX_STREAM(true) {
        @Override
        ProxyProcess start(Path folder, Place place) throws IOException {
            return nginx(folder, place).start();
        }

        @Override
        ProxyProcess startWithTls(Path folder, Place place, Path pem) throws IOException {
            return withTls(nginx(folder, place), pem).start();
        }

        @Override
        ProxyProcess startForTwo(Path folder, Place place, int other) throws IOException {
            return forTwo(nginx(folder, place), other).start();
        }

        private Nginx nginx(Path folder, Place place) throws IOException {
            return Nginx.stream(folder, place, TestTools.require("nginxStream"));
        }
    },
    HAPROXY_HEADERS(false) {
        @Override
        Haproxy haproxy(Place place) throws IOException {
            return Haproxy.of("haproxy.cfg", place)
                    .with("127.0.0.1:8081", "127.0.0.1:" + place.internalPort())
                    .with("bind 127.0.0.1:8090", "bind 127.0.0.1:" + place.servicesPort());
        }
    },
    HAPROXY_TCP(true) {
        @Override
        Haproxy haproxy(Place place) throws IOException {
            return Haproxy.of("haproxy-tcp.cfg", place);
        }
    };

    final boolean speaksProtocol;

    ProxyWay(boolean speaksProtocol) {
        this.speaksProtocol = speaksProtocol;
    }

    /// HAProxy's file, for those that are HAProxy.
    Haproxy haproxy(Place place) throws IOException {
        throw new UnsupportedOperationException(name());
    }

    ProxyProcess start(Path folder, Place place) throws IOException {
        return haproxy(place).start(folder);
    }

    /// The same, with TLS that ends at the proxy.
    ///
    /// @param pem key and certificate
    ProxyProcess startWithTls(Path folder, Place place, Path pem) throws IOException {
        String bind = "bind 127.0.0.1:" + place.port();
        return haproxy(place).with(bind, bind + " ssl crt " + pem + " alpn http/1.1").start(folder);
    }

    /// The same, in front of two servers.
    ///
    /// @param other the port of the second one
    ProxyProcess startForTwo(Path folder, Place place, int other) throws IOException {
        String first = "server heddle1 127.0.0.1:" + place.serverPort();
        String second = first.replace("heddle1", "heddle2").replaceFirst("\\d+$", "" + other);
        String how = speaksProtocol ? " send-proxy-v2-ssl" : "";
        return haproxy(place).with(first, second + how + "\n    " + first).start(folder);
    }

    private static Nginx withTls(Nginx nginx, Path pem) {
        String listen = "listen 127.0.0.1:" + nginx.place().port();
        String keys = "ssl_certificate %s; ssl_certificate_key %1$s; ".formatted(pem);
        return nginx.with(listen, keys + listen + " ssl");
    }

    private static Nginx forTwo(Nginx nginx, int other) {
        String first = "server 127.0.0.1:" + nginx.place().serverPort();
        return nginx.with(first, "server 127.0.0.1:" + other + "; " + first);
    }
}
